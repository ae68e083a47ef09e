import type { IncomingMessage, ServerResponse } from 'node:http';
import { checksOf } from './digests.ts';
import type { Check } from './digests.ts';
import { Refusal } from './refusals.ts';
import type { S3Request } from './request.ts';

/** A single PUT and a single part hold 5 GiB at most. */
const LARGEST_BODY_BYTES = 5 * 1024 ** 3;

/** Lets a test slow down or cut the bytes on their way in. */
export type Tap = (chunks: AsyncIterable<Buffer>) => AsyncIterable<Buffer>;

/** A request's body, read once and never held whole, checked against everything the request says of it. */
export class RequestBody {
  readonly #incoming: IncomingMessage;
  readonly #answer: ServerResponse;
  readonly #request: S3Request;
  readonly #payloadHash: string;
  readonly #tap: Tap;

  /** @param payloadHash the SHA-256 in hex that the signature covers, or `UNSIGNED-PAYLOAD` */
  constructor(
    incoming: IncomingMessage,
    answer: ServerResponse,
    request: S3Request,
    payloadHash: string,
    tap: Tap,
  ) {
    this.#incoming = incoming;
    this.#answer = answer;
    this.#request = request;
    this.#payloadHash = payloadHash;
    this.#tap = tap;
  }

  /**
   * The bytes as they come. Whoever takes them may keep them only when the last one has been handed over
   * without a refusal, because only then it is known whether they are the bytes that were announced.
   * @throws Refusal MissingContentLength, EntityTooLarge, InvalidDigest, BadDigest, XAmzContentSHA256Mismatch
   */
  chunks(): AsyncIterable<Buffer> {
    const length = this.#request.header('content-length');
    if (length === undefined) throw new Refusal('MissingContentLength');
    if (Number(length) > LARGEST_BODY_BYTES) {
      throw new Refusal('EntityTooLarge', { fields: { MaxSizeAllowed: LARGEST_BODY_BYTES } });
    }
    return checked(this.#tap(this.#raw()), checksOf(this.#request, this.#payloadHash));
  }

  /** The whole body as text, for the small documents that some operations take. @throws Refusal as `chunks` */
  async text(largestBytes: number): Promise<string> {
    const collected: Buffer[] = [];
    let size = 0;
    for await (const chunk of checked(this.#tap(this.#raw()), checksOf(this.#request, this.#payloadHash))) {
      size += chunk.length;
      if (size > largestBytes) throw new Refusal('MalformedXML');
      collected.push(chunk);
    }
    return Buffer.concat(collected).toString('utf8');
  }

  async *#raw(): AsyncGenerator<Buffer> {
    // A client that asks first ("Expect: 100-continue") has been waiting to hear whether it is refused.
    if (this.#request.header('expect') !== undefined) this.#answer.writeContinue();
    // The connection stays open when reading stops early: there is still a refusal to be sent on it.
    for await (const chunk of this.#incoming.iterator({ destroyOnReturn: false })) yield chunk as Buffer;
  }
}

async function* checked(chunks: AsyncIterable<Buffer>, checks: readonly Check[]): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    for (const check of checks) check.update(chunk);
    yield chunk;
  }
  for (const check of checks) check.finish();
}
