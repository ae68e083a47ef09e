import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { History } from '../../../src/main/history/history.ts';
import { MIGRATIONS } from '../../../src/main/history/schema.ts';
import { lastEndOf, type ShareRecord } from '../../../src/main/history/share-record.ts';
import { NOON, RECORD } from './full-record.ts';

const HOUR = 3_600_000;
const END = NOON + HOUR;
/** A link of an hour whose object stays, and one whose object goes with it. */
const STAYS: ShareRecord = { ...RECORD, status: 'live' };
const GOES: ShareRecord = { ...STAYS, goneAt: END };
/** Another link to the same object, of a day. */
const OTHER: ShareRecord = { ...STAYS, id: 'other', journal: null, expiresInSeconds: 86_400 };
const linkOf = (record: ShareRecord, seconds: number) => ({ ...record, expiresInSeconds: seconds });

let folder = '';
let path = '';
let app: History;
let command: History;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandglass-ends-'));
  path = join(folder, 'history.db');
  app = History.open(path);
  command = History.open(path);
});

afterEach(() => {
  for (const history of [app, command]) history.close();
  rmSync(folder, { recursive: true });
});

const found = () => app.find(RECORD.id);
const due = (now: number) => app.dueAtEnd(now).map(({ id }) => id);

describe('the last end of a share', () => {
  it('is that of its longest link, whichever was made last', () => {
    app.add(STAYS);
    expect([lastEndOf(found()), found()]).toEqual([END, STAYS]);
    app.setLink(linkOf(STAYS, 60));
    expect([lastEndOf(found()), found().lastEnd]).toEqual([END, END]);
    app.setLink(linkOf(STAYS, 7_200));
    expect([lastEndOf(found()), found().lastEnd]).toEqual([NOON + 2 * HOUR, undefined]);
  });

  it('begins anew when what was awaited arrives', () => {
    app.add({ ...STAYS, status: 'awaited', expiresInSeconds: 86_400 });
    app.setAwaited({ ...linkOf(STAYS, 60), lastEnd: END });
    expect(lastEndOf(found())).toBe(NOON + 60_000);
  });

  it('is known of shares that an older Sandglass made, whose object was to go later than their newest link', () => {
    const old = join(folder, 'old.db');
    const db = new DatabaseSync(old);
    const before = MIGRATIONS.findIndex((step) => step.includes('last_end'));
    db.exec(`${MIGRATIONS.slice(0, before).join('\n')} PRAGMA user_version = ${before};`);
    const insert =
      db.prepare(`INSERT INTO shares (id, name, bucket, key, region, path_style, origin, signer, signed_at,
      expires_in_seconds, requested_expires_at, status, shared_at, gone_at)
      VALUES (?, 'n', 'b', 'k', 'r', 0, '{"kind":"environment"}', 's', ${NOON}, 3600, ${END}, 'live', ${NOON}, ?)`);
    insert.run('plain', null);
    insert.run('goes later', END + 5);
    db.close();
    const history = History.open(old);
    expect([lastEndOf(history.find('plain')), lastEndOf(history.find('goes later'))]).toEqual([END, END + 5]);
    history.close();
  });
});

describe('a new link', () => {
  it('never brings the end of the object nearer, and moves it where it lives longer', () => {
    app.add(GOES);
    app.setLink(linkOf(GOES, 60));
    expect(found().goneAt).toBe(END);
    app.setLink(linkOf(GOES, 7_200));
    expect(found().goneAt).toBe(NOON + 2 * HOUR);
  });

  it('leaves what another process has chosen meanwhile: what stays stays, and what goes goes', () => {
    app.add(GOES);
    const stale = found();
    command.setEnd(RECORD.id, null);
    expect(app.setLink(linkOf(stale, 7_200))).toBe(true);
    expect(found().goneAt).toBeUndefined();
    const staying = found();
    command.setEnd(RECORD.id, lastEndOf(staying));
    app.setLink(linkOf(staying, 10_800));
    expect(found().goneAt).toBe(NOON + 3 * HOUR);
  });

  it('is refused once the object is gone', () => {
    app.add(GOES);
    command.takeAway(RECORD.id, END, END);
    expect(app.setLink(linkOf(GOES, 7_200))).toBe(false);
    expect(found()).toEqual({ ...GOES, status: 'gone' });
  });
});

describe('the chosen end', () => {
  it('is not before the last link that another process has given out meanwhile', () => {
    app.add(STAYS);
    command.setLink(linkOf(STAYS, 7_200));
    expect(app.setEnd(RECORD.id, END)).toBe(true);
    expect(found()).toMatchObject({ goneAt: NOON + 2 * HOUR, expiresInSeconds: 7_200 });
  });

  it.each(['gone', 'revoked', 'uploading'] as const)('is refused for a share that is %s', (status) => {
    app.add({ ...GOES, status });
    expect(app.setEnd(RECORD.id, null)).toBe(false);
    expect(found().goneAt).toBe(END);
  });
});

describe('an object', () => {
  it('is due no more, and not taken away, while another link leads to it, also one that was made after a look', () => {
    app.add(GOES);
    expect(due(END)).toEqual([RECORD.id]);
    command.add(OTHER);
    expect([due(END), app.takeAway(RECORD.id, END, END)]).toEqual([[], false]);
    expect(found().status).toBe('live');
    const over = NOON + 24 * HOUR;
    expect([due(over), app.takeAway(RECORD.id, END, over)]).toEqual([[RECORD.id], true]);
  });

  it('is kept by another share’s first link, though its newest has ended', () => {
    app.add(GOES);
    app.add(OTHER);
    app.setLink(linkOf(OTHER, 60));
    expect([due(END), app.takeAway(RECORD.id, END, END)]).toEqual([[], false]);
  });

  it.each<readonly [string, Partial<ShareRecord>]>([
    ['another object', { key: 'another' }],
    ['an object that was revoked', { status: 'revoked' }],
    ['another bucket', { location: { ...RECORD.location, bucket: 'others' } }],
    ['another server', { location: { bucket: 'films', region: 'eu-west-1', pathStyle: true } }],
  ])('is not kept by a link to %s', (_what, change) => {
    app.add(GOES);
    app.add({ ...OTHER, ...change });
    expect([due(END), app.takeAway(RECORD.id, END, END)]).toEqual([[RECORD.id], true]);
  });

  it('that another process has deleted is not given back by one that could not', () => {
    app.add(GOES);
    expect([app.takeAway(RECORD.id, END, END), command.takeAway(RECORD.id, END, END)]).toEqual([true, true]);
    app.forgetEnd(RECORD.id, 'deleted');
    command.giveBack(RECORD.id);
    command.forgetEnd(RECORD.id, 'found-gone');
    expect(found()).toEqual({ ...STAYS, status: 'gone', removal: 'deleted' });
  });

  it('that could not be deleted is given back, and stays due', () => {
    app.add(GOES);
    app.takeAway(RECORD.id, END, END);
    app.giveBack(RECORD.id);
    expect([found(), due(END)]).toEqual([GOES, [RECORD.id]]);
  });

  it('is the next to go after any moment that is asked for', () => {
    app.add(GOES);
    app.add({ ...GOES, id: 'second', goneAt: END + 1 });
    app.add({ ...GOES, id: 'third', goneAt: END + 2, status: 'revoked' });
    const next = [-Infinity, END - 1, END, END + 1].map((after) => app.nextGoneAt(after));
    expect(next).toEqual([END, END, END + 1, null]);
  });
});
