import { Agent, request } from 'undici';
import { SandglassError } from '../../shared/errors.ts';
import { refusalError, type S3Refusal } from '../../shared/s3-refusal.ts';
import type { Body, PartSender, PutAnswer, SignedRequest } from '../upload/ports.ts';
import { IdleTimer } from './idle-timer.ts';
import { connectionFailure, readRefusal, single, type DateListener } from './s3-answer.ts';

/** How long is waited, in milliseconds. */
export interface SenderPatience {
  readonly connectMs: number;
  /** While nothing of a body goes out, and while nothing of the answer comes in. */
  readonly idleMs: number;
}

/**
 * undici takes any iterable, and asks it for a chunk when the socket has room, though its types name streams alone. A
 * stream around it would cost a fifth of what sending takes.
 */
type IterableRequest = NonNullable<Parameters<typeof request>[1]>;

const USUAL_PATIENCE: SenderPatience = { connectMs: 10_000, idleMs: 60_000 };

/** PUTs bodies with undici: no SDK in the way of the bytes. */
export class HttpSender implements PartSender {
  readonly #patience: SenderPatience;
  readonly #dates: DateListener;
  #agent: Agent;

  constructor(dates: DateListener, patience = USUAL_PATIENCE) {
    this.#patience = patience;
    this.#dates = dates;
    this.#agent = this.#newAgent();
  }

  async put(signed: SignedRequest, body: Body, signal: AbortSignal): Promise<PutAnswer> {
    const heard = this.#dates.asking();
    const idle = new IdleTimer(this.#patience.idleMs);
    const chunks: object = noticed(body, idle);
    try {
      const answer = await request(signed.url, {
        method: 'PUT',
        headers: { ...signed.headers },
        body: chunks,
        signal: AbortSignal.any([signal, idle.signal]),
        dispatcher: this.#agent,
      } as IterableRequest);
      const date = single(answer.headers['date']);
      const tooLate = heard(date) || hasEnded(signed.url, date);
      const text = await answer.body.text();
      if (answer.statusCode < 300) return putAnswer(answer.headers);
      throw orCut(
        refusalError(orTooLate(readRefusal(answer, text, tooLate)), {
          doing: 'upload to',
          bucket: signed.bucket,
        }),
      );
    } catch (error) {
      throw connectionFailure(idle.signal.aborted ? idle.signal.reason : error);
    } finally {
      idle.end();
    }
  }

  /** Drops every connection: after a sleep, or where the network has changed, none of them leads anywhere. */
  drop(): void {
    const old = this.#agent;
    this.#agent = this.#newAgent();
    void old.destroy().catch(() => undefined);
  }

  async close(): Promise<void> {
    await this.#agent.close();
  }

  #newAgent(): Agent {
    const { connectMs, idleMs } = this.#patience;
    // undici's own timers are coarse; the idle timer is faster and sees the body as well.
    return new Agent({
      connect: { timeout: connectMs },
      headersTimeout: 4 * idleMs,
      bodyTimeout: 4 * idleMs,
    });
  }
}

/** The line is watched while it has a chunk, not while the next one waits for the disk, or for its turn. */
async function* noticed(body: Body, idle: IdleTimer): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    idle.moved();
    yield chunk;
    idle.stop();
  }
  idle.awaitAnswer();
}

/** Whether a presigned URL had ended by the time of the answer to it: it is signed anew, and nobody notices. */
function hasEnded(url: string, date: string | undefined): boolean {
  const query = new URL(url).searchParams;
  const signed = query.get('X-Amz-Date')?.replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5');
  const end = Date.parse(signed ?? '') + Number(query.get('X-Amz-Expires')) * 1000;
  return Date.parse(date ?? '') >= end;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html */
function orTooLate(refusal: S3Refusal): S3Refusal {
  const isOver = refusal.status === 403 && /^request has expired/i.test(refusal.said ?? '');
  return isOver ? { ...refusal, code: 'RequestTimeTooSkewed' } : refusal;
}

/** Nothing can be missing where something is put: Ceph RGW says so of a body that was cut on its way. */
function orCut(error: SandglassError): SandglassError {
  if (error.code !== 'no-such-key') return error;
  const { message, next, requestId } = error;
  return new SandglassError('refused', message, { next, requestId, retryable: true });
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;

function putAnswer(headers: Headers): PutAnswer {
  const algorithm = single(headers['x-amz-server-side-encryption']) ?? '';
  const customer = headers['x-amz-server-side-encryption-customer-algorithm'] !== undefined;
  return { etag: etagOf(headers), encrypted: customer || algorithm.startsWith('aws:kms') };
}

function etagOf(headers: Headers): string {
  const etag = single(headers['etag']);
  if (etag) return etag;
  throw new SandglassError('refused', 'The server took a part without naming its ETag.', {
    next: 'Try again.',
    retryable: true,
    requestId: single(headers['x-amz-request-id']),
  });
}
