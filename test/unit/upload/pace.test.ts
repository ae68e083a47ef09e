import { beforeEach, describe, expect, it } from 'vitest';
import { FIRST_LIMIT, MAX_LIMIT, MIN_LIMIT, Pace } from '../../../src/main/upload/pace.ts';

const MIB = 1024 ** 2;

let now: number;
let pace: Pace;

beforeEach(() => {
  now = 1_000_000;
  pace = new Pace(() => now);
});

/** One round: as many parts as may be under way at once, together at so many MiB a second. */
function round(mibPerSecond: number): void {
  const parts = pace.limit;
  for (let part = 0; part < parts; part++) {
    now += (8 / mibPerSecond) * 1000;
    pace.sent(8 * MIB);
  }
}

/** The limits after rounds of these speeds. */
const limitsAfter = (...speeds: readonly number[]) =>
  speeds.map((speed) => {
    round(speed);
    return pace.limit;
  });

/** A pace that has found out that the line gives ten, and tries one lane at a time from now on. */
function settledAtTen(): number {
  pace.crowded();
  round(10);
  now += 10_000;
  pace.begin();
  return pace.limit;
}

describe('the number of parts sent at once', () => {
  it('is the first limit until a round has passed, then twice as many', () => {
    for (let part = 1; part < FIRST_LIMIT; part++) {
      now += 1_000;
      pace.sent(8 * MIB);
    }
    expect(pace.limit).toBe(FIRST_LIMIT);
    now += 1_000;
    pace.sent(8 * MIB);
    expect(pace.limit).toBe(2 * FIRST_LIMIT);
  });

  it('never rises above sixteen, however much each round brings', () => {
    expect(limitsAfter(10, 20, 40, 80, 160)).toEqual([16, 16, 16, 16, 16]);
    expect(MAX_LIMIT).toBe(16);
  });

  it('rises by one as long as each round brings more, once it was too much', () => {
    const limit = settledAtTen();
    expect(limitsAfter(12, 14, 16)).toEqual([limit + 1, limit + 2, limit + 3]);
  });

  it('stays where another lane brings no more', () => {
    const limit = settledAtTen();
    expect(limitsAfter(10, 10, 10)).toEqual([limit, limit, limit]);
  });

  it('does not take a twentieth more for a gain, nor a seventh less for a loss', () => {
    const limit = settledAtTen();
    expect(limitsAfter(10.4, 8.6)).toEqual([limit, limit]);
  });

  it('is tried one higher after eight rounds that were all alike', () => {
    const limit = settledAtTen();
    const alike = limitsAfter(10, 10, 10, 10, 10, 10, 10, 10);
    expect([alike.at(-2), alike.at(-1)]).toEqual([limit, limit + 1]);
  });

  it('falls by one where a round brings noticeably less, and measures by that from then on', () => {
    const limit = settledAtTen();
    expect(limitsAfter(8, 8, 9)).toEqual([limit - 1, limit - 1, limit]);
  });

  it('is doubled no more once a round has brought less', () => {
    expect(limitsAfter(10, 5)).toEqual([16, 15]);
    for (let speed = 4; pace.limit > 6; speed *= 0.5) round(speed);
    expect(limitsAfter(100)).toEqual([7]);
  });

  it('never falls below one', () => {
    for (let speed = 400; speed > 0.5; speed *= 0.8) round(speed);
    expect([pace.limit, MIN_LIMIT]).toEqual([1, 1]);
    now += 10_000;
    pace.crowded();
    expect(pace.limit).toBe(1);
  });

  it('is not judged by a moment that is too short to tell', () => {
    for (let part = 0; part < 3 * FIRST_LIMIT; part++) pace.sent(8 * MIB);
    now += 249;
    pace.sent(8 * MIB);
    expect(pace.limit).toBe(FIRST_LIMIT);
    now += 1;
    pace.sent(8 * MIB);
    expect(pace.limit).toBeGreaterThan(FIRST_LIMIT);
  });
});

describe('a server that has too much', () => {
  it('halves the number of parts at once', () => {
    pace.crowded();
    expect(pace.limit).toBe(FIRST_LIMIT / 2);
  });

  it('is heard once a second: what was on its way tells nothing new', () => {
    for (let complaint = 0; complaint < 10; complaint++) pace.crowded();
    now += 999;
    pace.crowded();
    expect(pace.limit).toBe(FIRST_LIMIT / 2);
    now += 1;
    pace.crowded();
    expect(pace.limit).toBe(FIRST_LIMIT / 4);
  });

  it('is tried with one more, not with twice as many, once it takes what it gets', () => {
    pace.crowded();
    expect(limitsAfter(1)).toEqual([FIRST_LIMIT / 2 + 1]);
  });
});

describe('time in which nothing was sent', () => {
  it('does not count as slowness once the next upload begins', () => {
    const limit = settledAtTen();
    now += 3_600_000;
    pace.begin();
    expect(limitsAfter(10)).toEqual([limit]);
  });

  it('would count without that', () => {
    const limit = settledAtTen();
    now += 3_600_000;
    expect(limitsAfter(10)).toEqual([limit - 1]);
  });
});
