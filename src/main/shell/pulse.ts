import type { ShareBoard } from '../board/share-board.ts';

const BEAT_MS = 1_000;

/** Lets the board look around once a second, as long as somebody may be looking at it or something is under way. */
export class Pulse {
  readonly #shares: Pick<ShareBoard, 'tick' | 'underWay'>;
  readonly #isWatched: () => boolean;

  constructor(shares: Pick<ShareBoard, 'tick' | 'underWay'>, isWatched: () => boolean) {
    this.#shares = shares;
    this.#isWatched = isWatched;
  }

  /** Keeps no process alive; the function it gives ends it. */
  start(): () => void {
    const timer = setInterval(() => {
      this.#beat();
    }, BEAT_MS).unref();
    return () => {
      clearInterval(timer);
    };
  }

  #beat(): void {
    if (!this.#isWatched() && this.#shares.underWay().length === 0) return;
    try {
      this.#shares.tick();
    } catch {
      // A history that another process holds just now can be read at the next beat.
    }
  }
}
