/** Runs something later; the function it gives calls that off. */
export type Later = (ms: number, work: () => void) => () => void;

/** At most ten pushes a second. */
const PUSH_EVERY_MS = 100;

/** Tells of a change at once, and of all that follow together, after a while, with what is true then. */
export class PushThrottle {
  readonly #later: Later;
  readonly #push: (ids: readonly string[]) => void;
  readonly #changed = new Set<string>();
  #resting = false;

  constructor(later: Later, push: (ids: readonly string[]) => void) {
    this.#later = later;
    this.#push = push;
  }

  changed(id: string): void {
    this.#changed.add(id);
    if (!this.#resting) this.#tell();
  }

  #tell(): void {
    const ids = [...this.#changed];
    this.#changed.clear();
    this.#resting = true;
    this.#push(ids);
    this.#later(PUSH_EVERY_MS, () => {
      this.#resting = false;
      if (this.#changed.size > 0) this.#tell();
    });
  }
}
