import { describe, expect, it } from 'vitest';
import { planExpiry } from '../../../src/shared/expiry.ts';

const NOON = Date.UTC(2026, 6, 1, 12);
const HOUR = 3_600_000;
const sevenDays = { kind: 'seconds', seconds: 604_800 } as const;

describe('a link to a restored copy', () => {
  it('ends with the copy, and says that it does', () => {
    expect(planExpiry(sevenDays, NOON, undefined, NOON + HOUR)).toMatchObject({
      expiresAt: NOON + HOUR,
      requestedExpiresAt: NOON + 168 * HOUR,
      limitedBy: 'restore',
    });
  });

  it('ends with the credentials where they end first', () => {
    expect(planExpiry(sevenDays, NOON, NOON + HOUR, NOON + 2 * HOUR).limitedBy).toBe('credentials');
    expect(planExpiry(sevenDays, NOON, NOON + 2 * HOUR, NOON + HOUR).limitedBy).toBe('restore');
  });

  it('ends when it was asked to where the copy stays longer', () => {
    const life = { kind: 'seconds', seconds: 60 } as const;
    expect(planExpiry(life, NOON, undefined, NOON + HOUR)).toMatchObject({
      limitedBy: null,
      expiresInSeconds: 60,
    });
    const month = { kind: 'until', at: NOON + 720 * HOUR } as const;
    expect(planExpiry(month, NOON, undefined, NOON + 999 * HOUR).limitedBy).toBe('maximum');
  });

  it('is refused where the copy is gone already', () => {
    expect(() => planExpiry(sevenDays, NOON, undefined, NOON)).toThrow(
      /copy of this archived object is gone/,
    );
  });
});
