import type { Failure, ShareStanding } from '../../shared/board.ts';
import type { Clock } from '../../shared/clock.ts';
import type { LinkProbe } from '../share/links.ts';
import type { Share } from '../share/share.ts';
import { failureOf, toldFailure } from './failure.ts';
import { SpeedMeter } from './speed-meter.ts';

/** How an upload that ran in this process ended, as far as history does not tell. */
export type End =
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'cancelled' }
  | Extract<ShareStanding, { kind: 'live' }>;

/** A share that is under way in this process. */
export class LiveShare {
  readonly share: Share;
  readonly #speed = new SpeedMeter();
  readonly #clock: Clock;
  readonly #changed: () => void;
  #end: End | null = null;

  /** @param changed called at every change, as often as chunks are sent */
  constructor(share: Share, clock: Clock, changed: () => void) {
    this.share = share;
    this.#clock = clock;
    this.#changed = changed;
    share.watch(({ state, sentBytes }) => {
      if (state.kind === 'paused') this.#speed.reset();
      else this.#speed.sample(sentBytes, clock.now());
      changed();
    });
  }

  /** Null while it runs, and where the process ended it. */
  get end(): End | null {
    return this.#end;
  }

  get standing(): ShareStanding {
    if (this.#end) return this.#end;
    const { state, sentBytes, totalBytes } = this.share.progress;
    // A pause that comes while the upload is being begun, or waits for its turn, holds already.
    const early = state.kind === 'preparing' || state.kind === 'queued';
    if (state.kind === 'paused' || (early && state.paused)) {
      const reason = state.kind === 'paused' && state.reason ? toldFailure(state.reason) : null;
      return { kind: 'paused', sentBytes, totalBytes, reason };
    }
    if (state.kind === 'uploading') this.#speed.sample(sentBytes, this.#clock.now());
    const { bytesPerSecond } = this.#speed;
    const secondsLeft = this.#speed.secondsLeft(totalBytes - sentBytes);
    const restarted = 'restarts' in state && state.restarts > 0;
    const waits = state.kind === 'queued';
    return { kind: 'uploading', sentBytes, totalBytes, bytesPerSecond, secondsLeft, restarted, waits };
  }

  /** Sends the bytes, then tries the link with one byte. Never rejects. */
  async run(probe: LinkProbe): Promise<void> {
    try {
      await this.share.upload();
      this.#live({ kind: 'untried' });
    } catch (error) {
      const failure = failureOf(error);
      if (failure.code === 'interrupted') return;
      this.#ends(failure.code === 'cancelled' ? { kind: 'cancelled' } : { kind: 'failed', failure });
      return;
    }
    const { url, bucket } = this.share.link;
    try {
      await probe.size(url, bucket);
      this.#live({ kind: 'works' });
    } catch (error) {
      this.#live({ kind: 'dead', failure: failureOf(error) });
    }
  }

  #live(probe: Extract<ShareStanding, { kind: 'live' }>['probe']): void {
    const { remark } = this.share;
    this.#ends({ kind: 'live', probe, ...(remark ? { remark: failureOf(remark) } : {}) });
  }

  #ends(end: End): void {
    this.#end = end;
    this.#changed();
  }
}
