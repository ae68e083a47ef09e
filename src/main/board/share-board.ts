import type { Failure, LifeChoice, SharePage, ShareRow } from '../../shared/board.ts';
import type { Clock } from '../../shared/clock.ts';
import type { CredentialOrigin, CredentialSource } from '../credentials/credentials.ts';
import type { History } from '../history/history.ts';
import type { Destination } from '../share/destination.ts';
import type { LinkProbe, Links } from '../share/links.ts';
import type { Share } from '../share/share.ts';
import type { Sharing } from '../share/sharing.ts';
import type { ServerClock } from '../signing/server-clock.ts';
import { failureOf } from './failure.ts';
import { LiveShare } from './live-share.ts';
import { PushThrottle, type Later } from './push-throttle.ts';
import { shareRowOf } from './share-rows.ts';

/** Where links go when they are copied. */
export interface Clipboard {
  writeText(text: string): Promise<void>;
}

/** Hears what happens to shares. */
export interface BoardListener {
  rowsChanged(rows: readonly ShareRow[]): void;
  /** Rows were added. */
  listed(): void;
  /** An upload has ended well or badly. */
  ended(row: ShareRow): void;
}

export interface ShareBoardPorts {
  readonly sharing: Pick<Sharing, 'share' | 'retry'>;
  readonly links: Pick<Links, 'copy' | 'extend' | 'revoke' | 'cancel'>;
  readonly history: Pick<History, 'page' | 'find' | 'list'>;
  readonly probe: LinkProbe;
  readonly clock: ServerClock;
  /** For speed: the server's clock may jump when its offset is learned. */
  readonly localClock: Clock;
  readonly clipboard: Clipboard;
  readonly sourceOf: (origin: CredentialOrigin) => CredentialSource;
  readonly later: Later;
}

export interface StartOptions {
  readonly life: LifeChoice;
  readonly keyTemplate: string;
  readonly prefix?: string | undefined;
}

export type Started =
  | { readonly kind: 'started'; readonly row: ShareRow }
  | { readonly kind: 'refused'; readonly name: string; readonly failure: Failure };

/** All shares as the window and the tray see them: what history keeps, and over it what is under way. */
export class ShareBoard {
  readonly #ports: ShareBoardPorts;
  readonly #live = new Map<string, LiveShare>();
  readonly #running = new Set<Promise<void>>();
  readonly #listeners = new Set<BoardListener>();
  readonly #throttle: PushThrottle;

