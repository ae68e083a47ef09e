import { describe, expect, it } from 'vitest';
import { dayDistance, localFieldValue, momentOfField } from '../../../src/renderer/model/day-distance.ts';
import { fileKind } from '../../../src/renderer/model/file-kind.ts';
import { nameShape } from '../../../src/renderer/model/name-shape.ts';
import { rowWindow, scrolledTo } from '../../../src/renderer/model/row-window.ts';
import { drawnFraction, sandSurface } from '../../../src/renderer/model/sand.ts';
import {
  fractionLeft,
  lastToldMoment,
  sandState,
  timePieces,
} from '../../../src/renderer/model/time-left.ts';
import { tellProgress, tellSize, tellSpeed } from '../../../src/renderer/telling.ts';

const HOUR = 3_600_000;

describe('what is left', () => {
  it.each([
    [2 * HOUR + 14 * 60_000 + 59_999, '2 h 14 min'],
    [26 * HOUR, '1 d 2 h'],
    [24 * HOUR, '1 d'],
    [59 * 60_000 + 59_000, '59 min'],
    [299_000, '4 min 59 s'],
    [300_000, '5 min'],
    [60_000, '1 min'],
    [999, '0 s'],
    [-5, '0 s'],
  ])('of %d ms is told as %s', (ms, told) => {
    expect(
      timePieces(ms)
        .map((piece) => piece.join(' '))
        .join(' '),
    ).toBe(told);
  });

  it.each([2 * HOUR + 14 * 60_000 + 30_000, 24 * HOUR, 360_000, 359_999, 60_500, 1000, 999, 1])(
    'of %d ms was told in the same words since the moment it was last told anew',
    (left) => {
      const told = lastToldMoment(0, -left);
      expect(told).toBeLessThanOrEqual(-left);
      expect(timePieces(-told)).toEqual(timePieces(left));
      expect(told).toBeLessThan(0);
    },
  );

  it('is told anew each minute while it is long, and each second when it is short', () => {
    const moments = (left: number, seconds: number) =>
      new Set(Array.from({ length: seconds }, (_, second) => lastToldMoment(0, second * 1000 - left))).size;
    expect(moments(2 * HOUR, 120)).toBeLessThanOrEqual(3);
    expect(moments(120_000, 60)).toBe(60);
  });

  it('has ended from the end on, in whatever step it is told', () => {
    expect([lastToldMoment(0, 0), lastToldMoment(0, 59_999), lastToldMoment(0, 60_000)]).toEqual([
      0, 0, 60_000,
    ]);
  });

  it('is a part of the life, from all to nothing', () => {
    expect(fractionLeft(0, 100, 0)).toBe(1);
    expect(fractionLeft(0, 100, 25)).toBe(0.75);
    expect(fractionLeft(0, 100, 100)).toBe(0);
    expect(fractionLeft(0, 100, 250)).toBe(0);
  });

  it('is never more than all, where the clock stands before the signing', () => {
    expect(fractionLeft(50, 100, 20)).toBe(1);
  });

  it('is nothing of a life that has no length', () => {
    expect(fractionLeft(100, 100, 50)).toBe(0);
  });

  it('is a warning from its last tenth on', () => {
    expect([0.11, 0.1, 0.001, 0].map(sandState)).toEqual(['running', 'last-tenth', 'last-tenth', 'ended']);
  });
});

describe('the sand', () => {
  it('keeps its amount: what the upper bulb loses the lower one gains', () => {
    for (const fraction of [0, 0.2, 0.5, 0.9, 1]) {
      const { upper, lower } = sandSurface(fraction);
      const above = ((16 - upper) / 12) ** 2;
      const below = 1 - ((lower - 16) / 12) ** 2;
      expect(above).toBeCloseTo(fraction, 2);
      expect(above + below).toBeCloseTo(1, 5);
    }
  });

  it('has a last grain until the end', () => {
    expect(drawnFraction(0.000_01)).toBeGreaterThan(0);
    expect(drawnFraction(0)).toBe(0);
    expect(drawnFraction(1)).toBe(1);
  });
});

