import { setTimeout as wait } from 'node:timers/promises';

/** The time that faults and lines go by. */
export interface ProxyClock {
  /** Milliseconds; only differences matter. */
  now(): number;
  /** Waits milliseconds; rejects at once where the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: ProxyClock = {
  now: () => performance.now(),
  sleep: (ms, signal) => wait(ms, undefined, signal === undefined ? {} : { signal }),
};

interface Sleeper {
  readonly endsAt: number;
  readonly wake: () => void;
}

/** A clock that a test moves by hand. */
export class HandClock implements ProxyClock {
  #now = 0;
  #sleepers: Sleeper[] = [];
  readonly #waiting: (() => void)[] = [];

  now(): number {
    return this.#now;
  }

  /** How many wait for their time to come. */
  get sleepers(): number {
    return this.#sleepers.length;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    return new Promise((resolve, reject) => {
      const sleeper = { endsAt: this.#now + ms, wake: resolve };
      this.#sleepers.push(sleeper);
      signal?.addEventListener('abort', () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        reject(signal.reason as Error);
      });
      for (const tell of this.#waiting.splice(0)) tell();
    });
  }

  /** Settles as soon as somebody sleeps on this clock. */
  async sleeping(): Promise<void> {
    while (this.#sleepers.length === 0) await new Promise<void>((tell) => this.#waiting.push(tell));
  }

  /** Moves time on and wakes those whose time has come. */
  advance(ms: number): void {
    this.#now += ms;
    const due = this.#sleepers.filter(({ endsAt }) => endsAt <= this.#now);
    this.#sleepers = this.#sleepers.filter(({ endsAt }) => endsAt > this.#now);
    for (const { wake } of due) wake();
  }
}
