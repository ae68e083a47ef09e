import { afterEach, describe, expect, it, vi } from 'vitest';
import { SandglassError } from '../../../src/shared/errors.ts';
import {
  checkedSeconds,
  describeTimeLeft,
  MAX_LIFE_SECONDS,
  parseLife,
  planExpiry,
  type RequestedLife,
} from '../../../src/shared/expiry.ts';

const NOON = Date.UTC(2026, 6, 1, 12);

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof SandglassError) return error.code;
    throw error;
  }
  return 'nothing was thrown';
}

const seconds = (count: number): RequestedLife => ({ kind: 'seconds', seconds: count });
const until = (at: number): RequestedLife => ({ kind: 'until', at });

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('a life in seconds', () => {
  it.each([1, 60, 604_799, 604_800])('may be %d', (count) => {
    expect(checkedSeconds(count)).toBe(count);
  });

  it.each([0, -1, NaN, 1.5, 604_801, Infinity, -Infinity, Number.MAX_SAFE_INTEGER])(
    'may not be %d, though the presigner would take some such',
    (count) => {
      expect(codeOf(() => checkedSeconds(count))).toBe('expiry-invalid');
      expect(codeOf(() => planExpiry(seconds(count), NOON))).toBe('expiry-invalid');
    },
  );

  it('that is too long is told the maximum, one that is too short the minimum', () => {
    expect(() => checkedSeconds(604_801)).toThrow('7 days (604800 seconds)');
    expect(() => checkedSeconds(0)).toThrow('1 at the least');
  });
});

describe('the end of a link', () => {
  it('is what was asked where nothing limits it', () => {
    expect(planExpiry(seconds(3600), NOON)).toEqual({
      signedAt: NOON,
      expiresInSeconds: 3600,
      expiresAt: NOON + 3_600_000,
      requestedExpiresAt: NOON + 3_600_000,
      limitedBy: null,
    });
  });

  it('counts from the whole second in which it is signed', () => {
    const plan = planExpiry(seconds(10), NOON + 999);
    expect([plan.signedAt, plan.expiresAt]).toEqual([NOON, NOON + 10_000]);
  });

  it('is never after the end of the credentials, and says what limited it', () => {
    const plan = planExpiry(seconds(3600), NOON, NOON + 1_800_999);
    expect(plan).toMatchObject({ expiresInSeconds: 1800, limitedBy: 'credentials' });
    expect(plan.requestedExpiresAt).toBe(NOON + 3_600_000);
  });

  it('is not limited by credentials that end just then, or later', () => {
    expect(planExpiry(seconds(3600), NOON, NOON + 3_600_000).limitedBy).toBeNull();
    expect(planExpiry(seconds(3600), NOON, NOON + 9_600_000).limitedBy).toBeNull();
  });

  it('is 7 days ahead at the most where a moment beyond that was asked', () => {
    const asked = NOON + MAX_LIFE_SECONDS * 1000 + 1000;
    expect(planExpiry(until(asked), NOON)).toMatchObject({
      expiresInSeconds: MAX_LIFE_SECONDS,
      requestedExpiresAt: asked,
      limitedBy: 'maximum',
    });
    expect(planExpiry(until(asked - 1000), NOON).limitedBy).toBeNull();
  });

  it('names the nearer of two limits', () => {
    const asked = until(NOON + 30 * 86_400_000);
    const week = NOON + MAX_LIFE_SECONDS * 1000;
    expect(planExpiry(asked, NOON, week + 1000).limitedBy).toBe('maximum');
    expect(planExpiry(asked, NOON, week).limitedBy).toBe('maximum');
    expect(planExpiry(asked, NOON, week - 1000)).toMatchObject({
      expiresInSeconds: MAX_LIFE_SECONDS - 1,
      limitedBy: 'credentials',
    });
  });

  it.each([-1, 0, 999])('cannot be planned with credentials that end %d ms from now', (left) => {
    expect(codeOf(() => planExpiry(seconds(60), NOON, NOON + left))).toBe('credentials-expired');
  });

  it('can be planned with credentials that have one second left', () => {
    expect(planExpiry(seconds(60), NOON, NOON + 1000).expiresInSeconds).toBe(1);
  });

  it.each([-1000, 0, 999, NaN])('cannot be a moment %d ms from now', (ahead) => {
    expect(codeOf(() => planExpiry(until(NOON + ahead), NOON))).toBe('expiry-invalid');
  });

  it('never lies beyond what was asked, the credentials or 7 days, whatever the fractions', () => {
    for (const fraction of [0, 1, 499, 500, 999]) {
      for (const left of [1000, 1001, 59_999, 60_000, 604_800_000, 604_801_000]) {
        const now = NOON + fraction;
        const plan = planExpiry(until(now + 60_000), now, now + left);
        expect(plan.expiresAt).toBeLessThanOrEqual(Math.min(now + 60_000, now + left));
        expect(plan.expiresAt).toBe(plan.signedAt + plan.expiresInSeconds * 1000);
        expect(plan.signedAt % 1000).toBe(0);
      }
    }
  });
});

