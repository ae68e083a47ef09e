/** The time, in milliseconds, over which speed is smoothed: long enough to be read, short enough to be true. */
const SMOOTHING_MS = 4_000;
/** Samples closer together than this many milliseconds tell more of the machine's buffers than of the line. */
const SAMPLE_EVERY_MS = 250;

interface Sample {
  readonly at: number;
  readonly bytes: number;
}

/** An upload's speed, smoothed as an exponential average, and what it means for the time left. */
export class SpeedMeter {
  #last: Sample | null = null;
  #bytesPerSecond: number | null = null;

  /** @param bytes sent so far @param now milliseconds since 1970 */
  sample(bytes: number, now: number): void {
    if (this.#last === null) this.#last = { at: now, bytes };
    const elapsed = now - this.#last.at;
    if (elapsed < SAMPLE_EVERY_MS) return;
    // Fewer than before: the upload was begun anew.
    const speed = Math.max(0, ((bytes - this.#last.bytes) * 1000) / elapsed);
    const weight = 1 - Math.exp(-elapsed / SMOOTHING_MS);
    this.#bytesPerSecond =
      this.#bytesPerSecond === null ? speed : this.#bytesPerSecond + weight * (speed - this.#bytesPerSecond);
    this.#last = { at: now, bytes };
  }

  /** What was measured before a pause says nothing of what comes after it. */
  reset(): void {
    this.#last = null;
    this.#bytesPerSecond = null;
  }

  /** Null until there is something to tell. */
  get bytesPerSecond(): number | null {
    return this.#bytesPerSecond;
  }

  /** Null while nothing moves. @param bytesLeft bytes still to be sent */
  secondsLeft(bytesLeft: number): number | null {
    return this.#bytesPerSecond === null || this.#bytesPerSecond <= 0
      ? null
      : bytesLeft / this.#bytesPerSecond;
  }
}
