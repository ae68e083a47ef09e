/**
 * How many parts are sent at once, at first, at the least and at the most. Each connection of a far line carries little,
 * and the first round of a short upload is all of it.
 */
export const FIRST_LIMIT = 8;
export const MIN_LIMIT = 1;
export const MAX_LIMIT = 16;

/** A round that brings this much more than the best shows that the line has room; this much less, that it has not. */
const NOTEWORTHY_GAIN = 1.05;
const NOTEWORTHY_LOSS = 0.85;
/** A round takes this many milliseconds at least. */
const ROUND_MS = 250;
/** After so many rounds that were all alike, one more lane is tried. */
const TRY_AGAIN_AFTER = 8;
/** What was on its way when the server complained tells nothing new; milliseconds. */
const COOLDOWN_MS = 1_000;

/**
 * Finds how many parts at once the line rewards. As with TCP's slow start they are doubled as long as that brings more
 * bytes a second; from the first round that brings no more, there is one more where it does, one less where it brings
 * fewer. Where the server says that it is too much, half of them are left. https://www.rfc-editor.org/rfc/rfc5681
 */
export class Pace {
  readonly #now: () => number;
  #limit = FIRST_LIMIT;
  /** Bytes a millisecond. */
  #best = 0;
  #alike = 0;
  #isDoubling = true;
  #roundBytes = 0;
  #roundParts = 0;
  #roundBegan: number;
  #complainedAt = -Infinity;

  /** @param now a clock in milliseconds that never runs backwards */
  constructor(now: () => number) {
    this.#now = now;
    this.#roundBegan = now();
  }

  get limit(): number {
    return this.#limit;
  }

  /** The line was idle until now, which says nothing of its speed. */
  begin(): void {
    this.#beginRound(this.#now());
  }

  /** A part of so many bytes has arrived. A round is as many parts as may be under way at once. */
  sent(bytes: number): void {
    const now = this.#now();
    this.#roundBytes += bytes;
    this.#roundParts++;
    const took = now - this.#roundBegan;
    if (this.#roundParts < this.#limit || took < ROUND_MS) return;
    this.#judge(this.#roundBytes / took);
    this.#beginRound(now);
  }

  /** The server, or the line, had too much. */
  crowded(): void {
    const now = this.#now();
    if (now - this.#complainedAt < COOLDOWN_MS) return;
    this.#complainedAt = now;
    this.#isDoubling = false;
    this.#change(Math.floor(this.#limit / 2));
    this.#best = 0;
    this.#beginRound(now);
  }

  #judge(speed: number): void {
    if (speed < this.#best * NOTEWORTHY_LOSS) {
      this.#isDoubling = false;
      this.#best = speed;
      this.#change(this.#limit - 1);
    } else if (speed > this.#best * NOTEWORTHY_GAIN) {
      this.#best = speed;
      this.#change(this.#isDoubling ? 2 * this.#limit : this.#limit + 1);
    } else {
      this.#isDoubling = false;
      if (++this.#alike < TRY_AGAIN_AFTER) return;
      this.#best = Math.max(this.#best, speed);
      this.#change(this.#limit + 1);
    }
  }

  #change(limit: number): void {
    this.#limit = Math.min(MAX_LIMIT, Math.max(MIN_LIMIT, limit));
    this.#alike = 0;
  }

  #beginRound(now: number): void {
    this.#roundBytes = 0;
    this.#roundParts = 0;
    this.#roundBegan = now;
  }
}
