import { SILENCE } from '../upload/retry-policy.ts';

/** How many times as long an answer may take as a piece of the body. */
const ANSWER_FACTOR = 3;

/** Aborts what has shown no sign of life for a while. */
export class IdleTimer {
  readonly #ms: number;
  readonly #controller = new AbortController();
  #timer: NodeJS.Timeout | null = null;
  #isOver = false;

  readonly #fallSilent = () => {
    this.#controller.abort(Object.assign(new Error('The line is silent.'), { name: SILENCE, code: 'IDLE' }));
  };

  /** @param ms the longest silence, in milliseconds */
  constructor(ms: number) {
    this.#ms = ms;
    this.moved();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Something moved: the silence is counted anew. */
  moved(): void {
    if (this.#isOver) return;
    if (this.#timer) this.#timer.refresh();
    else this.#timer = setTimeout(this.#fallSilent, this.#ms);
  }

  /** All of it is handed over, though the system may still hold megabytes of it that nobody sees move. */
  awaitAnswer(): void {
    this.stop();
    if (!this.#isOver) this.#timer = setTimeout(this.#fallSilent, ANSWER_FACTOR * this.#ms);
  }

  /** Nothing is watched any more, whoever still moves. */
  end(): void {
    this.#isOver = true;
    this.stop();
  }

  /** The silence is our own until something moves. */
  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
