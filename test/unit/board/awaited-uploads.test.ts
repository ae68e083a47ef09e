import { beforeEach, describe, expect, it, vi } from 'vitest';
import { AwaitedUploads } from '../../../src/main/board/awaited-uploads.ts';
import type { ShareRecord } from '../../../src/main/history/share-record.ts';
import type { Link } from '../../../src/main/share/link.ts';
import { awaitedRecord } from './records.ts';
import { failure, HOUR, linkTo, NOON } from './scripted-share.ts';

const ID = 'a000000000';
const OTHER = 'b000000000';
const SECOND = 1_000;

const time = { now: NOON };
let records: ShareRecord[] = [];
let isBusy = false;
let since: number[] = [];
const of = vi.fn<(id: string) => Promise<Link[]>>();
let arrived: string[] = [];
let changed: string[] = [];
let awaited: AwaitedUploads;

beforeEach(() => {
  time.now = NOON;
  records = [awaitedRecord(ID)];
  [since, arrived, changed] = [[], [], []];
  of.mockReset().mockResolvedValue([]);
  const clock = { now: () => time.now };
  awaited = new AwaitedUploads({
    ...{ arrivals: { of }, clock, localClock: clock },
    history: {
      find: (id) => {
        const found = records.find((record) => record.id === id);
        if (found) return found;
        throw failure('share-unknown');
      },
      awaited: (from) => {
        since.push(from);
        if (isBusy) throw failure('history-busy');
        return records.filter(({ status }) => status === 'awaited');
      },
    },
  });
  awaited.listen({ arrived: (ids) => arrived.push(...ids), changed: (id) => changed.push(id) });
});

/** Beats once a second for so long. */
async function pass(ms: number, isWatched = true): Promise<void> {
  const end = time.now + ms;
  while (time.now < end) {
    time.now += SECOND;
    await awaited.beat(isWatched);
  }
}

const find = (...ids: readonly string[]) => {
  records = records.map((record) => (ids.includes(record.id) ? { ...record, status: 'live' } : record));
  return ids.map((id) => linkTo(id));
};

describe('what somebody else is to upload', () => {
  it('is looked for by itself, also where its link ended a day ago', async () => {
    await awaited.beat(true);
    expect(of.mock.calls).toEqual([[ID]]);
    expect(since).toEqual([NOON - 24 * HOUR]);
  });

  it('is told once it is there, and is looked for no more', async () => {
    of.mockImplementationOnce(() => Promise.resolve(find(ID)));
    await pass(60 * SECOND);
    expect(arrived).toEqual([ID]);
    expect(of).toHaveBeenCalledOnce();
  });

  it('is looked for every few seconds at first, and ever more seldom the longer it is awaited', async () => {
    await pass(60 * SECOND);
    const early = of.mock.calls.length;
    time.now += 6 * HOUR;
    of.mockClear();
    await pass(600 * SECOND);
    expect([early > 8, early <= 12, of.mock.calls.length <= 10]).toEqual([true, true, true]);
  });

  it('is looked for more seldom while nobody may be watching', async () => {
    await pass(300 * SECOND, false);
    expect(of.mock.calls.length).toBeLessThanOrEqual(10);
  });

  it('is looked for ever more seldom where looking fails, though never given up', async () => {
    of.mockRejectedValue(failure('unreachable'));
    await pass(HOUR);
    const firstHour = of.mock.calls.length;
    await pass(HOUR);
    expect(firstHour).toBeLessThan(12);
    expect(of.mock.calls.length).toBeGreaterThan(firstHour);
  });

  it('is looked for once, however many ask at the same time', async () => {
    const answer = Promise.withResolvers<Link[]>();
    of.mockReturnValue(answer.promise);
    const [beat, first, second] = [awaited.beat(true), awaited.look(ID), awaited.look(ID)];
    answer.resolve(find(ID));
    expect(await Promise.all([first, second])).toEqual([1, 1]);
    await beat;
    expect([of.mock.calls.length, arrived]).toEqual([1, [ID]]);
  });

  it('does not keep the others from their turn where it cannot be seen', async () => {
    records = [awaitedRecord(ID), awaitedRecord(OTHER)];
    of.mockImplementation((id) =>
      id === ID ? Promise.reject(failure('access-denied')) : Promise.resolve(find(OTHER)),
    );
    await awaited.beat(true);
    expect(arrived).toEqual([OTHER]);
  });

  it('is looked for at once by a person who comes back, but not twice in a moment', async () => {
    records = [awaitedRecord(ID), awaitedRecord(OTHER)];
    of.mockImplementation((id) => Promise.resolve(id === ID ? find(ID) : []));
    expect(await awaited.lookAtAll()).toBe(1);
    expect(await awaited.lookAtAll()).toBe(0);
    expect(of.mock.calls).toEqual([[ID], [OTHER]]);
  });

  it('survives a history that cannot be read just now', async () => {
    isBusy = true;
    await awaited.beat(true);
    expect(of).not.toHaveBeenCalled();
    isBusy = false;
    await pass(5 * SECOND);
    expect(of).toHaveBeenCalledOnce();
  });
});

describe('the row of what is awaited', () => {
  const standing = () => awaited.standing(records[0]!);

  it('says by which way, until when, and that nothing stands in the way', () => {
    expect(standing()).toEqual({ kind: 'awaited', way: 'put', uploadEndsAt: NOON + HOUR, trouble: null });
  });

  it('says why it cannot be seen, tells that once, and takes it back', async () => {
    of.mockRejectedValue(failure('access-denied'));
    await expect(awaited.look(ID)).rejects.toMatchObject({ code: 'access-denied' });
    await expect(awaited.look(ID)).rejects.toMatchObject({ code: 'access-denied' });
    expect(standing()).toMatchObject({ trouble: { code: 'access-denied' } });
    expect(changed).toEqual([ID]);
    of.mockResolvedValue([]);
    await awaited.look(ID);
    expect([standing(), changed]).toMatchObject([{ trouble: null }, [ID, ID]]);
  });

  it('is told anew where another process has found it first', async () => {
    of.mockImplementation(() => {
      find(ID);
      return Promise.reject(failure('share-not-live'));
    });
    await expect(awaited.look(ID)).rejects.toMatchObject({ code: 'share-not-live' });
    expect(changed).toEqual([ID]);
    expect(standing()).toBeUndefined();
  });

  it.each(['live', 'cancelled', 'uploading'] as const)('is none of its business once it is %s', (status) => {
    expect(awaited.standing({ ...awaitedRecord(ID), status })).toBeUndefined();
  });
});
