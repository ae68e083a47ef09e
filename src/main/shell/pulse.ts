import type { AwaitedUploads } from '../board/awaited-uploads.ts';
import type { ShareBoard } from '../board/share-board.ts';

export interface PulseRooms {
  readonly shares: Pick<ShareBoard, 'tick' | 'underWay'>;
  readonly awaited: Pick<AwaitedUploads, 'beat'>;
}

const BEAT_MS = 1_000;

/**
 * Lets the board look around once a second, as long as somebody may be looking at it or something is under way; and
 * what others are to upload be looked for, watched or not.
 */
export class Pulse {
  readonly #rooms: PulseRooms;
  readonly #isWatched: () => boolean;

  constructor(rooms: PulseRooms, isWatched: () => boolean) {
    this.#rooms = rooms;
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
    const { shares, awaited } = this.#rooms;
    const isWatched = this.#isWatched();
    void awaited.beat(isWatched);
    if (!isWatched && shares.underWay().length === 0) return;
    try {
      shares.tick();
    } catch {
      // A history that another process holds just now can be read at the next beat.
    }
  }
}
