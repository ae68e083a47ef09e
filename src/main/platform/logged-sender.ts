import { asSandglassError } from '../../shared/errors.ts';
import { errorFields, type Log } from '../../shared/log.ts';
import type { Body, PartSender, PutAnswer, SignedRequest } from '../upload/ports.ts';

/** Writes down which requests of an upload failed, which the engine tries again without a word. */
export class LoggedSender implements PartSender {
  readonly #sender: PartSender;
  readonly #log: Log;
  readonly #now: () => number;

  /** @param now milliseconds of a clock that nobody sets */
  constructor(sender: PartSender, log: Log, now: () => number) {
    this.#sender = sender;
    this.#log = log;
    this.#now = now;
  }

  async put(request: SignedRequest, body: Body, signal: AbortSignal): Promise<PutAnswer> {
    const begun = this.#now();
    try {
      return await this.#sender.put(request, body, signal);
    } catch (error) {
      // A person who pauses or cancels is no failure.
      if (!signal.aborted) {
        const { code, retryable, requestId, message } = asSandglassError(error);
        const ms = Math.round(this.#now() - begun);
        const told = code === 'internal' ? errorFields(error) : { code, said: message };
        this.#log.write('warn', 'request failed', { ...told, retryable, ms, request: requestId });
      }
      throw error;
    }
  }
}
