import type { Lane, Lanes } from './ports.ts';
import type { Pace } from './pace.ts';

/** Lanes beyond the limit for uploads that have none yet: a small file does not wait behind a large one. */
export const NEWCOMER_LANES = 4;

interface Waiting {
  readonly upload: object;
  readonly grant: (lane: Lane) => void;
}

/** Shares the lanes out: each goes to the upload that holds the fewest, and to whoever waited longest among those. */
export class FairLanes implements Lanes {
  readonly #pace: Pace;
  readonly #held = new Map<object, number>();
  #waiting: readonly Waiting[] = [];
  #inUse = 0;

  constructor(pace: Pace) {
    this.#pace = pace;
  }

  enter(upload: object, signal: AbortSignal): Promise<Lane> {
    const { promise, resolve, reject } = Promise.withResolvers<Lane>();
    if (signal.aborted) return Promise.reject(signal.reason as Error);
    const stopped = () => {
      this.#waiting = this.#waiting.filter((other) => other !== waiting);
      reject(signal.reason as Error);
    };
    const waiting: Waiting = {
      upload,
      grant: (lane) => {
        signal.removeEventListener('abort', stopped);
        resolve(lane);
      },
    };
    signal.addEventListener('abort', stopped, { once: true });
    this.#waiting = [...this.#waiting, waiting];
    this.#share();
    return promise;
  }

  sent(bytes: number): void {
    this.#pace.sent(bytes);
    this.#share();
  }

  crowded(): void {
    this.#pace.crowded();
  }

  #share(): void {
    for (let next = this.#next(); next; next = this.#next()) {
      const { upload, grant } = next;
      this.#waiting = this.#waiting.filter((other) => other !== next);
      if (this.#inUse++ === 0) this.#pace.begin();
      this.#held.set(upload, this.#heldBy(upload) + 1);
      grant(this.#lane(upload));
    }
  }

  /** Who gets a lane now; null where none is free. */
  #next(): Waiting | null {
    const [first, ...others] = this.#waiting;
    if (!first) return null;
    const fewest = others.reduce(
      (best, other) => (this.#heldBy(other.upload) < this.#heldBy(best.upload) ? other : best),
      first,
    );
    const extra = this.#heldBy(fewest.upload) === 0 ? NEWCOMER_LANES : 0;
    return this.#inUse < this.#pace.limit + extra ? fewest : null;
  }

  #lane(upload: object): Lane {
    let left = false;
    return {
      leave: () => {
        if (left) return;
        left = true;
        this.#inUse--;
        const others = this.#heldBy(upload) - 1;
        if (others > 0) this.#held.set(upload, others);
        else this.#held.delete(upload);
        this.#share();
      },
    };
  }

  #heldBy(upload: object): number {
    return this.#held.get(upload) ?? 0;
  }
}
