import { setImmediate } from 'node:timers/promises';
import { SandglassError, type ErrorCode } from '../../../src/shared/errors.ts';

/** A call that waits for the test. */
export interface Held {
  /** The call was made. */
  readonly reached: Promise<void>;
  /** Lets it answer as it would; what was stopped meanwhile ends as stopped. */
  release(): void;
  /** Lets it succeed although it was stopped meanwhile: the server had it already. */
  land(): void;
  refuse(error: Error): void;
}

interface Outcome {
  readonly reached: PromiseWithResolvers<undefined>;
  readonly released: PromiseWithResolvers<undefined>;
  error?: Error;
  landed?: boolean;
}

export function refusal(code: ErrorCode, details: { retryable?: boolean; requestId?: string } = {}) {
  return new SandglassError(code, `Scripted: ${code}.`, details);
}

export const busy = () => refusal('server-busy', { retryable: true });
export const lost = () => refusal('connection-lost', { retryable: true });
export const denied = () => refusal('access-denied', { requestId: 'TX1' });
export const gone = () => refusal('upload-gone');

/** Lets everything happen that needs nobody's answer. */
export async function quiet(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await setImmediate();
}

/** Writes down each call as a line, and answers it as the test has laid ready. */
export class Script {
  readonly lines: string[] = [];
  readonly #outcomes = new Map<string, Outcome[]>();

  /** The next call of this line that has no outcome yet waits for the test. */
  hold(line: string): Held {
    const outcome = this.#plan(line);
    return {
      reached: outcome.reached.promise,
      release: () => {
        outcome.released.resolve(undefined);
      },
      land: () => {
        outcome.landed = true;
        outcome.released.resolve(undefined);
      },
      refuse: (error) => {
        outcome.error = error;
        outcome.released.resolve(undefined);
      },
    };
  }

  /** The next calls of this line that have no outcome yet are refused, one error each. */
  refuse(line: string, ...errors: readonly Error[]): void {
    for (const error of errors) this.hold(line).refuse(error);
  }

  count(line: string): number {
    return this.lines.filter((one) => one === line).length;
  }

  protected async step(line: string): Promise<Outcome | undefined> {
    this.lines.push(line);
    return this.wait(line);
  }

  protected async wait(line: string): Promise<Outcome | undefined> {
    const outcome = this.#outcomes.get(line)?.shift();
    outcome?.reached.resolve(undefined);
    await outcome?.released.promise;
    if (outcome?.error) throw outcome.error;
    return outcome;
  }

  /** The same, for what a signal may break off. */
  protected async waitUntilStopped(line: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const stopped = Promise.withResolvers<never>();
    signal.addEventListener('abort', () => {
      stopped.reject(signal.reason as Error);
    });
    await Promise.race([stopped.promise, this.wait(line)]);
  }

  #plan(line: string): Outcome {
    const outcome = {
      reached: Promise.withResolvers<undefined>(),
      released: Promise.withResolvers<undefined>(),
    };
    this.#outcomes.set(line, [...(this.#outcomes.get(line) ?? []), outcome]);
    return outcome;
  }
}
