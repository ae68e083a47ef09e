const MOST_RELOADS = 3;
const WITHIN_MS = 60_000;

/** Tells a page that crashed once from one that crashes again and again, which loading anew does not mend. */
export class CrashLimit {
  readonly #now: () => number;
  #crashes: readonly number[] = [];

  /** @param now milliseconds of a clock that nobody sets */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Counts a crash. @returns whether the page may be loaded again */
  mayReload(): boolean {
    const now = this.#now();
    this.#crashes = [...this.#crashes.filter((at) => now - at < WITHIN_MS), now];
    return this.#crashes.length <= MOST_RELOADS;
  }

  /** Somebody wants to try once more. */
  forget(): void {
    this.#crashes = [];
  }
}
