import type { Later } from '../../../src/main/board/push-throttle.ts';

/** Milliseconds that pass when the test says so. */
export class HandTimer {
  #now = 0;
  #waiting: { readonly at: number; readonly work: () => void }[] = [];

  readonly later: Later = (ms, work) => {
    const entry = { at: this.#now + ms, work };
    this.#waiting.push(entry);
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== entry);
    };
  };

  get waiting(): number {
    return this.#waiting.length;
  }

  pass(ms: number): void {
    const end = this.#now + ms;
    for (let next = this.#due(end); next; next = this.#due(end)) {
      this.#waiting = this.#waiting.filter((other) => other !== next);
      this.#now = next.at;
      next.work();
    }
    this.#now = end;
  }

  #due(end: number) {
    return this.#waiting.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0];
  }
}
