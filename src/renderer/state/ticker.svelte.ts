/** What the ticker needs of a document. */
export type Visibility = Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>;

/**
 * The one clock of all countdowns: it goes by the server's time, ticks on its full seconds, and stands still while
 * nobody can see it.
 */
export class Ticker {
  /** The server's clock, in milliseconds since 1970. */
  now = $state(Date.now());
  /** Counts minutes; for what need not be asked each second. */
  readonly minute = $derived(Math.floor(this.now / 60_000));
  readonly #document: Visibility;
  #offset = 0;
  #next: ReturnType<typeof setTimeout> | undefined;

  constructor(visibility: Visibility) {
    this.#document = visibility;
  }

  /** Begins to tick. @returns what ends it */
  start(): () => void {
    this.#document.addEventListener('visibilitychange', this.#follow);
    this.#follow();
    return () => {
      this.#document.removeEventListener('visibilitychange', this.#follow);
      clearTimeout(this.#next);
    };
  }

  /** @param offset milliseconds by which the server's clock is ahead */
  setOffset(offset: number): void {
    this.#offset = offset;
    this.#follow();
  }

  readonly #follow = (): void => {
    clearTimeout(this.#next);
    const now = Date.now() + this.#offset;
    this.now = now;
    if (this.#document.visibilityState === 'hidden') return;
    this.#next = setTimeout(this.#follow, 1000 - (now % 1000));
  };
}
