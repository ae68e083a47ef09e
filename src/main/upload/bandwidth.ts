import type { Patience, Throttle } from './ports.ts';

/** What may go out at once after a silence, in milliseconds of the allowed speed. */
const BURST_MS = 500;
/** How long is waited at the most before the limit is looked up again, in milliseconds. */
const LOOK_AGAIN_MS = 1_000;

/**
 * Keeps all uploads of the process together to one speed, by a bucket of tokens that is filled at that speed. The limit
 * is asked for again and again, since it may change by the time of day.
 */
export class Bandwidth implements Throttle {
  readonly #limit: () => number | null;
  readonly #now: () => number;
  readonly #patience: Pick<Patience, 'sleep'>;
  /** Bytes that may go out now; less than none where they were taken ahead. */
  #allowance = 0;
  #filledAt: number;

  /**
   * @param limit bytes a second at this moment; null for none
   * @param now a clock in milliseconds that never runs backwards
   */
  constructor(limit: () => number | null, now: () => number, patience: Pick<Patience, 'sleep'>) {
    this.#limit = limit;
    this.#now = now;
    this.#patience = patience;
    this.#filledAt = now();
  }

  async pass(bytes: number, signal: AbortSignal): Promise<void> {
    for (let limit = this.#limit(); limit !== null; limit = this.#limit()) {
      this.#fill(limit);
      if (this.#allowance > 0) {
        this.#allowance -= bytes;
        return;
      }
      const wait = Math.ceil((-this.#allowance / limit) * 1000) + 1;
      await this.#patience.sleep(Math.min(wait, LOOK_AGAIN_MS), signal);
    }
    this.#allowance = 0;
  }

  #fill(limit: number): void {
    const now = this.#now();
    const filled = this.#allowance + ((now - this.#filledAt) * limit) / 1000;
    this.#allowance = Math.min(filled, (limit * BURST_MS) / 1000);
    this.#filledAt = now;
  }
}
