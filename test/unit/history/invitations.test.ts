import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { History } from '../../../src/main/history/history.ts';
import type { ShareRecord } from '../../../src/main/history/share-record.ts';
import { NOON, RECORD } from './full-record.ts';

const AWAITED: ShareRecord = {
  ...RECORD,
  ...{ status: 'awaited', size: null, uploadId: null },
  invitation: {
    ...{ way: 'put', contentType: 'image/png', neverOverwrite: true },
    ...{ linkLife: { kind: 'until', at: NOON }, uploadEndsAt: NOON + 1 },
  },
};

let folder = '';
let history: History;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandglass-history-'));
  history = History.open(join(folder, 'history.db'));
});

afterEach(() => {
  history.close();
  rmSync(folder, { recursive: true });
});

describe('what is kept of a link that is more than plain', () => {
  it('comes back as it was: what it chooses, what is stored with its object, and who was invited', () => {
    const overrides = { contentDisposition: 'inline; filename=x', cachedUntil: 5 };
    const description = { tags: { a: 'é' }, metadata: { b: 'c' }, cacheControl: 'no-store' };
    history.add({ ...AWAITED, overrides, description });
    expect(history.find(AWAITED.id)).toEqual({ ...AWAITED, overrides, description });
  });

  it.each([{ etag: '"a"', modifiedAt: NOON }, 'unseen'] as const)(
    'keeps what an upload is to replace: %j',
    (replaces) => {
      const record = {
        ...AWAITED,
        invitation: { ...AWAITED.invitation!, way: 'put', replaces },
      } as ShareRecord;
      history.add(record);
      expect(history.find(record.id)).toEqual(record);
    },
  );

  it('is absent where there was none', () => {
    history.add(RECORD);
    for (const name of ['overrides', 'invitation', 'description'])
      expect(history.find(RECORD.id)).not.toHaveProperty(name);
  });
});

describe('what is awaited', () => {
  it('is found as long as its invitation has not ended for long, oldest first', () => {
    const end = AWAITED.invitation!.uploadEndsAt;
    history.add({ ...AWAITED, id: 'second', sharedAt: 2 });
    history.add({ ...AWAITED, id: 'first', sharedAt: 1 });
    history.add({ ...AWAITED, id: 'live', status: 'live' });
    expect(history.awaited(end).map(({ id }) => id)).toEqual(['first', 'second']);
    expect(history.awaited(end + 1)).toEqual([]);
  });

  it('is written anew once, by whoever is first', () => {
    history.add(AWAITED);
    const live: ShareRecord = { ...AWAITED, status: 'live', size: 7, expiresInSeconds: 60 };
    expect(history.setAwaited(live)).toBe(true);
    expect(history.find(AWAITED.id)).toEqual(live);
    expect(history.setAwaited({ ...live, size: 8 })).toBe(false);
    expect(history.find(AWAITED.id).size).toBe(7);
  });
});
