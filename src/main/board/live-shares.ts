import type { ShareStanding } from '../../shared/board.ts';
import type { Clock } from '../../shared/clock.ts';
import type { TransferFailure } from '../../shared/transfer-state.ts';
import type { ShareRecord } from '../history/share-record.ts';
import type { LinkProbe } from '../share/links.ts';
import type { Share } from '../share/share.ts';
import { LiveShare, type End } from './live-share.ts';

export interface LiveSharesPorts {
  readonly probe: LinkProbe;
  /** For speed: the server's clock may jump when its offset is learned. */
  readonly clock: Clock;
  readonly changed: (id: string) => void;
  /** @param renewed the link that took the place of the first, where this computer's clock was wrong */
  readonly ended: (id: string, renewed: { readonly was: string; readonly url: string } | null) => void;
}

/** The shares that this process sends, and how those that it sent have ended: what history cannot tell. */
export class LiveShares {
  readonly #ports: LiveSharesPorts;
  readonly #live = new Map<string, LiveShare>();
  readonly #ends = new Map<string, End>();
  readonly #running = new Set<Promise<void>>();

  constructor(ports: LiveSharesPorts) {
    this.#ports = ports;
  }

  has(id: string): boolean {
    return this.#live.has(id);
  }

  find(id: string): Share | undefined {
    return this.#live.get(id)?.share;
  }

  ids(): string[] {
    return [...this.#live.keys()];
  }

  standings(): ShareStanding[] {
    return [...this.#live.values()].map(({ standing }) => standing);
  }

  /** What is known here of a share; undefined where history knows as much, or better. */
  standing({ id, status }: ShareRecord): ShareStanding | undefined {
    const live = this.#live.get(id);
    if (live) return live.standing;
    const end = this.#ends.get(id);
    if (end && (status === end.kind || status === 'uploading')) return end;
    // Another process has ended it meanwhile.
    this.#ends.delete(id);
    return undefined;
  }

  /** What was found of a link says nothing of the next one. */
  forget(id: string): void {
    this.#ends.delete(id);
  }

  /** The share is seen from now on; `run` sends it. */
  keep(share: Share): void {
    const { id } = share.link;
    this.#ends.delete(id);
    this.#live.set(
      id,
      new LiveShare(share, this.#ports.clock, () => {
        this.#ports.changed(id);
      }),
    );
  }

  /** Sends the bytes of a share that is kept, and tries its link. Never rejects. */
  async run(share: Share): Promise<void> {
    const { id, url: was } = share.link;
    const live = this.#live.get(id);
    if (!live) return;
    const running = live.run(this.#ports.probe);
    this.#running.add(running);
    await running;
    this.#running.delete(running);
    this.#live.delete(id);
    if (live.end) this.#ends.set(id, live.end);
    const { url } = share.link;
    this.#ports.ended(id, url === was ? null : { was, url });
  }

  pauseAll(): void {
    for (const { share } of this.#live.values()) share.pause();
  }

  resumeAll(): void {
    for (const { share } of this.#live.values()) share.resume();
  }

  stallAll(failure: TransferFailure): void {
    for (const { share } of this.#live.values()) share.stall(failure);
  }

  /** Resolves when nothing of any upload is under way any more. */
  async interruptAll(): Promise<void> {
    for (const { share } of this.#live.values()) {
      try {
        share.interrupt();
      } catch {
        // A history that cannot be written must not keep the others going; the next start sees whose process is gone.
      }
    }
    await Promise.all(this.#running);
  }
}
