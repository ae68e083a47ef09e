import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { IdleTimer } from '../../../src/main/platform/idle-timer.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('an idle timer', () => {
  it('aborts after so much silence, and not a millisecond earlier', () => {
    const timer = new IdleTimer(60_000);
    vi.advanceTimersByTime(59_999);
    expect(timer.signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect(timer.signal.aborted).toBe(true);
    expect(timer.signal.reason).toMatchObject({ code: 'IDLE' });
  });

  it('counts anew whenever something moves, so that no total time ends what goes on', () => {
    const timer = new IdleTimer(60_000);
    for (let minute = 0; minute < 1_000; minute++) {
      vi.advanceTimersByTime(59_999);
      timer.moved();
    }
    expect(timer.signal.aborted).toBe(false);
    vi.advanceTimersByTime(60_000);
    expect(timer.signal.aborted).toBe(true);
  });

  it('aborts nothing once it is stopped, and leaves nothing waiting', () => {
    const timer = new IdleTimer(60_000);
    timer.stop();
    vi.advanceTimersByTime(120_000);
    expect([timer.signal.aborted, vi.getTimerCount()]).toEqual([false, 0]);
  });
});
