import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Pulse } from '../../../src/main/shell/pulse.ts';
import type { ShareStanding } from '../../../src/shared/board.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function scene() {
  const shares = { tick: vi.fn<() => void>(), underWay: vi.fn<() => ShareStanding[]>(() => []) };
  const window = { isVisible: true };
  const awaited = { beat: vi.fn<(isWatched: boolean) => Promise<void>>(() => Promise.resolve()) };
  const end = new Pulse({ shares, awaited }, () => window.isVisible).start();
  return { shares, awaited, window, end };
}

it('the board looks around once a second while somebody may be looking, until that is ended', () => {
  const { shares, end } = scene();
  vi.advanceTimersByTime(3_000);
  expect(shares.tick).toHaveBeenCalledTimes(3);
  end();
  vi.advanceTimersByTime(3_000);
  expect(shares.tick).toHaveBeenCalledTimes(3);
});

it('it rests where nobody looks, unless something is under way', () => {
  const { shares, window } = scene();
  window.isVisible = false;
  vi.advanceTimersByTime(3_000);
  expect(shares.tick).not.toHaveBeenCalled();
  shares.underWay.mockReturnValue([{ kind: 'interrupted' }]);
  vi.advanceTimersByTime(1_000);
  expect(shares.tick).toHaveBeenCalledOnce();
});

it('what others are to upload is looked for at each beat, and is told whether somebody may be looking', () => {
  const { awaited, window } = scene();
  vi.advanceTimersByTime(1_000);
  window.isVisible = false;
  vi.advanceTimersByTime(1_000);
  expect(awaited.beat.mock.calls).toEqual([[true], [false]]);
});

it('a beat that fails is followed by the next', () => {
  const { shares } = scene();
  shares.tick.mockImplementationOnce(() => {
    throw new Error('busy');
  });
  vi.advanceTimersByTime(2_000);
  expect(shares.tick).toHaveBeenCalledTimes(2);
});
