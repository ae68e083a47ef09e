import { describe, expect, it } from 'vitest';
import { ProgressMeter } from '../../../src/main/upload/progress-meter.ts';

describe('a progress meter', () => {
  it('begins at nothing', () => {
    expect(new ProgressMeter().bytes).toBe(0);
  });

  it('adds up the bytes of all parts on their way', () => {
    const meter = new ProgressMeter();
    meter.sent(1, 10);
    meter.sent(2, 5);
    meter.sent(1, 10);
    expect(meter.bytes).toBe(25);
  });

  it('counts a part once when it has arrived', () => {
    const meter = new ProgressMeter();
    meter.sent(1, 100);
    meter.settle(1, 100);
    meter.sent(2, 1);
    expect(meter.bytes).toBe(101);
  });

  it('counts a part that arrived without being seen on its way', () => {
    const meter = new ProgressMeter();
    meter.settle(1, 100);
    expect(meter.bytes).toBe(100);
  });

  it('stands still while a forgotten part catches up', () => {
    const meter = new ProgressMeter();
    meter.sent(1, 80);
    expect(meter.bytes).toBe(80);
    meter.forget(1);
    expect(meter.bytes).toBe(80);
    meter.sent(1, 60);
    expect(meter.bytes).toBe(80);
    meter.sent(1, 40);
    expect(meter.bytes).toBe(100);
  });

  it('does not count a forgotten part twice once it has arrived', () => {
    const meter = new ProgressMeter();
    meter.sent(1, 100);
    meter.forget(1);
    meter.sent(1, 100);
    meter.settle(1, 100);
    expect(meter.bytes).toBe(100);
  });

  it('does not forget what has arrived, nor what it never knew', () => {
    const meter = new ProgressMeter();
    meter.settle(1, 100);
    meter.forget(1);
    meter.forget(2);
    meter.settle(2, 20);
    expect(meter.bytes).toBe(120);
  });
});
