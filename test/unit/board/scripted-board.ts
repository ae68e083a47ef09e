import { basename } from 'node:path';
import { expect, vi } from 'vitest';
import { RowNotes } from '../../../src/main/board/row-notes.ts';
import type { ExtensionOffer } from '../../../src/main/share/signer-watch.ts';
import { ShareBoard, type ShareBoardPorts } from '../../../src/main/board/share-board.ts';
import type { AwaitedListener } from '../../../src/main/board/awaited-uploads.ts';
import type { Destination } from '../../../src/main/share/destination.ts';
import type { ShareRecord } from '../../../src/main/history/share-record.ts';
import { ServerClock } from '../../../src/main/signing/server-clock.ts';
import type { SandglassError } from '../../../src/shared/errors.ts';
import type { ShareRow } from '../../../src/shared/board.ts';
import { HandTimer } from './hand-timer.ts';
import { recordOf } from './records.ts';
import { failure, linkTo, NOON, ScriptedShare, urlOf } from './scripted-share.ts';

/** The ids of the first two files that a scripted board starts. */
export const [ONE, TWO] = ['0000000000', '0000000001'];

/** This process. */
export const OWN = 'app-00000000000000aa';

export const LIFE = { kind: 'seconds', seconds: 3_600 } as const;
export const OPTIONS = { life: LIFE, keyTemplate: '{random}/{name}', prefix: 'inbox' };

export const DESTINATION: Destination = {
  ...{ bucket: 'films', endpoint: {} },
  source: {
    origin: { kind: 'account', name: 'mine' },
    resolve: () => Promise.reject(failure('no-credentials')),
    forget: () => undefined,
  },
};

/** The board over rooms that write down, in one list, whatever is asked of them. */
export class ScriptedBoard {
  readonly lines: string[] = [];
  readonly asked: unknown[] = [];
  readonly timer = new HandTimer();
  readonly time = { now: NOON };
  readonly shares = new Map<string, ScriptedShare>();
  readonly pushed: ShareRow[] = [];
  /** The same, together as they came. */
  readonly pushes: (readonly ShareRow[])[] = [];
  readonly ended: ShareRow[] = [];
  readonly arrived: ShareRow[] = [];
  /** Who is told of what others have uploaded. */
  awaited: AwaitedListener | null = null;
  /** The moments for which history was asked what lives. */
  readonly liveAsked: number[] = [];
  readonly board: ShareBoard;
  /** For which shares a new link is offered. */
  offers: ReadonlyMap<string, ExtensionOffer> = new Map();
  readonly notes = new RowNotes({
    signers: { offers: () => Promise.resolve(this.offers) },
    clock: { now: () => this.time.now },
  });
  /** Newest first. */
  records: ShareRecord[];
  /** What signing a file, by its name, is refused with. */
  refusals: Readonly<Record<string, SandglassError>> = {};
  linksRefuse: SandglassError | null = null;
  /** What taking a share up waits for. */
  takingUp: Promise<unknown> = Promise.resolve();
  /** Files, by their names, that are being sent already. */
  readonly running = new Map<string, ScriptedShare>();
  readonly alive = new Set<string>();
  leftovers: ShareRecord[] = [];
  changedElsewhere = false;
  /** What lies on the clipboard; null while another program holds it. */
  clipboard: string | null = '';
  probe: () => Promise<number | null> = () => Promise.resolve(1);

  constructor(...records: ShareRecord[]) {
    this.records = records;
    this.board = new ShareBoard(this.#ports());
    this.board.listen({
      rowsChanged: (rows) => {
        this.pushed.push(...rows);
        this.pushes.push(rows);
      },
      listed: () => this.lines.push('listed'),
      ended: (row) => this.ended.push(row),
      arrived: (rows) => this.arrived.push(...rows),
    });
  }

  share(id: string): ScriptedShare {
    const share = this.shares.get(id);
    if (share) return share;
    throw new Error(`No share ${id} was made.`);
  }

  keep(id: string, change: Partial<ShareRecord>): void {
    this.records = this.records.map((record) => (record.id === id ? { ...record, ...change } : record));
  }

  start(...paths: string[]) {
    return this.board.start(paths, DESTINATION, OPTIONS);
  }

  #make(id: string, name: string): ScriptedShare {
    const share = new ScriptedShare(linkTo(id, name), this.lines);
    this.shares.set(id, share);
    return share;
  }

