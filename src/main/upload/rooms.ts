/**
 * Memory of one size that is used again. A new buffer for each part would fill the memory until the garbage collector
 * sweeps it, and has it sweep all the more often.
 */
export class Rooms {
  readonly #bytes: number;
  readonly #kept: number;
  readonly #free: Buffer[] = [];
  #lent = 0;

  /**
   * @param bytes of each
   * @param kept how many are kept for later at the most
   */
  constructor(bytes: number, kept: number) {
    this.#bytes = bytes;
    this.#kept = kept;
  }

  /** Holds whatever was in it before. */
  take(): Buffer {
    this.#lent += 1;
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(this.#bytes);
  }

  /** One as `take` gives it, which must come back; null while as many are lent as are kept. */
  takeKept(): Buffer | null {
    return this.#lent < this.#kept ? this.take() : null;
  }

  /** Nobody looks at it any more. */
  giveBack(room: Buffer): void {
    this.#lent -= 1;
    if (this.#free.length < this.#kept) this.#free.push(room);
  }
}
