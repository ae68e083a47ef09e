import type { LifeChoice, SharePage, ShareRow, ShareStanding } from '../../shared/board.ts';
import type { Clock } from '../../shared/clock.ts';
import type { TransferFailure } from '../../shared/transfer-state.ts';
import type { CredentialOrigin, CredentialSource } from '../credentials/credentials.ts';
import type { History } from '../history/history.ts';
import type { ShareRecord } from '../history/share-record.ts';
import type { Destination } from '../share/destination.ts';
import type { LinkProbe, Links } from '../share/links.ts';
import type { Share } from '../share/share.ts';
import type { Holding, Sharing } from '../share/sharing.ts';
import type { Deletion } from '../signing/bucket-object.ts';
import type { ServerClock } from '../signing/server-clock.ts';
import type { AwaitedUploads } from './awaited-uploads.ts';
import { failureOf } from './failure.ts';
import { leftBehind } from './left-behind.ts';
import { LiveShares } from './live-shares.ts';
import type { Later } from './push-throttle.ts';
import type { RowNotes } from './row-notes.ts';
import { ShareNews, type BoardListener } from './share-news.ts';
import { shareRowOf } from './share-rows.ts';
import type { Started, StartOptions } from './starting.ts';

/** Where links go when they are copied. */
export interface Clipboard {
  readText(): Promise<string>;
  writeText(text: string): Promise<void>;
}

export interface ShareBoardPorts {
  readonly sharing: Pick<Sharing, 'share' | 'resume'>;
  readonly links: Pick<Links, 'copy' | 'extend' | 'revoke' | 'cancel' | 'dropLeftover'>;
  readonly history: Pick<History, 'page' | 'find' | 'live' | 'unfinished' | 'leftovers' | 'changedElsewhere'>;
  readonly holding: Holding;
  readonly awaited: Pick<AwaitedUploads, 'standing' | 'listen'>;
  readonly notes: Pick<RowNotes, 'of' | 'seen' | 'beat' | 'renewed' | 'listen'>;
  readonly probe: LinkProbe;
  readonly clock: ServerClock;
  /** For speed: the server's clock may jump when its offset is learned. */
  readonly localClock: Clock;
  readonly clipboard: Clipboard;
  readonly sourceOf: (origin: CredentialOrigin) => CredentialSource;
  readonly later: Later;
}

/** How many live links the tray shows. */
const RECENT = 10;

/** All shares as the window and the tray see them: what history keeps, and over it what is under way. */
export class ShareBoard {
  readonly #ports: ShareBoardPorts;
  readonly #live: LiveShares;
  readonly #resuming = new Map<string, Promise<ShareRow>>();
  readonly #news: ShareNews;

  constructor(ports: ShareBoardPorts) {
    this.#ports = ports;
    this.#news = new ShareNews(ports.later, (id) => this.row(id));
    ports.awaited.listen(this.#news);
    ports.notes.listen(this.#news);
    this.#live = new LiveShares({
      ...{ probe: ports.probe, clock: ports.localClock },
      changed: (id) => {
        this.#news.changed(id);
      },
      ended: (id, renewed) => {
        void this.#ended(id, renewed);
      },
    });
  }

  listen(listener: BoardListener): void {
    this.#news.listen(listener);
  }

