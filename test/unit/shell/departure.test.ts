import { describe, expect, it, vi } from 'vitest';
import { Departure, type DeparturePorts } from '../../../src/main/shell/departure.ts';
import { HandTimer } from '../board/hand-timer.ts';

function scene(count: number) {
  const time = new HandTimer();
  const ports = {
    underWay: vi.fn<DeparturePorts['underWay']>(() => count),
    mayStop: vi.fn<DeparturePorts['mayStop']>(() => Promise.resolve(true)),
    vanish: vi.fn<DeparturePorts['vanish']>(),
    close: vi.fn<DeparturePorts['close']>(() => Promise.resolve()),
    end: vi.fn<DeparturePorts['end']>(),
  };
  return { ...ports, time, departure: new Departure({ ...ports, later: time.later }) };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('leaving', () => {
  it('asks nobody where nothing is under way; the process ends once all is closed', async () => {
    const { departure, mayStop, vanish, close, end, time } = scene(0);
    expect(departure.ask()).toBe(false);
    await settled();
    expect([mayStop, vanish, close, end].map(({ mock }) => mock.calls.length)).toEqual([0, 1, 1, 1]);
    expect(departure.ask()).toBe(true);
    expect(time.waiting).toBe(0);
  });

  it('puts one question however often it is asked for', async () => {
    const { departure, mayStop, close, end } = scene(3);
    const answer = Promise.withResolvers<boolean>();
    mayStop.mockReturnValue(answer.promise);
    expect([departure.ask(), departure.ask(), departure.ask()]).toEqual([false, false, false]);
    expect(mayStop.mock.calls).toEqual([[3]]);
    answer.resolve(true);
    await settled();
    expect([close, end].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
  });

  it('that was called off leaves everything as it is, and asks anew the next time', async () => {
    const { departure, mayStop, vanish, close } = scene(1);
    mayStop.mockResolvedValueOnce(false);
    departure.ask();
    await settled();
    expect([vanish, close].map(({ mock }) => mock.calls.length)).toEqual([0, 0]);
    expect(departure.ask()).toBe(false);
    await settled();
    expect(mayStop).toHaveBeenCalledTimes(2);
    expect(close).toHaveBeenCalledOnce();
  });

  it('that is asked for again while things close does not end before they are closed', async () => {
    const { departure, close, end } = scene(0);
    const closed = Promise.withResolvers<undefined>();
    close.mockReturnValue(closed.promise.then(() => undefined));
    departure.ask();
    await settled();
    expect(departure.ask()).toBe(false);
    expect(end).not.toHaveBeenCalled();
    closed.resolve(undefined);
    await settled();
    expect(end).toHaveBeenCalledOnce();
  });

  it('hides everything at once, and ends after a few seconds though something does not close', async () => {
    const { departure, close, vanish, end, time } = scene(0);
    close.mockReturnValue(new Promise(() => undefined));
    departure.ask();
    await settled();
    expect(vanish).toHaveBeenCalledOnce();
    time.pass(3_999);
    await settled();
    expect(end).not.toHaveBeenCalled();
    time.pass(1);
    await settled();
    expect(end).toHaveBeenCalledOnce();
    expect(departure.ask()).toBe(true);
  });

  it('ends though closing fails', async () => {
    const { departure, close, end } = scene(0);
    close.mockRejectedValue(new Error('no'));
    departure.ask();
    await settled();
    expect(end).toHaveBeenCalledOnce();
  });
});
