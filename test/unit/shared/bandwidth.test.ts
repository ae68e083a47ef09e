import { describe, expect, it } from 'vitest';
import { describeBandwidth, limitAt, parseBandwidth } from '../../../src/shared/bandwidth.ts';

const MIB = 1024 ** 2;
/** By this computer's clock, as a timetable is read. */
const at = (hours: number, minutes = 0) => new Date(2026, 6, 1, hours, minutes);

describe('a speed', () => {
  it.each([
    ['1', 1],
    ['512', 512],
    ['512k', 512 * 1024],
    ['512K', 512 * 1024],
    ['2M', 2 * MIB],
    ['2MB', 2 * MIB],
    ['2MiB/s', 2 * MIB],
    ['2m/s', 2 * MIB],
    ['1.5M', 1.5 * MIB],
    ['1G', 1024 * MIB],
    ['  2M ', 2 * MIB],
  ])('%j is %d bytes a second, the whole day', (text, bytesPerSecond) => {
    expect(parseBandwidth(text)).toEqual([{ fromMinute: 0, bytesPerSecond }]);
  });

  it.each(['off', 'OFF', ' off '])('%j is none', (text) => {
    expect(parseBandwidth(text)).toEqual([]);
  });

  it.each([
    ...['', ' ', '0', '0k', '0.0000001', '-1', '+1', 'k', 'M', '1e3', '1.5.2', '.5', '5.', '1,5', '1,5M'],
    ...['2T', '2Mbit', '2 M', '512k 2M', 'on', 'off off', 'Infinity', 'NaN', '0x10', '٣k'],
  ])('%j is none, and what to write is said', (text) => {
    expect(() => parseBandwidth(text)).toThrow(
      expect.objectContaining({
        code: 'bad-usage',
        next: expect.stringContaining('512k') as string,
      }) as Error,
    );
  });
});

describe('a timetable', () => {
  it('is read in whatever order it is written', () => {
    expect(parseBandwidth('19:00,off 08:00,512k 7:30,1M')).toEqual([
      { fromMinute: 450, bytesPerSecond: MIB },
      { fromMinute: 480, bytesPerSecond: 512 * 1024 },
      { fromMinute: 1_140, bytesPerSecond: null },
    ]);
  });

  it('may have any space between its entries', () => {
    expect(parseBandwidth(' 08:00,1k\t\n 19:00,off ')).toHaveLength(2);
  });

  it.each([
    ...['24:00,1k', '08:60,1k', '8,1k', '08:00', '08:00,', ',1k', '08:00,fast', '08:00,1k 9', '08:00,0'],
    ...['08:00,1k 2M', '08:00;1k', 'Mon-08:00,1k', '08:00,1k,19:00,off'],
  ])('%j is none', (text) => {
    expect(() => parseBandwidth(text)).toThrow(expect.objectContaining({ code: 'bad-usage' }) as Error);
  });
});

describe('the limit at a moment', () => {
  const plan = parseBandwidth('08:00,512k 12:00,1M 19:00,off');

  it.each([
    ['before the first step what the last says, across midnight', at(7, 59), null],
    ['with the very minute of a step what that says', at(8), 512 * 1024],
    ['until the minute before the next', at(11, 59), 512 * 1024],
    ['at noon the second step', at(12), MIB],
    ['in the evening none', at(19), null],
    ['at midnight still what the evening said', at(0), null],
  ])('is %s', (_what, moment, limit) => {
    expect(limitAt(plan, moment)).toBe(limit);
  });

  it('holds across midnight where the last step of the day limits', () => {
    const night = parseBandwidth('06:00,off 22:00,1M');
    expect([limitAt(night, at(23, 59)), limitAt(night, at(0)), limitAt(night, at(5, 59))]).toEqual([
      MIB,
      MIB,
      MIB,
    ]);
    expect([limitAt(night, at(6)), limitAt(night, at(21, 59))]).toEqual([null, null]);
  });

  it('is the same all day where there is one step, whenever it begins', () => {
    const one = parseBandwidth('08:00,1M');
    expect([limitAt(one, at(0)), limitAt(one, at(8)), limitAt(one, at(23))]).toEqual([MIB, MIB, MIB]);
  });

  it('is none where there is no plan', () => {
    expect(limitAt([], at(12))).toBeNull();
  });
});

describe('a plan in words', () => {
  it.each([
    'off',
    '1',
    '1023',
    '1k',
    '1536',
    '512k',
    '2M',
    '3G',
    '08:00,512k 19:00,off',
    '00:00,off 23:59,1',
  ])('%j is written as it was read', (text) => {
    expect(describeBandwidth(parseBandwidth(text))).toBe(text);
    expect(parseBandwidth(describeBandwidth(parseBandwidth(text)))).toEqual(parseBandwidth(text));
  });

  it.each([
    ['1024k', '1M'],
    ['1.5M', '1536k'],
    ['7:05,1024M 0:30,2048', '00:30,2k 07:05,1G'],
    ['08:00,1M', '1M'],
  ])('%j is written in short as %j', (text, short) => {
    expect(describeBandwidth(parseBandwidth(text))).toBe(short);
  });
});
