import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { History } from '../../../src/main/history/history.ts';
import { SHARE_STATUSES, UNHEARD_UPLOAD, type ShareRecord } from '../../../src/main/history/share-record.ts';
import { NOON, RECORD } from './full-record.ts';

const OURS = 'app-00000000000000aa';
const THEIRS = 'command-00000000000000bb';
const ID = RECORD.id;

let folder: string;
let history: History;
let other: History;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandglass-taking-'));
  history = History.open(join(folder, 'history.db'));
  other = History.open(join(folder, 'history.db'));
});

afterEach(() => {
  history.close();
  other.close();
  rmSync(folder, { recursive: true, force: true });
});

/** One share a second, the first the oldest. */
function add(...changes: Partial<ShareRecord>[]): void {
  for (const [place, change] of changes.entries())
    history.add({ ...RECORD, id: `${place}`, sharedAt: NOON + place * 1000, ...change });
}

const again = (change: Partial<ShareRecord> = {}): ShareRecord => ({
  ...RECORD,
  ...{ status: 'uploading', holder: OURS, size: 99, uploadId: 'u9' },
  journal: { partSize: 5 * 1024 ** 2, uploadMark: 'e'.repeat(32) },
  ...change,
});
const idsOf = (records: readonly ShareRecord[]) => records.map(({ id }) => id);

describe('a share that is taken up', () => {
  it.each(SHARE_STATUSES)('is uploading again after it was %s, by its new holder', (status) => {
    add({ id: ID, status }, { id: 'other', status });
    expect(history.takeUp(again(), { status, holder: RECORD.holder })).toBe(true);
    expect(history.find(ID)).toEqual({ ...again(), sharedAt: NOON });
    expect(history.find('other')).toMatchObject({ status, holder: RECORD.holder, size: RECORD.size });
  });

  it('keeps everything that its link is derived from', () => {
    add({ id: ID, status: 'failed' });
    const before = history.find(ID);
    const strange = { name: 'x', key: 'x', signer: 'x', signedAt: 1, expiresInSeconds: 1, sharedAt: 1 };
    history.takeUp(again(strange), before);
    const { name, key, signer, signedAt, expiresInSeconds, sharedAt } = before;
    expect(history.find(ID)).toMatchObject({ name, key, signer, signedAt, expiresInSeconds, sharedAt });
  });

  it('is taken up by one alone of two who saw it as it was', () => {
    add({ id: ID, status: 'interrupted' });
    const [seenHere, seenThere] = [history.find(ID), other.find(ID)];
    expect(other.takeUp(again({ holder: THEIRS }), seenThere)).toBe(true);
    expect(history.takeUp(again(), seenHere)).toBe(false);
    expect(history.find(ID).holder).toBe(THEIRS);
  });

  it('is lost to whoever took it from the same dead process, though it still says uploading', () => {
    add({ id: ID, status: 'uploading' });
    const seen = history.find(ID);
    expect(other.takeUp(again({ holder: THEIRS }), seen)).toBe(true);
    expect(history.takeUp(again(), seen)).toBe(false);
  });

  it('is lost to whoever has ended it', () => {
    add({ id: ID, status: 'interrupted' });
    const seen = history.find(ID);
    other.setStatus(ID, 'cancelled');
    expect(history.takeUp(again(), seen)).toBe(false);
    expect(history.find(ID).status).toBe('cancelled');
  });

  it('may have had no holder at all', () => {
    add({ id: ID, status: 'failed', holder: null });
    expect(history.takeUp(again(), { status: 'failed', holder: THEIRS })).toBe(false);
    expect(history.takeUp(again(), { status: 'failed', holder: null })).toBe(true);
  });

  it('takes an upload id and an end again', () => {
    add({ id: ID, status: 'cancelled' });
    expect(history.setUploadId(ID, 'u2')).toBe(false);
    history.takeUp(again(), { status: 'cancelled', holder: RECORD.holder });
    expect(history.setUploadId(ID, UNHEARD_UPLOAD)).toBe(true);
    expect(other.find(ID).uploadId).toBe(UNHEARD_UPLOAD);
    expect(history.settle(ID, 'live')).toBe(true);
  });

  it('is not paused any more', () => {
    add({ id: ID, status: 'interrupted', pausedBytes: 7 });
    history.takeUp(again(), { status: 'interrupted', holder: RECORD.holder });
    expect(history.find(ID).pausedBytes).toBeUndefined();
  });

  it('of an id that nobody knows is none', () => {
    expect(history.takeUp(again(), { status: 'failed', holder: null })).toBe(false);
    expect(history.count()).toBe(0);
  });
});

