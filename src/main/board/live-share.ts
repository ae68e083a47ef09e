import type { Failure, ShareStanding } from '../../shared/board.ts';
import type { Clock } from '../../shared/clock.ts';
import { isFinal } from '../../shared/transfer-state.ts';
import type { LinkProbe } from '../share/links.ts';
import type { Share } from '../share/share.ts';
import { failureOf } from './failure.ts';
import { SpeedMeter } from './speed-meter.ts';

type End =
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'cancelled' }
  | Extract<ShareStanding, { kind: 'live' }>;

/** A share that is under way in this process, or ended in it: what history cannot tell. */
export class LiveShare {
  readonly share: Share;
  readonly #speed = new SpeedMeter();
  readonly #changed: () => void;
  #end: End | null = null;
  #interrupted = false;

  /** @param changed called at every change, as often as chunks are sent */
  constructor(share: Share, clock: Clock, changed: () => void) {
    this.share = share;
    this.#changed = changed;
    share.watch(({ state, sentBytes }) => {
      if (state.kind === 'paused') this.#speed.reset();
      else this.#speed.sample(sentBytes, clock.now());
      changed();
    });
  }

  get standing(): ShareStanding {
    if (this.#end) return this.#end;
    const { state, sentBytes, totalBytes } = this.share.progress;
    // A pause holds from the moment it is asked for, though the upload may still be on its way to its first byte.
    const isPaused = state.kind === 'paused' || (state.kind === 'preparing' && state.paused);
    if (isPaused) return { kind: 'paused', sentBytes, totalBytes, reason: null };
    const { bytesPerSecond } = this.#speed;
    const secondsLeft = this.#speed.secondsLeft(totalBytes - sentBytes);
    return { kind: 'uploading', sentBytes, totalBytes, bytesPerSecond, secondsLeft };
  }

  /** Whether bytes of it may still move. */
  get underWay(): boolean {
    return this.#end === null && !isFinal(this.share.progress.state);
  }

  /** Whether the process ended it: from then on history alone speaks of it. */
  get interrupted(): boolean {
    return this.#interrupted;
  }

  /** Sends the bytes, then tries the link with one byte. Never rejects. */
  async run(probe: LinkProbe): Promise<void> {
    try {
      await this.share.upload();
      this.#ends({ kind: 'live', probe: { kind: 'untried' } });
    } catch (error) {
      const failure = failureOf(error);
      this.#interrupted = failure.code === 'interrupted';
      if (this.#interrupted) return;
      this.#ends(failure.code === 'cancelled' ? { kind: 'cancelled' } : { kind: 'failed', failure });
      return;
    }
    const { url, bucket } = this.share.link;
    try {
      await probe.size(url, bucket);
      this.#ends({ kind: 'live', probe: { kind: 'works' } });
    } catch (error) {
      this.#ends({ kind: 'live', probe: { kind: 'dead', failure: failureOf(error) } });
    }
  }

  #ends(end: End): void {
    this.#end = end;
    this.#changed();
  }
}
