import { Readable } from 'node:stream';
import { Agent, request } from 'undici';
import { SandglassError } from '../../shared/errors.ts';
import { refusalError } from '../../shared/s3-refusal.ts';
import type { Body, PartSender, SignedRequest } from '../upload/ports.ts';
import { connectionFailure, readRefusal, single, type DateListener } from './s3-answer.ts';

/** Milliseconds: how long to wait for a connection, and for the answer once the body is sent. */
const CONNECT_TIMEOUT_MS = 10_000;
const ANSWER_TIMEOUT_MS = 180_000;

/** PUTs bodies with undici: no SDK in the way of the bytes. */
export class HttpSender implements PartSender {
  readonly #agent = new Agent({
    connect: { timeout: CONNECT_TIMEOUT_MS },
    headersTimeout: ANSWER_TIMEOUT_MS,
    bodyTimeout: ANSWER_TIMEOUT_MS,
  });
  readonly #dates: DateListener;

  constructor(dates: DateListener) {
    this.#dates = dates;
  }

  async put(signed: SignedRequest, body: Body, signal: AbortSignal): Promise<string> {
    const heard = this.#dates.asking();
    try {
      const answer = await request(signed.url, {
        method: 'PUT',
        headers: { ...signed.headers },
        body: Readable.from(body, { highWaterMark: 1 }),
        signal,
        dispatcher: this.#agent,
      });
      heard(single(answer.headers['date']));
      const text = await answer.body.text();
      if (answer.statusCode < 300) return etagOf(answer.headers);
      throw refusalError(readRefusal(answer, text), { doing: 'upload to', bucket: signed.bucket });
    } catch (error) {
      throw connectionFailure(error);
    }
  }

  async close(): Promise<void> {
    await this.#agent.close();
  }
}

function etagOf(headers: Readonly<Record<string, string | string[] | undefined>>): string {
  const etag = single(headers['etag']);
  if (etag) return etag;
  throw new SandglassError('server-busy', 'The server took a part without naming its ETag.', {
    next: 'Try again.',
    retryable: true,
    requestId: single(headers['x-amz-request-id']),
  });
}
