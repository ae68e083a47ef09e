import { describe, expect, it } from 'vitest';
import { describeLimits, pageWords } from '../../../src/main/share/upload-terms.ts';
import { NOON } from './invited-bucket.ts';

const form = (minBytes: number, maxBytes: number, contentType: string | null = null) => ({
  terms: {
    ...({ way: 'form', linkLife: { kind: 'seconds', seconds: 60 } } as const),
    ...{ contentType, minBytes, maxBytes, uploadEndsAt: NOON },
  },
});

describe('the limits of a form', () => {
  it.each([
    [0, 5 * 1024 ** 3, 'Any type of file, up to 5 GiB each.'],
    [0, 100_000_000, 'Any type of file, up to 100 MB each.'],
    [1, 1_500_000, 'Any type of file, from 1 B up to 1500 kB each.'],
    [10_240, 1_572_864, 'Any type of file, from 10 KiB up to 1536 KiB each.'],
    [0, 1_234_567, 'Any type of file, up to 1234567 B each.'],
  ])('of %d to %d bytes are told in the units in which they were asked for', (least, most, sentence) => {
    expect(describeLimits(form(least, most))).toBe(sentence);
  });

  it('name the type', () => {
    expect(describeLimits(form(0, 1_000, 'image/*'))).toBe('Files of type image/*, up to 1 kB each.');
  });

  it('stand on its page with its end, in a time that everybody can read', () => {
    expect(pageWords({ ...form(0, 1_000), expiresAt: NOON })).toEqual({
      ends: 'This form works until 2026-07-01 12:00:00 UTC.',
      limits: 'Any type of file, up to 1 kB each.',
    });
  });
});
