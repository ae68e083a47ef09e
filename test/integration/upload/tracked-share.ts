import { asSandglassError, type ErrorCode, type SandglassError } from '../../../src/shared/errors.ts';
import type { TransferState } from '../../../src/shared/transfer-state.ts';
import type { Share } from '../../../src/main/share/share.ts';
import type { CountingSender } from './counting-sender.ts';

/** A share whose upload runs, and all that could be seen of it. */
export class TrackedShare {
  readonly share: Share;
  /** Every state in order, as `uploading` or `paused: unreachable`. */
  readonly course: string[] = [];
  /** Where progress told more than was sent, or ran backwards. */
  readonly miscounts: string[] = [];
  /** How it failed; null where the link works. */
  readonly outcome: Promise<SandglassError | null>;
  readonly #awaited = new Set<{ readonly state: RegExp; readonly resolve: () => void }>();
  readonly #sender: CountingSender;
  readonly #before: number;
  #restarts = 0;
  #mayFall = false;
  #shown = 0;

  /** @param before bytes that an earlier process had sent */
  constructor(share: Share, sender: CountingSender, before = 0) {
    this.share = share;
    this.#sender = sender;
    this.#before = before;
    share.watch(({ state, sentBytes }) => {
      this.#count(state, sentBytes);
      this.#note(state);
    });
    this.outcome = share.upload().then(() => null, asSandglassError);
  }

  get restarts(): number {
    return this.#restarts;
  }

  /** The code with which it failed; null where the link works. */
  async code(): Promise<ErrorCode | null> {
    return (await this.outcome)?.code ?? null;
  }

  /** Settles once it is in such a state, now or later. @throws Error where the upload ends without */
  async reaches(state: RegExp): Promise<void> {
    if (state.test(this.course.at(-1) ?? '')) return;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const reached = promise.then(() => true);
    this.#awaited.add({
      state,
      resolve: () => {
        resolve(undefined);
      },
    });
    const ended = this.outcome.then(() => this.course.some((passed) => state.test(passed)));
    if (!(await Promise.race([reached, ended])))
      throw new Error(`Never ${String(state)}, but ${this.course.join(', ')}.`);
  }

  #note(state: TransferState): void {
    const reason = state.kind === 'paused' ? `: ${state.reason?.code ?? 'by a person'}` : '';
    const named = state.kind + reason;
    if (this.course.at(-1) !== named) this.course.push(named);
    for (const awaited of [...this.#awaited]) {
      if (!awaited.state.test(named)) continue;
      this.#awaited.delete(awaited);
      awaited.resolve();
    }
  }

  #count(state: TransferState, bytes: number): void {
    const { key } = this.share.link;
    const restarts = 'restarts' in state ? state.restarts : this.#restarts;
    // What is begun anew counts from nothing, once.
    if (restarts !== this.#restarts) [this.#restarts, this.#mayFall] = [restarts, true];
    const most = this.#before + this.#sender.most(key);
    if (state.kind !== 'done' && bytes > most) this.miscounts.push(`${bytes} told, ${most} sent`);
    const fell = bytes < this.#shown;
    if (fell && !this.#mayFall) this.miscounts.push(`${bytes} after ${this.#shown}`);
    if (fell) this.#mayFall = false;
    this.#shown = bytes;
  }
}
