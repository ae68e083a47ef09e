import type { Later } from '../board/push-throttle.ts';

export interface DeparturePorts {
  /** How many files are on their way. */
  readonly underWay: () => number;
  /** Asks whether that many may stop. */
  readonly mayStop: (count: number) => Promise<boolean>;
  /** Nothing of the app is to be seen any more. */
  readonly vanish: () => void;
  /** Lets what is on its way land, then closes everything. */
  readonly close: () => Promise<void>;
  /** Ends the process: what has been asked for once more is allowed then. */
  readonly end: () => void;
  readonly later: Later;
}

/** How long what is on its way may take to land, in milliseconds. Whatever it leaves is taken up at the next start. */
const PATIENCE_MS = 4_000;

/** The way out: one question however often it is asked for, and an end within a few seconds of the answer. */
export class Departure {
  readonly #ports: DeparturePorts;
  #leaving = false;
  #mayEnd = false;

  constructor(ports: DeparturePorts) {
    this.#ports = ports;
  }

  /** Somebody wants to quit. @returns whether the process may end at once */
  ask(): boolean {
    if (!this.#mayEnd && !this.#leaving) {
      this.#leaving = true;
      void this.#leave();
    }
    return this.#mayEnd;
  }

  async #leave(): Promise<void> {
    const { underWay, mayStop, vanish, close, end, later } = this.#ports;
    const count = underWay();
    if (count > 0 && !(await mayStop(count).catch(() => true))) {
      this.#leaving = false;
      return;
    }
    vanish();
    const over = Promise.withResolvers<undefined>();
    const callOff = later(PATIENCE_MS, () => {
      over.resolve(undefined);
    });
    await Promise.race([close().catch(() => undefined), over.promise]);
    callOff();
    this.#mayEnd = true;
    end();
  }
}
