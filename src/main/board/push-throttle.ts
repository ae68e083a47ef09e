/** Runs something later; the function it gives calls that off. */
export type Later = (ms: number, work: () => void) => () => void;

/** At most ten pushes a second for each share. */
const PUSH_EVERY_MS = 100;

/** Tells of each share at once, and again only after a while, with what is true then. */
export class PushThrottle {
  readonly #later: Later;
  readonly #push: (id: string) => void;
  readonly #resting = new Map<string, { dirty: boolean }>();

  constructor(later: Later, push: (id: string) => void) {
    this.#later = later;
    this.#push = push;
  }

  changed(id: string): void {
    const resting = this.#resting.get(id);
    if (resting) resting.dirty = true;
    else this.#tell(id);
  }

  #tell(id: string): void {
    this.#push(id);
    const rest = { dirty: false };
    this.#resting.set(id, rest);
    this.#later(PUSH_EVERY_MS, () => {
      this.#resting.delete(id);
      if (rest.dirty) this.#tell(id);
    });
  }
}