  page(search: string, offset: number, limit: number): SharePage {
    const { total, records } = this.#ports.history.page(search, offset, limit);
    this.#ports.notes.seen(records);
    return { total, rows: records.map((record) => this.#rowOf(record)) };
  }

  row(id: string): ShareRow {
    return this.#rowOf(this.#ports.history.find(id));
  }

  /** How the shares stand whose bytes may still move. */
  underWay(): ShareStanding[] {
    return this.#live.standings();
  }

  /** The newest links that live, those that work once their upload is done among them. */
  live(): ShareRow[] {
    const kinds: readonly string[] = ['uploading', 'paused', 'live'];
    return this.#ports.history
      .live(this.#ports.clock.now(), RECENT)
      .map((record) => this.#rowOf(record))
      .filter(({ standing }) => kinds.includes(standing.kind));
  }

  /** Signs a link for each file, puts them on the clipboard, one a line, and begins to send. */
  async start(paths: readonly string[], destination: Destination, options: StartOptions): Promise<Started[]> {
    const results: Started[] = [];
    const shares = new Set<Share>();
    const begun = new Set<Share>();
    for (const path of paths) {
      try {
        const share = await this.#ports.sharing.share(path, destination, options);
        const kind = this.#live.has(share.link.id) ? 'running' : 'started';
        if (kind === 'started') {
          this.#live.keep(share);
          begun.add(share);
        }
        shares.add(share);
        results.push({ kind, row: this.row(share.link.id) });
      } catch (error) {
        const name = path.split(/[\\/]/).at(-1) ?? path;
        results.push({ kind: 'refused', name, failure: failureOf(error) });
      }
    }
    try {
      const urls = [...shares].map(({ link }) => link.url);
      if (urls.length > 0) await this.#ports.clipboard.writeText(urls.join('\n'));
    } finally {
      // A clipboard that another program holds keeps no file from being sent.
      this.#news.listed();
      for (const share of begun) void this.#live.run(share);
    }
    return results;
  }

  async copy(id: string): Promise<void> {
    const { url } = await this.#ports.links.copy(id);
    await this.#ports.clipboard.writeText(url);
  }

  pause(id: string): void {
    this.#live.find(id)?.pause();
  }

  /** Goes on with what was paused, was interrupted or has failed, under the link that was given out. */
  async resume(id: string): Promise<ShareRow> {
    const live = this.#live.find(id);
    if (live) {
      live.resume();
      return this.row(id);
    }
    const resuming = this.#resuming.get(id) ?? this.#takeUp(this.#ports.history.find(id));
    this.#resuming.set(id, resuming);
    return resuming.finally(() => this.#resuming.delete(id));
  }

  async cancel(id: string): Promise<void> {
    const live = this.#live.find(id);
    if (live) live.cancel();
    else {
      await this.#ports.links.cancel(id);
      this.#forget(id);
    }
  }

  /** A new link, on the clipboard. */
  async extend(id: string, life: LifeChoice): Promise<ShareRow> {
    const { url } = await this.#ports.links.extend(id, life);
    await this.#ports.clipboard.writeText(url);
    // The new link was just tried; what was found of the old one says nothing of it.
    this.#ports.notes.renewed(id);
    this.#forget(id);
    return this.row(id);
  }

  async revoke(id: string): Promise<Deletion> {
    this.#live.find(id)?.cancel();
    const { did } = await this.#ports.links.revoke(id);
    this.#forget(id);
    return did;
  }

  pauseAll(): void {
    this.#live.pauseAll();
  }

  /** Also what had been paused before the last start. */
  resumeAll(): void {
    const { history, holding, clock } = this.#ports;
    this.#live.resumeAll();
    for (const { id, fate } of leftBehind(history.unfinished(), holding, clock.now())) {
      if (fate === 'paused') void this.resume(id).catch(() => undefined);
    }
  }

  /** The line is gone: every upload waits until it is there again. */
  stallAll(failure: TransferFailure): void {
    this.#live.stallAll(failure);
  }

  /** Goes on with what an earlier process of the app has left, but for what a person had paused; drops what it could not. */
  async takeUpAll(): Promise<void> {
    const { history, holding, links, clock } = this.#ports;
    for (const record of history.leftovers()) await links.dropLeftover(record).catch(() => undefined);
    for (const { id, fate } of leftBehind(history.unfinished(), holding, clock.now())) {
      if (fate !== 'paused')
        await (fate === 'over' ? this.cancel(id) : this.resume(id)).catch(() => undefined);
    }
  }

  /** To be called about once a second: speeds fade where nothing moves, and other processes may have written. */
  tick(): void {
    for (const id of this.#live.ids()) this.#news.changed(id);
    this.#ports.notes.beat();
    if (this.#ports.history.changedElsewhere()) this.#news.listed();
  }

  /** The process is about to end: what arrived stays on the server, and the history says so. */
  interruptAll(): Promise<void> {
    return this.#live.interruptAll();
  }

  async #takeUp(record: ShareRecord): Promise<ShareRow> {
    const { sharing, sourceOf } = this.#ports;
    const share = await sharing.resume(record, sourceOf(record.origin));
    this.#live.keep(share);
    void this.#live.run(share);
    return this.row(record.id);
  }

  /** A link that a wrong clock has signed may lie on the clipboard still: the one that works takes its place. */
  async #ended(id: string, renewed: { readonly was: string; readonly url: string } | null): Promise<void> {
    const { clipboard } = this.#ports;
    try {
      if (renewed && (await clipboard.readText()) === renewed.was) await clipboard.writeText(renewed.url);
    } catch {
      // Another program holds the clipboard; the row can be copied.
    }
    this.#news.ended(id);
  }

  /** History alone speaks of it from now on. */
  #forget(id: string): void {
    this.#live.forget(id);
    this.#news.changed(id);
  }

  #rowOf(record: ShareRecord): ShareRow {
    const { awaited, notes } = this.#ports;
    const live = this.#live.standing(record) ?? awaited.standing(record);
    return shareRowOf(record, live, notes.of(record));
  }
}
