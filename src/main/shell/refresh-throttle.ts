import type { Later } from '../board/push-throttle.ts';

/** Shows something anew: at once, and all that is asked for meanwhile together, after a rest. */
export class RefreshThrottle {
  readonly #later: Later;
  readonly #restMs: number;
  readonly #refresh: () => void;
  #resting = false;
  #asked = false;

  /** @param restMs the least time between two refreshes, in milliseconds */
  constructor(later: Later, restMs: number, refresh: () => void) {
    this.#later = later;
    this.#restMs = restMs;
    this.#refresh = refresh;
  }

  ask(): void {
    if (this.#resting) {
      this.#asked = true;
      return;
    }
    this.#resting = true;
    this.#asked = false;
    this.#later(this.#restMs, () => {
      this.#resting = false;
      if (this.#asked) this.ask();
    });
    this.#refresh();
  }
}
