/**
 * Memory of one size that is used again. A new buffer for each part would fill the memory until the garbage collector
 * sweeps it, and has it sweep all the more often.
 */
export class Rooms {
  readonly #bytes: number;
  readonly #kept: number;
  readonly #free: Buffer[] = [];

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
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(this.#bytes);
  }

  /** Nobody looks at it any more. */
  giveBack(room: Buffer): void {
    if (this.#free.length < this.#kept) this.#free.push(room);
  }
}
