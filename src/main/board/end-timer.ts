import type { Clock } from '../../shared/clock.ts';
import type { Ending, EndOfLife } from '../share/end-of-life.ts';
import type { Nudge } from '../share/recovery.ts';
import type { Later } from './push-throttle.ts';

export interface EndTimerPorts {
  readonly endOfLife: Pick<EndOfLife, 'nextAt' | 'sweep'>;
  /** The server's: links end by it. */
  readonly clock: Clock;
  readonly later: Later;
  /** Tells of a computer that has woken, a network that has changed, a person who is back. */
  readonly nudge: Pick<Nudge, 'next'>;
  /** Hears what became of each object whose link had ended. */
  readonly told: (endings: readonly Ending[]) => void;
}

/**
 * The longest wait without a look, in milliseconds: timers overflow after 24.8 days, stand still while the computer
 * sleeps, and know nothing of what another process has shared.
 * https://developer.mozilla.org/docs/Web/API/Window/setTimeout#maximum_delay_value
 */
const LONGEST_WAIT_MS = 600_000;
/** What stays due after a sweep is tried again after so many milliseconds, and longer each time. */
const FIRST_RETRY_MS = 15_000;
const LONGEST_RETRY_MS = 600_000;
/** The end is told in whole seconds; a little after it, no server takes the link to be alive. */
const MARGIN_MS = 500;

/** Deletes what was shared with the choice “when it ends, it is gone” as soon as its link has ended. */
export class EndTimer {
  readonly #ports: EndTimerPorts;
  #callOff: () => void = () => undefined;
  #forgetNudge: () => void = () => undefined;
  #sweeping: Promise<void> | null = null;
  #retryMs = FIRST_RETRY_MS;
  #notBefore = -Infinity;
  /** What was due by then, the last sweep has tried. */
  #sweptAt = -Infinity;
  #isOver = false;

  constructor(ports: EndTimerPorts) {
    this.#ports = ports;
  }

  /** Sweeps what ended while the app did not run, and goes on until `stop`. */
  start(): void {
    this.#awaitNudge();
    this.look();
  }

  /** Something may have changed: when the next end is, or whether what failed can be had now. */
  look(): void {
    if (this.#isOver || this.#sweeping) return;
    this.#callOff();
    const wait = this.#wait();
    if (wait <= 0) this.#sweep();
    else
      this.#callOff = this.#ports.later(wait, () => {
        this.look();
      });
  }

  /** Begins nothing more. Resolves when nothing is being deleted. */
  async stop(): Promise<void> {
    this.#isOver = true;
    this.#callOff();
    this.#forgetNudge();
    await this.#sweeping;
  }

  /** Milliseconds until the next sweep. What could not be swept lets nothing else wait. */
  #wait(): number {
    try {
      const again = this.#isLeft() ? this.#notBefore : Infinity;
      const next = (this.#ports.endOfLife.nextAt(this.#sweptAt) ?? Infinity) + MARGIN_MS;
      return Math.min(Math.min(again, next) - this.#ports.clock.now(), LONGEST_WAIT_MS);
    } catch {
      // A history that another process holds just now can be read later.
      return FIRST_RETRY_MS;
    }
  }

  #sweep(): void {
    this.#sweeping = this.#swept().finally(() => {
      this.#sweeping = null;
      this.look();
    });
  }

  async #swept(): Promise<void> {
    const { endOfLife, told, clock } = this.#ports;
    const begun = clock.now();
    try {
      const endings = await endOfLife.sweep();
      if (endings.length > 0) told(endings);
    } catch {
      // As above; what is due stays due.
    }
    // A server may have told meanwhile that this computer's clock runs ahead.
    this.#sweptAt = Math.min(begun, clock.now());
    // Whatever is due still, for whatever reason, would else be tried on and on.
    const isLeft = this.#mayBeLeft();
    this.#notBefore = isLeft ? clock.now() + this.#retryMs : -Infinity;
    this.#retryMs = isLeft ? Math.min(2 * this.#retryMs, LONGEST_RETRY_MS) : FIRST_RETRY_MS;
  }

  /** Whether the last sweep left something that was due. */
  #isLeft(): boolean {
    const first = this.#ports.endOfLife.nextAt();
    return first !== null && first <= this.#sweptAt;
  }

  #mayBeLeft(): boolean {
    try {
      return this.#isLeft();
    } catch {
      return true;
    }
  }

  #awaitNudge(): void {
    this.#forgetNudge = this.#ports.nudge.next(() => {
      this.#forgetNudge();
      if (this.#isOver) return;
      this.#awaitNudge();
      this.#notBefore = -Infinity;
      this.look();
    });
  }
}