describe('a size', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1 kB'],
    [999_600, '1 MB'],
    [3_400_000, '3.4 MB'],
    [12_345_678, '12.3 MB'],
    [209_715_200, '210 MB'],
    [1_870_000_000, '1.87 GB'],
    [48_800_000_000_000, '48.8 TB'],
  ])('of %d bytes is told as %s', (bytes, told) => {
    expect(tellSize(bytes)).toBe(told);
  });

  it('names one unit for two sizes', () => {
    expect(tellProgress(12_345_678, 200_000_000)).toBe('12.3 of 200 MB');
    expect(tellProgress(0, 1_000_000_000)).toBe('0 of 1 GB');
  });

  it('may be that of a second', () => {
    expect(tellSpeed(8_100_000)).toBe('8.1 MB/s');
  });
});

describe('a moment', () => {
  const now = new Date(2026, 10, 23, 23, 30).getTime();
  it.each([
    [new Date(2026, 10, 23, 0, 1), 'today'],
    [new Date(2026, 10, 24, 0, 1), 'tomorrow'],
    [new Date(2026, 10, 22, 23, 59), 'yesterday'],
    [new Date(2026, 10, 29, 12, 0), 'this-week'],
    [new Date(2026, 10, 30, 12, 0), 'this-year'],
    [new Date(2026, 10, 20, 12, 0), 'this-year'],
    [new Date(2027, 0, 2, 12, 0), 'other-year'],
  ])('of %s is %s', (at, distance) => {
    expect(dayDistance(at.getTime(), now)).toBe(distance);
  });

  it('goes into a field and comes back', () => {
    const at = new Date(2026, 2, 4, 5, 6).getTime();
    expect(localFieldValue(at)).toBe('2026-03-04T05:06');
    expect(momentOfField('2026-03-04T05:06')).toBe(at);
  });

  it('is none where the field holds none', () => {
    expect(momentOfField('')).toBeNull();
    expect(momentOfField('soon')).toBeNull();
  });
});

describe('a name', () => {
  it('keeps its ending where it is long, and all of it where it is short', () => {
    expect(nameShape('report.pdf')).toEqual({ head: 'report.pdf', tail: '' });
    const { head, tail } = nameShape('backup-of-the-old-server-2026.tar.zst');
    expect(head + tail).toBe('backup-of-the-old-server-2026.tar.zst');
    expect(tail).toBe('26.tar.zst');
  });

  it('is never cut inside a character', () => {
    const family = '👨‍👩‍👧‍👦';
    const name = `${'a'.repeat(15)}${family.repeat(10)}`;
    expect(nameShape(name).tail).toBe(family.repeat(10));
  });

  it.each([
    ['IMG.HEIC', 'image'],
    ['a.tar.zst', 'archive'],
    ['.pdf', 'other'],
    ['README', 'other'],
    ['x.', 'other'],
  ])('%s is taken for %s', (name, kind) => {
    expect(fileKind(name)).toBe(kind);
  });
});

describe('the rows to be drawn', () => {
  const view = { top: 0, height: 380, rowHeight: 76, total: 10_000, beyond: 4 };
  it('are those seen, and a few beyond', () => {
    expect(rowWindow(view)).toEqual({ first: 0, end: 9 });
    expect(rowWindow({ ...view, top: 76_000 })).toEqual({ first: 996, end: 1009 });
  });

  it('end where the list does, however far it is pulled', () => {
    expect(rowWindow({ ...view, top: 10_000 * 76 + 500 })).toEqual({ first: 10_000, end: 10_000 });
    expect(rowWindow({ ...view, top: -50 })).toEqual({ first: 0, end: 9 });
    expect(rowWindow({ ...view, total: 0 })).toEqual({ first: 0, end: 0 });
  });

  it('are scrolled to only where they are not seen whole', () => {
    const scrolled = { ...view, top: 760 };
    expect(scrolledTo(10, scrolled)).toBe(760);
    expect(scrolledTo(14, scrolled)).toBe(760);
    expect(scrolledTo(15, scrolled)).toBe(836);
    expect(scrolledTo(3, scrolled)).toBe(228);
  });
});