describe('the text of a life', () => {
  it.each([
    ['90s', 90],
    ['15m', 900],
    ['12h', 43_200],
    ['7d', 604_800],
    ['604800s', 604_800],
    ['  1h\n', 3600],
    ['007s', 7],
  ])('reads %j as a duration', (text, count) => {
    expect(parseLife(text)).toEqual(seconds(count));
  });

  it.each([
    ['2026-12-24T18:00Z', Date.UTC(2026, 11, 24, 18)],
    ['2026-12-24 18:00:05Z', Date.UTC(2026, 11, 24, 18, 0, 5)],
    ['2026-12-24T18:00+02:00', Date.UTC(2026, 11, 24, 16)],
    ['2026-12-24T00:30-05:30', Date.UTC(2026, 11, 24, 6)],
    ['2028-02-29T00:00Z', Date.UTC(2028, 1, 29)],
  ])('reads %j as a moment', (text, at) => {
    expect(parseLife(text)).toEqual(until(at));
  });

  it('takes a moment without a zone for the clock on the wall, summer and winter', () => {
    vi.stubEnv('TZ', 'Europe/Berlin');
    expect(parseLife('2026-07-01T12:00')).toEqual(until(Date.UTC(2026, 6, 1, 10)));
    expect(parseLife('2026-12-01 12:00')).toEqual(until(Date.UTC(2026, 11, 1, 11)));
  });

  it.each([
    ...[
      '1.5h',
      '2026-13-01T10:00',
      '2026-00-10 10:00',
      '2026-12-32 10:00',
      '-1h',
      '+1h',
      '1 h',
      '1H',
      '1w',
      'h',
      '',
      '   ',
      '3600',
      '1h30m',
      '1e3s',
      '٣h',
      '1h '.repeat(2),
    ],
    ...['tomorrow', '2026-12-24', '18:00', '24.12.2026 18:00', '2026-12-24T18', '2026-12-24T18:00:00.5Z'],
    ...['2026-12-24T25:00Z', '2026-12-24T18:60Z', '2026-12-24T18:00+25:00', '2026-12-24T18:00Z extra'],
  ])('refuses %j', (text) => {
    expect(codeOf(() => parseLife(text))).toBe('expiry-invalid');
  });

  it.each(['2026-02-31T12:00', '2026-04-31 12:00Z', '2027-02-29T12:00+01:00', '1900-02-29T12:00'])(
    'refuses %j, a day that no calendar has',
    (text) => {
      expect(codeOf(() => parseLife(text))).toBe('expiry-invalid');
    },
  );

  it.each(['0s', '8d', '604801s', '99999999999d', `${'9'.repeat(400)}d`])(
    'refuses %s, a duration out of bounds',
    (text) => {
      expect(codeOf(() => parseLife(text))).toBe('expiry-invalid');
    },
  );
});

describe('the time left', () => {
  it.each([
    [-5, '0 s'],
    [0, '0 s'],
    [999, '0 s'],
    [1000, '1 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [61_000, '1 min 1 s'],
    [8_040_000, '2 h 14 min'],
    [3_605_000, '1 h'],
    [86_430_000, '1 d'],
    [604_799_999, '6 d 23 h'],
    [604_800_000, '7 d'],
  ])('of %d ms is told as %j', (ms, text) => {
    expect(describeTimeLeft(ms)).toBe(text);
  });
});
