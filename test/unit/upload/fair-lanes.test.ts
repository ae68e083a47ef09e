import { beforeEach, describe, expect, it } from 'vitest';
import { FairLanes, NEWCOMER_LANES } from '../../../src/main/upload/fair-lanes.ts';
import { FIRST_LIMIT, Pace } from '../../../src/main/upload/pace.ts';
import type { Lane } from '../../../src/main/upload/ports.ts';
import { quiet } from './script.ts';

const MIB = 1024 ** 2;
const never = new AbortController().signal;

let time: { now: number };
let pace: Pace;
let lanes: FairLanes;
let granted: string[];
let held: Map<string, Lane[]>;

beforeEach(() => {
  time = { now: 0 };
  pace = new Pace(() => time.now);
  lanes = new FairLanes(pace);
  granted = [];
  held = new Map();
});

/** Uploads are told apart by identity, as the engine does. */
const uploads = new Map<string, object>();
const uploadOf = (name: string) => {
  const upload = uploads.get(name) ?? {};
  uploads.set(name, upload);
  return upload;
};

async function ask(name: string, times = 1, signal = never): Promise<void> {
  for (let time = 0; time < times; time++) {
    void lanes.enter(uploadOf(name), signal).then((lane) => {
      granted.push(name);
      held.set(name, [...(held.get(name) ?? []), lane]);
    });
  }
  await quiet();
}

async function leave(name: string): Promise<void> {
  held.get(name)?.shift()?.leave();
  await quiet();
}

const count = (name: string) => granted.filter((one) => one === name).length;

describe('the lanes', () => {
  it('are as many as the pace allows where one upload takes them all', async () => {
    await ask('huge', 20);
    expect(count('huge')).toBe(FIRST_LIMIT);
    await leave('huge');
    expect(count('huge')).toBe(FIRST_LIMIT + 1);
  });

  it('have room for a newcomer though all are taken', async () => {
    await ask('huge', 20);
    await ask('small');
    expect(count('small')).toBe(1);
  });

  it('have room for a few newcomers only', async () => {
    await ask('huge', 20);
    for (let small = 0; small < NEWCOMER_LANES + 2; small++) await ask(`small ${small}`);
    expect(granted.length).toBe(FIRST_LIMIT + NEWCOMER_LANES);
    await leave('small 0');
    expect(granted.at(-1)).toBe(`small ${NEWCOMER_LANES}`);
  });

  it('have no second extra one for whoever has one already', async () => {
    await ask('huge', 20);
    await ask('small', 2);
    expect(count('small')).toBe(1);
  });

  it('go to the upload that holds the fewest, not to whoever asked first', async () => {
    await ask('huge', 20);
    await ask('small', 3);
    // The extra lane first falls away.
    await leave('huge');
    await leave('huge');
    expect([count('huge'), count('small')]).toEqual([FIRST_LIMIT, 2]);
  });

  it('go to whoever waited longest among those that hold as many', async () => {
    await ask('a', FIRST_LIMIT / 2);
    await ask('b', FIRST_LIMIT / 2);
    await ask('b', 1);
    await ask('a', 1);
    granted.length = 0;
    await leave('a');
    await leave('b');
    expect(granted).toEqual(['a', 'b']);
  });

  it('come to be shared evenly, lane by lane', async () => {
    await ask('one', 50);
    await ask('two', 50);
    for (let turn = 0; turn < 20; turn++) {
      await leave('one');
      await leave('two');
    }
    expect(Math.abs((held.get('one')?.length ?? 0) - (held.get('two')?.length ?? 0))).toBeLessThanOrEqual(1);
  });

  it('are more as soon as the pace allows more', async () => {
    await ask('huge', 20);
    for (let part = 0; part < FIRST_LIMIT; part++) {
      time.now += 1_000;
      lanes.sent(8 * MIB);
    }
    await quiet();
    expect(pace.limit).toBeGreaterThan(FIRST_LIMIT);
    expect(count('huge')).toBe(pace.limit);
  });

  it('are fewer once the server has too much, when enough have left', async () => {
    await ask('huge', 20);
    lanes.crowded();
    expect(pace.limit).toBe(FIRST_LIMIT / 2);
    for (let left = 0; left < FIRST_LIMIT / 2; left++) await leave('huge');
    expect(count('huge')).toBe(FIRST_LIMIT);
    await leave('huge');
    expect(count('huge')).toBe(FIRST_LIMIT + 1);
  });

  it('do not take idle time for slowness', async () => {
    // Once it was too much, the pace goes by single lanes.
    lanes.crowded();
    await ask('a', 1);
    const sendRound = () => {
      const parts = pace.limit;
      for (let part = 0; part < parts; part++) {
        time.now += 1_000;
        lanes.sent(8 * MIB);
      }
    };
    sendRound();
    const { limit } = pace;
    await leave('a');
    time.now += 3_600_000;
    await ask('b', 1);
    sendRound();
    expect(pace.limit).toBe(limit);
  });
});

describe('a lane', () => {
  it('that is left twice is free once', async () => {
    await ask('huge', 20);
    const [lane] = held.get('huge') ?? [];
    lane?.leave();
    lane?.leave();
    await quiet();
    expect(count('huge')).toBe(FIRST_LIMIT + 1);
  });

  it('that is waited for no longer is given to others, and the wait ends', async () => {
    await ask('huge', FIRST_LIMIT);
    const stop = new AbortController();
    const waiting = lanes.enter(uploadOf('huge'), stop.signal);
    stop.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');
    await ask('next', 2);
    granted.length = 0;
    await leave('huge');
    await leave('huge');
    expect(granted).toEqual(['next']);
  });

  it('is not even waited for by what was stopped before', async () => {
    await expect(lanes.enter({}, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
    await ask('a', 20);
    expect(count('a')).toBe(FIRST_LIMIT);
  });

  it('that was granted is not lost by a stop that comes later', async () => {
    const stop = new AbortController();
    await ask('a', 1, stop.signal);
    stop.abort();
    await ask('b', 20);
    expect(count('b')).toBe(FIRST_LIMIT - 1);
  });
});
