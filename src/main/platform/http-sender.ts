import { XMLParser } from 'fast-xml-parser';
import { Agent, request } from 'undici';
import { SandglassError } from '../../shared/errors.ts';
import { refusalError, type S3Refusal } from '../../shared/s3-refusal.ts';
import type { PartSender, SignedRequest } from '../upload/ports.ts';

/** Hears the Date header of each answer. */
export interface DateListener {
  asking(): (date: string | null | undefined) => void;
}

/** Milliseconds: how long to wait for a connection, and for the answer once the body is sent. */
const CONNECT_TIMEOUT_MS = 10_000;
const ANSWER_TIMEOUT_MS = 60_000;

/** PUTs bodies with undici: no SDK in the way of the bytes. */
export class HttpSender implements PartSender {
  readonly #agent = new Agent({
    connect: { timeout: CONNECT_TIMEOUT_MS },
    headersTimeout: ANSWER_TIMEOUT_MS,
    bodyTimeout: ANSWER_TIMEOUT_MS,
  });
  readonly #dates: DateListener;
  readonly #xml = new XMLParser({ parseTagValue: false });

  constructor(dates: DateListener) {
    this.#dates = dates;
  }

  async put(signed: SignedRequest, body: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<string> {
    const heard = this.#dates.asking();
    const init = { method: 'PUT', headers: signed.headers, body, signal, dispatcher: this.#agent } as const;
    const answer = await request(signed.url, init).catch((error: unknown) => {
      throw connectionFailure(error);
    });
    heard(single(answer.headers['date']));
    const text = await answer.body.text().catch((error: unknown) => {
      throw connectionFailure(error);
    });
    const requestId = single(answer.headers['x-amz-request-id']);
    if (answer.statusCode >= 300) {
      const refusal = this.#refusal(answer.statusCode, text, requestId);
      throw refusalError(refusal, { doing: 'upload to', bucket: 'of this link' });
    }
    const etag = single(answer.headers['etag']);
    if (etag) return etag;
    throw new SandglassError('server-busy', 'The server took a part without naming its ETag.', {
      next: 'Try again.',
      retryable: true,
      requestId,
    });
  }

  async close(): Promise<void> {
    await this.#agent.close();
  }

  #refusal(status: number, text: string, requestId: string | undefined): S3Refusal {
    const parsed = this.#parsed(text);
    return { status, code: parsed?.Code, requestId: requestId ?? parsed?.RequestId, region: parsed?.Region };
  }

  #parsed(text: string): { Code?: string; RequestId?: string; Region?: string } | undefined {
    try {
      return (this.#xml.parse(text) as { Error?: { Code?: string; RequestId?: string; Region?: string } }).Error;
    } catch {
      // A proxy's page is no XML; the status alone must tell.
      return undefined;
    }
  }
}

const NO_CONNECTION: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** An error of the body's own, such as a file that changed, passes as it is. */
function connectionFailure(error: unknown): unknown {
  if (error instanceof SandglassError || (error as Error).name === 'AbortError') return error;
  const code = (error as NodeJS.ErrnoException).code ?? (error as Error).name;
  if (NO_CONNECTION.has(code)) {
    return new SandglassError('unreachable', `The server cannot be reached (${code}).`, {
      next: 'Check the network and the endpoint’s address.',
      retryable: true,
      cause: error,
    });
  }
  return new SandglassError('connection-lost', `The connection to the server was lost (${code}).`, {
    next: 'Check the network, then try again.',
    retryable: true,
    cause: error,
  });
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
