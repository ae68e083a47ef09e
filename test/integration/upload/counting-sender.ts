import type { Body, PartSender, PutAnswer, SignedRequest } from '../../../src/main/upload/ports.ts';

/**
 * Counts what the sender takes of each body, so that progress can be held against it: of several attempts at the same
 * part only the one that came farthest counts.
 */
export class CountingSender implements PartSender {
  readonly #sender: PartSender;
  /** Bytes by part. */
  readonly #farthest = new Map<string, number>();

  constructor(sender: PartSender) {
    this.#sender = sender;
  }

  /** The most bytes that may have been counted for an object if none was counted twice. */
  most(key: string): number {
    let sum = 0;
    for (const [part, bytes] of this.#farthest) if (part.startsWith(`${key}?`)) sum += bytes;
    return sum;
  }

  put(request: SignedRequest, body: Body, signal: AbortSignal): Promise<PutAnswer> {
    const { pathname, searchParams } = new URL(request.url);
    const key = decodeURIComponent(pathname.split('/').slice(2).join('/'));
    return this.#sender.put(
      request,
      this.#counted(`${key}?${searchParams.get('partNumber') ?? ''}`, body),
      signal,
    );
  }

  async *#counted(part: string, body: Body): AsyncGenerator<Uint8Array> {
    let bytes = 0;
    for await (const chunk of body) {
      bytes += chunk.length;
      this.#farthest.set(part, Math.max(bytes, this.#farthest.get(part) ?? 0));
      yield chunk;
    }
  }
}
