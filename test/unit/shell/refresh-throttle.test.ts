import { expect, it, vi } from 'vitest';
import { RefreshThrottle } from '../../../src/main/shell/refresh-throttle.ts';
import { HandTimer } from '../board/hand-timer.ts';

function scene() {
  const time = new HandTimer();
  const refresh = vi.fn<() => void>();
  return { time, refresh, throttle: new RefreshThrottle(time.later, 1_000, refresh) };
}

it('the first refresh comes at once, and all that are asked for meanwhile are one after the rest', () => {
  const { time, refresh, throttle } = scene();
  throttle.ask();
  expect(refresh).toHaveBeenCalledTimes(1);
  for (let asked = 0; asked < 400; asked += 1) throttle.ask();
  time.pass(999);
  expect(refresh).toHaveBeenCalledTimes(1);
  time.pass(1);
  expect(refresh).toHaveBeenCalledTimes(2);
  time.pass(10_000);
  expect(refresh).toHaveBeenCalledTimes(2);
});

it('the rest holds after a later refresh too', () => {
  const { time, refresh, throttle } = scene();
  throttle.ask();
  throttle.ask();
  time.pass(1_000);
  throttle.ask();
  expect(refresh).toHaveBeenCalledTimes(2);
  time.pass(1_000);
  expect(refresh).toHaveBeenCalledTimes(3);
});

it('a refresh that fails ends no later one', () => {
  const { time, refresh, throttle } = scene();
  refresh.mockImplementationOnce(() => {
    throw new Error('not now');
  });
  expect(() => {
    throttle.ask();
  }).toThrow('not now');
  time.pass(1_000);
  throttle.ask();
  expect(refresh).toHaveBeenCalledTimes(2);
});
