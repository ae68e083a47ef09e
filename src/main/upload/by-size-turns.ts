import { USUAL_PART_BYTES } from './part-plan.ts';
import type { Turns } from './ports.ts';

const GIB = 1024 ** 3;

/** How many uploads of a size run at once. Each class has its own, so that none waits behind a larger one. */
const [SMALL, MIDDLING, LARGE] = [Infinity, 4, 3];

interface Class {
  running: number;
  readonly atOnce: number;
  readonly waiting: Set<() => void>;
}

/** First come, first served, among uploads of about the same size. */
export class BySizeTurns implements Turns {
  /** Single requests: the lanes alone bound them. */
  readonly #small = classOf(SMALL);
  readonly #middling = classOf(MIDDLING);
  readonly #large = classOf(LARGE);

  async await(size: number, signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    const own = size <= USUAL_PART_BYTES ? this.#small : size <= GIB ? this.#middling : this.#large;
    if (own.running < own.atOnce) own.running++;
    else await waitIn(own, signal);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      leave(own);
    };
  }
}

function classOf(atOnce: number): Class {
  return { atOnce, running: 0, waiting: new Set() };
}

/** Whoever leaves hands the place over, so that it is never free in between. */
function leave(own: Class): void {
  const [next] = own.waiting;
  if (next) next();
  else own.running--;
}

function waitIn(own: Class, signal: AbortSignal): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const stopped = () => {
    own.waiting.delete(granted);
    reject(signal.reason as Error);
  };
  const granted = () => {
    own.waiting.delete(granted);
    signal.removeEventListener('abort', stopped);
    resolve(null);
  };
  own.waiting.add(granted);
  signal.addEventListener('abort', stopped, { once: true });
  return promise;
}