  constructor(ports: ShareBoardPorts) {
    this.#ports = ports;
    this.#throttle = new PushThrottle(ports.later, (id) => {
      this.#tellRow(id, (listener, row) => {
        listener.rowsChanged([row]);
      });
    });
  }

  listen(listener: BoardListener): void {
    this.#listeners.add(listener);
  }

  page(search: string, offset: number, limit: number): SharePage {
    const { total, records } = this.#ports.history.page(search, offset, limit);
    return { total, rows: records.map((record) => shareRowOf(record, this.#live.get(record.id)?.standing)) };
  }

  row(id: string): ShareRow {
    const record = this.#ports.history.find(id);
    return shareRowOf(record, this.#live.get(record.id)?.standing);
  }

  /** Shares whose bytes may still move. */
  underWay(): ShareRow[] {
    return [...this.#live].filter(([, live]) => live.underWay).map(([id]) => this.row(id));
  }

  /** Links that live, newest first, those that work once their upload is done among them. */
  live(): ShareRow[] {
    const now = this.#ports.clock.now();
    const rows = this.#ports.history
      .list(500)
      .map((record) => shareRowOf(record, this.#live.get(record.id)?.standing));
    const kinds: readonly string[] = ['uploading', 'paused', 'live'];
    return rows.filter(({ standing, expiresAt }) => expiresAt > now && kinds.includes(standing.kind));
  }

  /** Signs a link for each file, puts them on the clipboard, one a line, and begins to send. */
  async start(paths: readonly string[], destination: Destination, options: StartOptions): Promise<Started[]> {
    const results: Started[] = [];
    const shares: Share[] = [];
    for (const path of paths) {
      try {
        const share = await this.#ports.sharing.share(path, destination, options);
        shares.push(share);
        this.#keep(share);
        results.push({ kind: 'started', row: this.row(share.link.id) });
      } catch (error) {
        results.push({
          kind: 'refused',
          name: path.split(/[\\/]/).at(-1) ?? path,
          failure: failureOf(error),
        });
      }
    }
    try {
      const urls = shares.map(({ link }) => link.url);
      if (urls.length > 0) await this.#ports.clipboard.writeText(urls.join('\n'));
    } finally {
      // A clipboard that another program holds keeps no file from being sent.
      this.#tell((listener) => {
        listener.listed();
      });
      for (const share of shares) void this.#run(share);
    }
    return results;
  }

  async copy(id: string): Promise<void> {
    const { url } = await this.#ports.links.copy(id);
    await this.#ports.clipboard.writeText(url);
  }

  pause(id: string): void {
    this.#live.get(id)?.share.pause();
  }

  /** Goes on with what was paused; what an earlier process left is sent once more. */
  async resume(id: string): Promise<void> {
    const live = this.#live.get(id);
    if (live?.underWay) live.share.resume();
    else await this.retry(id);
  }

  async cancel(id: string): Promise<void> {
    const live = this.#live.get(id);
    if (live?.underWay) live.share.cancel();
    else {
      await this.#ports.links.cancel(id);
      this.#forget(id);
    }
  }

  /** Sends the file once more, under the link that was given out. */
  async retry(id: string): Promise<ShareRow> {
    const record = this.#ports.history.find(id);
    if (this.#live.get(record.id)?.underWay) return this.row(id);
    const share = await this.#ports.sharing.retry(record, this.#ports.sourceOf(record.origin));
    this.#keep(share);
    void this.#run(share);
    return this.row(id);
  }

  /** A new link, on the clipboard. */
  async extend(id: string, life: LifeChoice): Promise<ShareRow> {
    const { url } = await this.#ports.links.extend(id, life);
    await this.#ports.clipboard.writeText(url);
    // The new link was just tried; what was found of the old one says nothing of it.
    if (!this.#live.get(id)?.underWay) this.#live.delete(id);
    this.#throttle.changed(id);
    return this.row(id);
  }

  async revoke(id: string): Promise<void> {
    this.#live.get(id)?.share.cancel();
    await this.#ports.links.revoke(id);
    this.#forget(id);
  }

  pauseAll(): void {
    for (const { share } of this.#live.values()) share.pause();
  }

  /** The process is about to end: what arrived stays on the server, and the history says so. */
  async interruptAll(): Promise<void> {
    const underWay = [...this.#live.values()].filter((live) => live.underWay);
    for (const { share } of underWay) share.interrupt();
    await Promise.all(this.#running);
  }

  #keep(share: Share): void {
    const { id } = share.link;
    const changed = () => {
      this.#throttle.changed(id);
    };
    this.#live.set(id, new LiveShare(share, this.#ports.localClock, changed));
  }

  async #run(share: Share): Promise<void> {
    const live = this.#live.get(share.link.id);
    const running = live?.run(this.#ports.probe) ?? Promise.resolve();
    this.#running.add(running);
    await running;
    this.#running.delete(running);
    if (live?.interrupted) this.#live.delete(share.link.id);
    this.#tellRow(share.link.id, (listener, row) => {
      listener.ended(row);
    });
  }

  /** History alone speaks of it from now on. */
  #forget(id: string): void {
    this.#live.delete(id);
    this.#throttle.changed(id);
  }

  /** A history that cannot be read just now is no reason to stop an upload: the next push tells again. */
  #tellRow(id: string, say: (listener: BoardListener, row: ShareRow) => void): void {
    try {
      const row = this.row(id);
      this.#tell((listener) => {
        say(listener, row);
      });
    } catch {
      // Nothing was told; nothing is lost.
    }
  }

  #tell(say: (listener: BoardListener) => void): void {
    for (const listener of this.#listeners) say(listener);
  }
}
