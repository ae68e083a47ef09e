import { describe, expect, it } from 'vitest';
import { PushThrottle } from '../../../src/main/board/push-throttle.ts';
import { HandTimer } from './hand-timer.ts';

function scene() {
  const timer = new HandTimer();
  const pushed: string[] = [];
  const throttle = new PushThrottle(timer.later, (ids) => pushed.push(ids.join(' ')));
  return { timer, pushed, throttle };
}

describe('pushes', () => {
  it('come at once where nothing was told for a while', () => {
    const { pushed, throttle } = scene();
    throttle.changed('a');
    expect(pushed).toEqual(['a']);
  });

  it('wait out a tenth of a second, and are one for however many changes', () => {
    const { timer, pushed, throttle } = scene();
    for (let change = 0; change < 50; change++) throttle.changed('a');
    timer.pass(99);
    expect(pushed).toEqual(['a']);
    timer.pass(1);
    expect(pushed).toEqual(['a', 'a']);
  });

  it('are at most ten a second, and one more at its end', () => {
    const { timer, pushed, throttle } = scene();
    for (let at = 0; at < 1_000; at++) {
      throttle.changed('a');
      timer.pass(1);
    }
    expect(pushed).toHaveLength(11);
  });

  it('end with what was true last, and leave nothing waiting', () => {
    const { timer, throttle, pushed } = scene();
    let state = 0;
    const told: number[] = [];
    const watched = new PushThrottle(timer.later, () => told.push(state));
    for (state = 1; state <= 7; state++) watched.changed('a');
    state = 7;
    timer.pass(10_000);
    expect(told).toEqual([1, 7]);
    throttle.changed('b');
    timer.pass(10_000);
    expect([pushed, timer.waiting]).toEqual([['b'], 0]);
  });

  it('are not repeated where nothing has changed meanwhile', () => {
    const { timer, pushed, throttle } = scene();
    throttle.changed('a');
    timer.pass(100);
    throttle.changed('a');
    timer.pass(1_000);
    expect(pushed).toEqual(['a', 'a']);
  });

  it('of all shares together are one, a tenth of a second after the first, each named once', () => {
    const { timer, pushed, throttle } = scene();
    throttle.changed('a');
    for (const id of ['a', 'b', 'c', 'b', 'a']) throttle.changed(id);
    expect(pushed).toEqual(['a']);
    timer.pass(99);
    expect(pushed).toEqual(['a']);
    timer.pass(1);
    expect(pushed).toEqual(['a', 'a b c']);
  });

  it('of a thousand shares are no more a second than those of one', () => {
    const { timer, pushed, throttle } = scene();
    for (let at = 0; at < 1_000; at++) {
      for (let id = 0; id < 10; id++) throttle.changed(`${id}`);
      timer.pass(1);
    }
    expect(pushed).toHaveLength(11);
  });
});
