import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  describeBytes,
  describeEnd,
  isoDate,
  linkJson,
  localTime,
} from '../../../src/main/command/link-output.ts';
import type { Link } from '../../../src/main/share/link.ts';

const NOON = Date.UTC(2026, 6, 1, 12);
const LINK: Link = {
  id: 'a1b2c3',
  url: 'https://films.s3.amazonaws.com/k?X-Amz-Signature=5161',
  name: 'film.mp4',
  bucket: 'films',
  key: 'k/film.mp4',
  size: 1000,
  signedAt: NOON,
  expiresAt: NOON + 3_600_000,
  requestedExpiresAt: NOON + 3_600_000,
  limitedBy: null,
  endUncertain: false,
};

beforeEach(() => {
  vi.stubEnv('TZ', 'Europe/Berlin');
});

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('a link as JSON', () => {
  it('has what scripts were promised, its moments in UTC', () => {
    expect(linkJson(LINK)).toEqual({
      id: 'a1b2c3',
      url: LINK.url,
      bucket: 'films',
      key: 'k/film.mp4',
      size: 1000,
      signedAt: '2026-07-01T12:00:00Z',
      expiresAt: '2026-07-01T13:00:00Z',
      requestedExpiresAt: '2026-07-01T13:00:00Z',
      limitedBy: null,
    });
  });

  it('says null where the size is unknown, and what limited it', () => {
    expect(linkJson({ ...LINK, size: null, limitedBy: 'credentials' })).toMatchObject({
      size: null,
      limitedBy: 'credentials',
    });
  });
});

describe('the end of a link in words', () => {
  it('tells the time left and the clock on the wall', () => {
    expect(describeEnd(LINK, NOON)).toBe('ends in 1 h (2026-07-01 15:00:00)');
    expect(describeEnd(LINK, NOON + 3_599_000)).toBe('ends in 1 s (2026-07-01 15:00:00)');
  });

  it('tells what was asked and what limited it', () => {
    const asked = { requestedExpiresAt: NOON + 7_200_000 };
    expect(describeEnd({ ...LINK, ...asked, limitedBy: 'credentials' }, NOON)).toBe(
      'ends in 1 h (2026-07-01 15:00:00), with the credentials that signed it; you asked for 2026-07-01 16:00:00',
    );
    expect(describeEnd({ ...LINK, ...asked, limitedBy: 'maximum' }, NOON)).toContain(
      'since no link lives longer than 7 days; you asked for 2026-07-01 16:00:00',
    );
  });

  it('tells that a token may end it sooner', () => {
    expect(describeEnd({ ...LINK, endUncertain: true }, NOON)).toContain('or with its session token');
  });

  it('tells what is certain before what is not', () => {
    const text = describeEnd({ ...LINK, limitedBy: 'maximum', endUncertain: true }, NOON);
    expect(text).toContain('7 days');
  });

  it('never tells the URL', () => {
    expect(describeEnd({ ...LINK, endUncertain: true }, NOON)).not.toMatch(/https|5161/);
  });
});

describe('moments and sizes', () => {
  it('are told to the second', () => {
    expect(isoDate(NOON + 5000)).toBe('2026-07-01T12:00:05Z');
    expect(localTime(Date.UTC(2026, 0, 2, 3, 4, 5))).toBe('2026-01-02 04:04:05');
  });

  it.each([
    [0, '0 B'],
    [1, '1 B'],
    [1023, '1023 B'],
    [1024, '1 KiB'],
    [1536, '1.5 KiB'],
    [300 * 1024 ** 2, '300 MiB'],
    [4_509_715_661, '4.2 GiB'],
    [1024 ** 4, '1 TiB'],
    [50_000 * 1024 ** 3, '48.8 TiB'],
    [2048 * 1024 ** 4, '2048 TiB'],
  ])('of %d bytes are told as %s', (bytes, text) => {
    expect(describeBytes(bytes)).toBe(text);
  });
});