  #find(id: string): ShareRecord {
    const record = this.records.find((each) => each.id === id);
    if (record) return record;
    throw failure('share-unknown');
  }

  #answer<T>(line: string, value: T): Promise<T> {
    this.lines.push(line);
    return this.linksRefuse ? Promise.reject(this.linksRefuse) : Promise.resolve(value);
  }

  #ports(): ShareBoardPorts {
    return {
      sharing: {
        share: (path, destination, options) => {
          const name = basename(path);
          this.lines.push(`sign ${name}`);
          this.asked.push({ path, destination, options });
          const refusal = this.refusals[name];
          if (refusal) return Promise.reject(refusal);
          const running = options.again ? undefined : this.running.get(name);
          if (running) return Promise.resolve(running.asShare);
          const id = `${this.shares.size}`.padStart(10, '0');
          this.records = [recordOf(id, { name }), ...this.records];
          return Promise.resolve(this.#make(id, name).asShare);
        },
        resume: async (record, source) => {
          this.lines.push(`take up ${record.id}`);
          this.asked.push(source.origin);
          await this.takingUp;
          if (this.linksRefuse) throw this.linksRefuse;
          this.keep(record.id, { status: 'uploading' });
          return this.#make(record.id, record.name).asShare;
        },
      },
      links: {
        copy: (id) => this.#answer(`link ${id}`, linkTo(id)),
        extend: (id, life) => {
          this.asked.push(life);
          return this.#answer(`extend ${id}`, { ...linkTo(id), url: `${urlOf(id)}-longer` });
        },
        revoke: (id) => {
          if (!this.linksRefuse) this.keep(id, { status: 'revoked' });
          return this.#answer(`revoke ${id}`, { record: this.#find(id), did: 'deleted' as const });
        },
        cancel: (id) => {
          if (!this.linksRefuse) this.keep(id, { status: 'cancelled' });
          return this.#answer(`end ${id}`, { record: this.#find(id), left: 'nothing' as const });
        },
        dropLeftover: async ({ id }) => {
          await this.#answer(`drop ${id}`, undefined);
        },
      },
      history: {
        find: (id) => this.#find(id),
        live: (now, limit) => {
          this.liveAsked.push(now);
          return this.records.slice(0, limit);
        },
        unfinished: () => this.records.filter(({ status }) => ['uploading', 'interrupted'].includes(status)),
        leftovers: () => this.leftovers,
        changedElsewhere: () => this.changedElsewhere,
        page: (search, offset, limit) => {
          const records = this.records.filter(({ name }) => name.includes(search));
          return { total: records.length, records: records.slice(offset, offset + limit) };
        },
      },
      awaited: {
        standing: () => undefined,
        listen: (listener) => {
          this.awaited = listener;
        },
      },
      probe: { size: () => this.probe() },
      notes: this.notes,
      clock: new ServerClock({ now: () => this.time.now }),
      localClock: { now: () => this.time.now },
      holding: { id: OWN, lives: (id) => id === OWN || this.alive.has(id) },
      clipboard: {
        readText: () =>
          this.clipboard === null ? Promise.reject(failure('internal')) : Promise.resolve(this.clipboard),
        writeText: (text) => {
          this.lines.push(`clipboard ${text.split('\n').join(' ')}`);
          this.clipboard = text;
          return Promise.resolve();
        },
      },
      sourceOf: (origin) => ({ ...DESTINATION.source, origin }),
      later: this.timer.later,
    };
  }
}

/** A board that sends these files, and has nothing left to push. */
export async function sending(...paths: string[]): Promise<ScriptedBoard> {
  const scripted = new ScriptedBoard();
  await scripted.start(...paths);
  for (const share of scripted.shares.values()) share.sends(0);
  scripted.timer.pass(1_000);
  scripted.lines.length = 0;
  scripted.pushed.length = 0;
  scripted.pushes.length = 0;
  return scripted;
}

/** Waits until so many uploads were told to have ended. */
export const ended = (scripted: ScriptedBoard, count = 1) =>
  vi.waitFor(() => {
    expect(scripted.ended).toHaveLength(count);
  });
