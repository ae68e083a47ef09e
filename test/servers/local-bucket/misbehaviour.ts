import type { Answer } from './answers.ts';
import type { Tap } from './request-body.ts';
import type { Operation } from './request.ts';

/** A request that passed the signature check, and the how-manieth of its kind it is. */
export interface Occasion {
  readonly operation: Operation;
  readonly bucket: string;
  readonly key: string;
  /** Null for everything but parts. */
  readonly partNumber: number | null;
  /** Counts from 1 over all requests of the same operation, bucket, key and part number. */
  readonly attempt: number;
}

/** What a network or a server in trouble does to one request. */
export type Misbehaviour =
  /** Answers with an error of S3's and does nothing. */
  | { readonly kind: 'refuse'; readonly code: string; readonly status: number; readonly message?: string }
  /** Answers 200, but with an `<Error>` inside, and does nothing: CompleteMultipartUpload can do that. */
  | { readonly kind: 'refuse-in-200'; readonly code: string; readonly message?: string }
  /** Resets the connection and does nothing: at once, or when so many bytes of the body have been read. */
  | { readonly kind: 'reset'; readonly afterBytes?: number }
  /** Does as asked, then resets the connection instead of answering. */
  | { readonly kind: 'swallow-answer' }
  /** Does as asked, but as if no tags had come with it: Ceph RGW does so where a multipart upload begins. */
  | { readonly kind: 'forget-tags' }
  /** Does as asked, but answers with another ETag (without quotes), or with none. */
  | { readonly kind: 'answer-etag'; readonly etag: string | null }
  /** Waits for the promise: at once, or when so many bytes of the body have been read. Then does as asked. */
  | { readonly kind: 'stall'; readonly until: Promise<unknown>; readonly afterBytes?: number };

/** Decides for each request what goes wrong; null where nothing does. */
export type Misbehave = (occasion: Occasion) => Misbehaviour | null;

/** Thrown where the connection is to end without an answer. */
export class ConnectionCut extends Error {
  override readonly name = 'ConnectionCut';
}

/** Counts requests of a kind. */
export class AttemptCount {
  readonly #counts = new Map<string, number>();

  next(occasion: Omit<Occasion, 'attempt'>): number {
    const { operation, bucket, key, partNumber } = occasion;
    const kind = JSON.stringify([operation, bucket, key, partNumber]);
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    return count;
  }
}

/**
 * What goes wrong before or while the body is read.
 * @param closed settles when the client is gone, so that a stall does not outlive its connection
 */
export function tapFor(misbehaviour: Misbehaviour | null, closed: Promise<unknown>): Tap {
  if (misbehaviour?.kind !== 'reset' && misbehaviour?.kind !== 'stall') return (chunks) => chunks;
  const { afterBytes } = misbehaviour;
  if (afterBytes === undefined) return (chunks) => chunks;
  return async function* (chunks) {
    let size = 0;
    let struck = false;
    for await (const chunk of chunks) {
      size += chunk.length;
      if (!struck && size >= afterBytes) {
        struck = true;
        await strike(misbehaviour, closed);
      }
      yield chunk;
    }
    if (!struck) await strike(misbehaviour, closed);
  };
}

/** What goes wrong before anything is done. @throws ConnectionCut */
export async function beforehand(misbehaviour: Misbehaviour | null, closed: Promise<unknown>): Promise<void> {
  if (misbehaviour?.kind !== 'reset' && misbehaviour?.kind !== 'stall') return;
  if (misbehaviour.afterBytes === undefined) await strike(misbehaviour, closed);
}

/** What goes wrong when all is done. @throws ConnectionCut */
export function afterwards(misbehaviour: Misbehaviour | null, answer: Answer): Answer {
  if (misbehaviour?.kind === 'swallow-answer') throw new ConnectionCut();
  if (misbehaviour?.kind !== 'answer-etag') return answer;
  const { etag } = misbehaviour;
  const quoted = etag === null ? '' : `&#x22;${etag}&#x22;`;
  const others = Object.entries(answer.headers).filter(([name]) => name !== 'ETag');
  return {
    status: answer.status,
    headers: Object.fromEntries(etag === null ? others : [...others, ['ETag', `"${etag}"`]]),
    body:
      typeof answer.body === 'string'
        ? answer.body.replace(/<ETag>[^<]*<\/ETag>/, `<ETag>${quoted}</ETag>`)
        : answer.body,
  };
}

async function strike(
  misbehaviour: Extract<Misbehaviour, { kind: 'reset' | 'stall' }>,
  closed: Promise<unknown>,
): Promise<void> {
  if (misbehaviour.kind === 'reset') throw new ConnectionCut();
  const gone = closed.then(() => 'gone');
  if ((await Promise.race([misbehaviour.until, gone])) === 'gone') throw new ConnectionCut();
}
