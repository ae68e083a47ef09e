import { describe, expect, it } from 'vitest';
import { ServerClock } from '../../../src/main/signing/server-clock.ts';

const NOON = Date.UTC(2026, 6, 1, 12);
const httpDate = (at: number) => new Date(at).toUTCString();

/** A server’s clock learned over a computer’s clock that the test moves. */
function clocks() {
  const local = { time: NOON, now: () => local.time };
  return { local, server: new ServerClock(local) };
}

describe('the server’s clock', () => {
  it('is the computer’s until a server was heard', () => {
    const { server } = clocks();
    expect([server.now(), server.offset]).toEqual([NOON, 0]);
  });

  it.each([
    ['ahead', 3_600_000],
    ['behind', -3_600_000],
  ])('is learned where it is an hour %s', (_which, difference) => {
    const { local, server } = clocks();
    server.asking()(httpDate(NOON + difference));
    expect(server.offset).toBe(difference + 500);
    local.time += 60_000;
    expect(server.now()).toBe(local.time + difference + 500);
  });

  it('is compared with the middle between the question and the answer', () => {
    const { local, server } = clocks();
    const heard = server.asking();
    local.time += 8_000;
    heard(httpDate(NOON + 100_000));
    expect(server.offset).toBe(100_000 + 500 - 4_000);
  });

  it('is told apart from its own coarseness of a second', () => {
    const { server } = clocks();
    for (const difference of [-2000, -1000, 0, 1000]) {
      server.asking()(httpDate(NOON + difference));
      expect(server.offset).toBe(0);
    }
    server.asking()(httpDate(NOON + 2000));
    expect(server.offset).toBe(2500);
  });

  it('is learned anew from every answer, also that it is right again', () => {
    const { server } = clocks();
    server.asking()(httpDate(NOON + 3_600_000));
    server.asking()(httpDate(NOON));
    expect(server.offset).toBe(0);
  });

  it('keeps questions that overlap apart', () => {
    const { local, server } = clocks();
    const first = server.asking();
    local.time += 10_000;
    const second = server.asking();
    second(httpDate(local.time + 60_000));
    expect(server.offset).toBe(60_500);
    first(httpDate(local.time + 60_000));
    expect(server.offset).toBe(60_500);
  });

  it('learns nothing from an answer that took long and says nothing new', () => {
    const { local, server } = clocks();
    const heard = server.asking();
    local.time += 300_000;
    heard(httpDate(local.time));
    expect(server.offset).toBe(0);
  });

  it('learns from an answer that took long where it contradicts what was known', () => {
    const { local, server } = clocks();
    const heard = server.asking();
    local.time += 60_000;
    heard(httpDate(local.time + 1_200_000));
    expect(server.movedSince(0)).toBe(true);
    expect(Math.abs(server.offset - 1_200_000)).toBeLessThanOrEqual(31_000);
  });

  it.each([
    [29_000, false],
    [-30_000, false],
    [30_000, true],
    [-31_000, true],
  ])(
    'that shows %d ms of difference, and half a second, has moved noteworthily: %s',
    (difference, noteworthy) => {
      const { server } = clocks();
      const { offset } = server;
      server.asking()(new Date(NOON + difference).toUTCString());
      expect(server.movedSince(offset)).toBe(noteworthy);
      expect(server.movedSince(server.offset)).toBe(false);
    },
  );

  it.each([undefined, null, '', 'yesterday', 'Wed, 99 Jul 2026 12:00:00 GMT'])(
    'learns nothing from %j',
    (date) => {
      const { server } = clocks();
      server.asking()(httpDate(NOON + 3_600_000));
      server.asking()(date);
      expect(server.offset).toBe(3_600_500);
    },
  );
});