describe('what is unfinished', () => {
  it('is what uploads or was interrupted, whatever ended it, the oldest first', () => {
    add(...SHARE_STATUSES.map((status) => ({ id: status, status })));
    expect(idsOf(history.unfinished())).toEqual(['uploading', 'interrupted']);
    add({ id: 'older', status: 'interrupted', sharedAt: NOON - 1 });
    expect(idsOf(history.unfinished())).toEqual(['older', 'uploading', 'interrupted']);
  });

  it('may be ended though it was interrupted', () => {
    add({ id: ID, status: 'interrupted' });
    expect(history.settle(ID, 'failed')).toBe(true);
    expect([history.settle(ID, 'live'), history.unfinished()]).toEqual([false, []]);
  });
});

describe('what a person has paused', () => {
  it('is known to whoever opens the history next, with the bytes that had arrived, and forgotten when it goes on', () => {
    add({ id: ID }, { id: 'other' });
    history.setPaused(ID, 0);
    expect([other.find(ID).pausedBytes, other.find('other').pausedBytes]).toEqual([0, undefined]);
    history.settle(ID, 'interrupted');
    expect(other.find(ID)).toMatchObject({ status: 'interrupted', pausedBytes: 0 });
    history.setPaused(ID, null);
    expect(other.find(ID).pausedBytes).toBeUndefined();
  });
});

describe('what is left over', () => {
  it('is what has ended, though the server may hold parts of it', () => {
    add(...SHARE_STATUSES.map((status) => ({ id: status, status, uploadId: 'u1' })));
    const ended = SHARE_STATUSES.filter((status) => status !== 'uploading' && status !== 'interrupted');
    expect(idsOf(history.leftovers())).toEqual(ended);
  });

  it('is also what may have been begun unheard, and nothing that holds none', () => {
    add(
      { id: 'unheard', status: 'failed', uploadId: UNHEARD_UPLOAD },
      { id: 'none', status: 'failed', uploadId: null },
    );
    expect(idsOf(history.leftovers())).toEqual(['unheard']);
    expect(history.setUploadId('unheard', null)).toBe(true);
    expect(history.leftovers()).toEqual([]);
  });
});

describe('links that live', () => {
  it('are those that work and those that will, the newest first, as many as asked', () => {
    add(...SHARE_STATUSES.map((status) => ({ id: status, status })));
    expect(idsOf(history.live(NOON, 10)).sort()).toEqual(['live', 'uploading']);
    add({ id: 'newest', status: 'live', sharedAt: NOON + 60_000 });
    expect(idsOf(history.live(NOON, 1))).toEqual(['newest']);
  });

  it('end with the very millisecond', () => {
    add({ id: ID, status: 'live', signedAt: NOON, expiresInSeconds: 60 });
    expect(idsOf(history.live(NOON + 59_999, 10))).toEqual([ID]);
    expect(history.live(NOON + 60_000, 10)).toEqual([]);
  });
});

describe('a change elsewhere', () => {
  it('is none at first, nor where this process has written', () => {
    add({ id: ID });
    expect(history.changedElsewhere()).toBe(false);
    history.setStatus(ID, 'live');
    expect(history.changedElsewhere()).toBe(false);
  });

  it('is seen once where another process has written', () => {
    add({ id: ID });
    history.changedElsewhere();
    other.setStatus(ID, 'live');
    expect([history.changedElsewhere(), history.changedElsewhere()]).toEqual([true, false]);
  });
});
