import { LANES } from './md5-module.ts';

/** What is hashed before anybody asked for it, in bytes at the most. */
const AHEAD_BYTES = 64 * 1024 ** 2;

interface Hashed {
  readonly length: number;
  readonly md5: Promise<string>;
}

/**
 * Hashes a file's parts before they are asked for, because eight at once take little longer than two. Whoever asks for
 * one part will ask for the next: the parts are taken to be of one length and asked for in their order. A part that is
 * asked for a second time, as when the server refused its bytes, is hashed anew.
 */
export class HashAhead {
  readonly #size: number;
  readonly #hash: (offset: number, length: number) => Promise<string>;
  readonly #known = new Map<number, Hashed>();
  /** Where that begins which was neither asked for nor hashed yet. */
  #frontier = 0;

  /** @param size of the file, in bytes */
  constructor(size: number, hash: (offset: number, length: number) => Promise<string>) {
    this.#size = size;
    this.#hash = hash;
  }

  /** The MD5 of a range, as `hash` gives it. */
  md5(offset: number, length: number): Promise<string> {
    const known = this.#known.get(offset);
    const isNew = offset >= this.#frontier;
    this.#known.delete(offset);
    this.#frontier = Math.max(this.#frontier, offset + length);
    const found = known?.length === length ? known.md5 : this.#hash(offset, length);
    if (isNew) this.#hashNext(length, LANES - 1);
    else if (known) this.#hashNext(length, LANES);
    return found;
  }

  /** What was hashed may not be what the file holds now. */
  forget(): void {
    this.#known.clear();
    this.#frontier = 0;
  }

  /** Whole batches, the next begun when half of the last is used up. */
  #hashNext(length: number, batch: number): void {
    const most = Math.min(batch, Math.floor(AHEAD_BYTES / length));
    if (this.#known.size > LANES / 2) return;
    for (let parts = 0; parts < most && this.#frontier < this.#size; parts++) {
      this.#hashAhead(this.#frontier, Math.min(length, this.#size - this.#frontier));
    }
  }

  #hashAhead(offset: number, length: number): void {
    const md5 = this.#hash(offset, length);
    const hashed = { length, md5 };
    this.#known.set(offset, hashed);
    this.#frontier = offset + length;
    // Whoever asks for it tries again, and hears of it if that fails too.
    md5.catch(() => {
      if (this.#known.get(offset) === hashed) this.#known.delete(offset);
    });
  }
}
