import { describe, expect, it } from 'vitest';
import { SpeedMeter } from '../../../src/main/board/speed-meter.ts';

const NOW = 1_780_000_000_000;

function measured(...samples: (readonly [bytes: number, at: number])[]): SpeedMeter {
  const meter = new SpeedMeter();
  for (const [bytes, at] of samples) meter.sample(bytes, NOW + at);
  return meter;
}

describe('the speed meter', () => {
  it.each([
    ['before anything is sent', []],
    ['after one sample', [[5_000, 0]]],
    [
      'until a quarter of a second has passed',
      [
        [0, 0],
        [5_000, 249],
      ],
    ],
  ] as const)('tells nothing %s', (_when, samples) => {
    const meter = measured(...samples);
    expect([meter.bytesPerSecond, meter.secondsLeft(1_000)]).toEqual([null, null]);
  });

  it('tells bytes per second from a quarter of a second on', () => {
    expect(measured([0, 0], [5_000, 250]).bytesPerSecond).toBe(20_000);
  });

  it('counts from where it began, not from zero', () => {
    expect(measured([9_000, 0], [10_000, 1_000]).bytesPerSecond).toBe(1_000);
  });

  it('counts what came in samples too close together in the next one', () => {
    const meter = measured([0, 0], [100, 100], [200, 200], [1_000, 500]);
    expect(meter.bytesPerSecond).toBe(2_000);
  });

  it('moves to a new speed by 1 − e⁻¹ in four seconds', () => {
    const meter = measured([0, 0], [1_000, 1_000], [1_000 + 8_000, 5_000]);
    expect(meter.bytesPerSecond).toBeCloseTo(1_000 + (1 - Math.exp(-1)) * 1_000, 6);
  });

  it('comes to the same whether four seconds are one sample or sixteen', () => {
    const one = measured([0, 0], [1_000, 1_000], [9_000, 5_000]);
    const many = measured([0, 0], [1_000, 1_000]);
    for (let step = 1; step <= 16; step++) many.sample(1_000 + step * 500, NOW + 1_000 + step * 250);
    expect(many.bytesPerSecond).toBeCloseTo(one.bytesPerSecond ?? NaN, 6);
  });

  it('tells the seconds that are left at this speed', () => {
    const meter = measured([0, 0], [2_000, 1_000]);
    expect([meter.secondsLeft(3_000), meter.secondsLeft(0)]).toEqual([1.5, 0]);
  });

  it('tells no time left while nothing moves', () => {
    const meter = measured([700, 0], [700, 1_000]);
    expect([meter.bytesPerSecond, meter.secondsLeft(3_000)]).toEqual([0, null]);
  });

  it('has forgotten everything after a reset', () => {
    const meter = measured([0, 0], [2_000, 1_000]);
    meter.reset();
    expect([meter.bytesPerSecond, meter.secondsLeft(1)]).toEqual([null, null]);
    meter.sample(2_000, NOW + 100_000);
    expect(meter.bytesPerSecond).toBeNull();
    meter.sample(2_300, NOW + 101_000);
    expect(meter.bytesPerSecond).toBe(300);
  });
});
