import { isFinal } from '../../shared/transfer-state.ts';
import type { Share } from './share.ts';

/** Makes a share, and calls back when it has ended. */
type Make = (ended: () => void) => Promise<Share>;

/** What is being sent, by file, place and life, so that nothing is sent twice at the same time. */
export class RunningShares {
  readonly #byPrint = new Map<string, Promise<Share>>();

  /** The share of this print that is being sent, or being made just now; else the one that `make` gives. */
  findOrMake(print: string, make: Make): Promise<Share> {
    const before = this.#byPrint.get(print);
    return before ? this.#stillRunning(print, before, make) : this.make(print, make);
  }

  /** A share of its own, whatever is being sent. */
  make(print: string, make: Make): Promise<Share> {
    const made = make(() => {
      this.#forget(print, made);
    });
    this.#byPrint.set(print, made);
    made.catch(() => {
      this.#forget(print, made);
    });
    return made;
  }

  /** What is cancelled, and only being cleared away, is not being sent any more. */
  async #stillRunning(print: string, before: Promise<Share>, make: Make): Promise<Share> {
    const share = await before.catch(() => null);
    if (share && !isFinal(share.progress.state)) return share;
    this.#forget(print, before);
    return this.findOrMake(print, make);
  }

  #forget(print: string, made: Promise<Share>): void {
    if (this.#byPrint.get(print) === made) this.#byPrint.delete(print);
  }
}
