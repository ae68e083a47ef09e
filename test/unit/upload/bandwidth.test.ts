import { describe, expect, it } from 'vitest';
import { Bandwidth } from '../../../src/main/upload/bandwidth.ts';

const KIB = 1024;
const never = new AbortController().signal;

/** A line whose time passes only by waiting. */
function scene(limit: number | null) {
  const given = { limit, now: 5_000 };
  const waits: number[] = [];
  const sleep = (ms: number, signal: AbortSignal) => {
    signal.throwIfAborted();
    waits.push(ms);
    given.now += ms;
    return Promise.resolve();
  };
  const bandwidth = new Bandwidth(
    () => given.limit,
    () => given.now,
    { sleep },
  );
  const passMany = async (count: number, bytes: number) => {
    for (let done = 0; done < count; done++) await bandwidth.pass(bytes, never);
  };
  return { given, waits, bandwidth, passMany };
}

describe('a bandwidth limit', () => {
  it('of none lets everything pass without a wait', async () => {
    const { waits, passMany } = scene(null);
    await passMany(1_000, 256 * KIB);
    expect(waits).toEqual([]);
  });

  it.each([
    [1_024 * KIB, 256 * KIB, 400],
    [100 * KIB, 64 * KIB, 100],
    [10_000_000, 256 * KIB, 1_000],
    [1_000, 10, 500],
  ])('of %d bytes a second holds for chunks of %d bytes', async (limit, chunk, count) => {
    const { given, passMany } = scene(limit);
    const began = given.now;
    await passMany(count, chunk);
    const seconds = (given.now - began) / 1_000;
    // The last chunk is let through on credit, and what a silence has saved comes on top.
    const speed = ((count - 1) * chunk) / seconds;
    expect(speed / limit).toBeGreaterThan(0.95);
    expect(speed / limit).toBeLessThan(1.05);
  });

  it('holds for several uploads together', async () => {
    const { given, bandwidth } = scene(1_024 * KIB);
    const began = given.now;
    const upload = async () => {
      for (let chunk = 0; chunk < 40; chunk++) await bandwidth.pass(256 * KIB, never);
    };
    await Promise.all([upload(), upload(), upload(), upload()]);
    const speed = (159 * 256 * KIB) / ((given.now - began) / 1_000);
    expect(speed).toBeLessThan(1.1 * 1_024 * KIB);
  });

  it('saves up no more than half a second of silence', async () => {
    const { given, waits, passMany } = scene(1_024 * KIB);
    given.now += 3_600_000;
    await passMany(2, 256 * KIB);
    expect(waits).toEqual([]);
    await passMany(2, 256 * KIB);
    expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThanOrEqual(250);
  });

  it('that rises while something waits is heard within a second', async () => {
    const { given, waits, bandwidth } = scene(1);
    await bandwidth.pass(256 * KIB, never);
    const waiting = bandwidth.pass(256 * KIB, never);
    given.limit = 1024 ** 3;
    await waiting;
    expect(waits.at(-1)).toBeLessThanOrEqual(1_000);
    expect(waits.length).toBeLessThan(5);
  });

  it('that is taken away while something waits holds no longer, and leaves no debt', async () => {
    const { given, waits, bandwidth, passMany } = scene(1_000);
    await bandwidth.pass(256 * KIB, never);
    const waiting = bandwidth.pass(256 * KIB, never);
    given.limit = null;
    await waiting;
    await passMany(100, 256 * KIB);
    expect(waits.length).toBeLessThan(5);
    given.limit = 1_000;
    given.now += 10;
    waits.length = 0;
    await bandwidth.pass(10, never);
    expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(10);
  });

  it('that comes while nothing was limited holds from then on', async () => {
    const { given, waits, passMany } = scene(null);
    await passMany(100, 256 * KIB);
    given.limit = 1_024 * KIB;
    given.now += 1;
    await passMany(4, 256 * KIB);
    expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(500);
  });

  it('does not hold up what was stopped while it waits', async () => {
    const given = { now: 0 };
    const stop = new AbortController();
    const bandwidth = new Bandwidth(
      () => 1,
      () => given.now,
      {
        sleep: (_ms, signal) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => {
              reject(signal.reason as Error);
            });
          }),
      },
    );
    const waiting = bandwidth.pass(1, stop.signal);
    stop.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');
  });
});
