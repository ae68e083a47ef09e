import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ShareRecord } from '../../../src/main/history/share-record.ts';
import { EndChoice } from '../../../src/main/share/end-choice.ts';
import { EndOfLife, type EndShelf } from '../../../src/main/share/end-of-life.ts';
import { Links } from '../../../src/main/share/links.ts';
import { ServerClock } from '../../../src/main/signing/server-clock.ts';
import { InvitedBucket, NOON } from './invited-bucket.ts';

const HOUR = 3_600_000;
const WEEK = 7 * 24 * HOUR;
const END = NOON + HOUR;
const MARK = 'f'.repeat(32);
const ID = '00000000aa';

let bucket: InvitedBucket;
let clock: ServerClock;

beforeEach(async () => {
  bucket = await InvitedBucket.open();
  clock = new ServerClock({ now: () => bucket.time.now });
});
afterEach(() => bucket.close());

/** What was uploaded at noon and is in the bucket, its link for an hour. */
function shared(change: Partial<ShareRecord> = {}): ShareRecord {
  const record: ShareRecord = {
    ...{ id: ID, name: 'a.txt', size: 7, key: 'k/a.txt', status: 'live', uploadId: null },
    location: {
      ...{ bucket: 'films', region: 'us-east-1', pathStyle: true },
      endpoint: bucket.destination.endpoint.url,
    },
    ...{ origin: { kind: 'account', name: 'mine' }, signer: '0123456789abcdef' },
    ...{ signedAt: NOON, expiresInSeconds: 3_600, requestedExpiresAt: END, limitedBy: null },
    ...{ sharedAt: NOON, path: '/home/ada/a.txt', holder: null },
    ...{ journal: { partSize: 5, uploadMark: MARK } },
    ...change,
  };
  bucket.history.add(record);
  bucket.objects.set(record.key, 7);
  bucket.marks.set(record.key, MARK);
  return record;
}

const found = () => bucket.history.find(ID);
const choice = () => new EndChoice(bucket.history, clock);
/** @param meanwhile between the look at the history and the first request */
const sweep = async (meanwhile: () => void = () => undefined) => {
  const { history } = bucket;
  const shelf: EndShelf = {
    dueAtEnd: (now) => {
      const due = history.dueAtEnd(now);
      meanwhile();
      return due;
    },
    nextGoneAt: (after) => history.nextGoneAt(after),
    takeAway: (...asked) => history.takeAway(...asked),
    giveBack: (id) => {
      history.giveBack(id);
    },
    forgetEnd: (id, removal) => {
      history.forgetEnd(id, removal);
    },
  };
  const endings = await new EndOfLife({ shelf, clock, sourceOf: () => bucket.source }).sweep();
  return endings.map(({ did }) => did);
};
/** @param meanwhile while the new link is tried */
const extend = (seconds: number, meanwhile: () => void = () => undefined) =>
  new Links({
    ...{ shelf: bucket.history, clock, sourceOf: () => bucket.source },
    locator: { locate: () => Promise.reject(new Error('Nowhere.')), forget: () => Promise.resolve() },
    probe: {
      open: () => {
        meanwhile();
        return Promise.resolve({ size: 7, restoredUntil: null });
      },
    },
  }).extend(ID, { kind: 'seconds', seconds });

describe('what is chosen for the end of a share', () => {
  it('heeds the first link, though a shorter one was made before the choice', async () => {
    shared({ expiresInSeconds: WEEK / 1_000 });
    await extend(3_600);
    choice().choose(ID, true);
    expect(found().goneAt).toBe(NOON + WEEK);
  });

  it('heeds the first link, though it was chosen otherwise since', async () => {
    shared({ expiresInSeconds: WEEK / 1_000, goneAt: NOON + WEEK });
    await extend(3_600);
    choice().choose(ID, false);
    expect(found().goneAt).toBeUndefined();
    choice().choose(ID, true);
    expect(found().goneAt).toBe(NOON + WEEK);
  });

  it('can be chosen as long as one of its links lives, and no longer', async () => {
    shared({ goneAt: END });
    await extend(60);
    bucket.time.now = END - 1;
    choice().choose(ID, false);
    expect(found().goneAt).toBeUndefined();
    bucket.time.now = END;
    expect(() => {
      choice().choose(ID, true);
    }).toThrow('does not live any more');
  });

  it('is refused where the object goes at this very moment', () => {
    shared({ goneAt: END });
    const { history } = bucket;
    const late = {
      find: (id: string) => {
        const record = history.find(id);
        history.takeAway(id, END, END);
        return record;
      },
      setEnd: (id: string, goneAt: number | null) => history.setEnd(id, goneAt),
    };
    expect(() => {
      new EndChoice(late, clock).choose(ID, false);
    }).toThrow('does not live any more');
    expect(found()).toMatchObject({ status: 'gone', goneAt: END });
  });
});

describe('a link that is extended', () => {
  it('is not given out where its object went while it was tried', async () => {
    const record = shared({ goneAt: END });
    const late = extend(7_200, () => {
      bucket.history.takeAway(ID, END, END);
    });
    await expect(late).rejects.toMatchObject({ code: 'share-not-live' });
    expect(found()).toEqual({ ...record, status: 'gone' });
  });

  it('leaves the choice that was made while it was tried', async () => {
    shared({ goneAt: END });
    await extend(7_200, () => {
      choice().choose(ID, false);
    });
    expect(found().goneAt).toBeUndefined();
    bucket.time.now = NOON + WEEK;
    expect([await sweep(), bucket.objects.size]).toEqual([[], 1]);
  });
});

describe('an object whose link has ended', () => {
  beforeEach(() => {
    shared({ goneAt: END });
    bucket.time.now = END;
  });

  it('is deleted', async () => {
    expect([await sweep(), bucket.objects.size]).toEqual([['deleted'], 0]);
    expect(found()).toMatchObject({ status: 'gone', removal: 'deleted' });
  });

  it('is kept where another link to it was made since the history was looked at', async () => {
    const other = () => {
      shared({ id: 'other', journal: null, signedAt: END });
    };
    expect([await sweep(other), bucket.objects.size]).toEqual([['not-yet'], 1]);
    expect([found().status, bucket.asked]).toEqual(['live', ['HEAD k/a.txt']]);
    bucket.time.now = END + HOUR;
    expect([await sweep(), bucket.objects.size]).toEqual([['deleted'], 0]);
  });

  it('is kept for another link that only a clock which ran ahead took for ended', async () => {
    shared({ id: 'other', journal: null, expiresInSeconds: 7_200 });
    clock = new ServerClock({ now: () => bucket.time.now + WEEK });
    expect([await sweep(), bucket.objects.size]).toEqual([['not-yet'], 1]);
  });

  it('is nobody’s to delete where something else took its place, also after a process died over it', async () => {
    expect(bucket.history.takeAway(ID, END, END)).toBe(true);
    bucket.marks.set('k/a.txt', '0'.repeat(32));
    expect([await sweep(), bucket.objects.size]).toEqual([['not-ours'], 1]);
    expect(found()).toMatchObject({ status: 'live', removal: 'not-ours' });
    expect(await sweep()).toEqual([]);
  });
});
