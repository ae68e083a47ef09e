import type { ProxyClock } from './clock.ts';
import type { ShapedLine } from './shaped-line.ts';

/** The lines that one request passes, one behind the other; often none. */
export class Lines {
  readonly #lines: readonly ShapedLine[];
  readonly #oneWayMs: number;
  readonly #clock: ProxyClock;
  readonly #signal: AbortSignal;

  /** @param signal ends all waiting when the request is over */
  constructor(lines: readonly ShapedLine[], clock: ProxyClock, signal: AbortSignal) {
    this.#lines = lines;
    this.#oneWayMs = lines.reduce((sum, { oneWayMs }) => sum + oneWayMs, 0);
    this.#clock = clock;
    this.#signal = signal;
  }

  get areNone(): boolean {
    return this.#lines.length === 0;
  }

  /** Waits as long as a connection needs to be made: the kernel shook hands with the proxy in no time. */
  handshake(): Promise<void> {
    return this.#wait(2 * this.#oneWayMs);
  }

  /** Waits as long as a head is under way. */
  cross(): Promise<void> {
    return this.#wait(this.#oneWayMs);
  }

  /** A body leaves now, right behind its head. */
  carry(direction: 'up' | 'down', body: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
    return this.#lines.reduce((chunks, line) => line.carry(direction, chunks, this.#signal), body);
  }

  async #wait(ms: number): Promise<void> {
    if (ms > 0) await this.#clock.sleep(ms, this.#signal);
  }
}
