import { afterEach, describe, expect, test } from 'vitest';
import { HandClock, systemClock } from '../../servers/fault-proxy/clock.ts';
import type { ProxyClock } from '../../servers/fault-proxy/clock.ts';
import { collected } from '../../servers/fault-proxy/flow.ts';
import { rehearse } from '../../servers/fault-proxy/rehearsal.ts';
import { ShapedLine } from '../../servers/fault-proxy/shaped-line.ts';
import type { LineOptions } from '../../servers/fault-proxy/shaped-line.ts';

const KIB = 1024;
const MIB = 1024 ** 2;
const GOES_ON = new AbortController().signal;
const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Jumps to the end of every sleep, so that only the line's own arithmetic takes time. */
function leapingClock(): ProxyClock {
  let now = 0;
  const pending: { at: number; wake: () => void }[] = [];
  const leap = (): void => {
    pending.sort((one, other) => one.at - other.at);
    const next = pending.shift();
    if (next === undefined) return;
    now = Math.max(now, next.at);
    next.wake();
  };
  return {
    now: () => now,
    sleep: (ms) =>
      new Promise((wake) => {
        pending.push({ at: now + ms, wake });
        // Whatever else can run without time passing runs first.
        setImmediate(leap);
      }),
  };
}

async function* body(bytes: number, chunkBytes = 64 * KIB): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes; at += chunkBytes) {
    await Promise.resolve();
    yield Buffer.alloc(Math.min(chunkBytes, bytes - at), at % 251);
  }
}

async function msFor(bytes: number, options: LineOptions, bodies = 1): Promise<number> {
  const clock = leapingClock();
  const line = new ShapedLine(clock, options);
  const carried = Array.from({ length: bodies }, () => collected(line.carry('up', body(bytes), GOES_ON)));
  const [first = Buffer.alloc(0)] = await Promise.all(carried);
  expect(first.equals(await collected(body(bytes)))).toBe(true);
  return clock.now();
}

describe('A line', () => {
  test('without limits takes no time and changes nothing', async () => {
    expect(await msFor(MIB, {})).toBe(0);
  });

  test('carries so many bytes a second', async () => {
    const ms = await msFor(10 * MIB, { bytesPerSecond: 2 * MIB });
    expect(ms).toBeGreaterThan(4980);
    expect(ms).toBeLessThan(5010);
  });

  test('delays the whole of a body by its length once, not each piece after the other', async () => {
    expect(await msFor(2 * MIB, { oneWayMs: 50 })).toBe(50);
  });

  test('keeps its pace where it is both narrow and long', async () => {
    const ms = await msFor(10 * MIB, { bytesPerSecond: 2 * MIB, oneWayMs: 50 });
    expect(ms).toBeGreaterThan(5030);
    expect(ms).toBeLessThan(5080);
  });

  test('lets a request have out no more than its window in a round trip', async () => {
    expect(await msFor(4 * MIB, { oneWayMs: 50, windowBytes: MIB })).toBe(350);
    expect(await msFor(4 * MIB, { oneWayMs: 50, windowBytes: 4 * MIB })).toBe(50);
  });

  test('is shared by the bodies on it, and windows are not', async () => {
    const narrow = await msFor(2 * MIB, { bytesPerSecond: 2 * MIB }, 4);
    expect(narrow).toBeGreaterThan(3980);
    expect(narrow).toBeLessThan(4010);
    expect(await msFor(4 * MIB, { oneWayMs: 50, windowBytes: MIB }, 4)).toBe(350);
  });

  test('shares fairly: a small body behind a large one does not wait for its end', async () => {
    const clock = leapingClock();
    const line = new ShapedLine(clock, { bytesPerSecond: MIB });
    const large = collected(line.carry('up', body(10 * MIB), GOES_ON)).then(() => clock.now());
    const small = collected(line.carry('up', body(100 * KIB), GOES_ON)).then(() => clock.now());
    expect(await small).toBeLessThan(300);
    expect(await large).toBeGreaterThan(9900);
  });

  test('hands a slow body over evenly, not a chunk after a long silence', async () => {
    const clock = leapingClock();
    const line = new ShapedLine(clock, { bytesPerSecond: KIB });
    let before = 0;
    let longest = 0;
    for await (const piece of line.carry('up', body(2 * KIB), GOES_ON)) {
      expect(piece.length).toBeLessThan(30);
      longest = Math.max(longest, clock.now() - before);
      before = clock.now();
    }
    expect(longest).toBeLessThan(30);
  });

  test('gets wider and narrower while it is in use', async () => {
    const clock = leapingClock();
    const line = new ShapedLine(clock, { bytesPerSecond: MIB });
    await collected(line.carry('up', body(MIB), GOES_ON));
    line.bytesPerSecond = 4 * MIB;
    await collected(line.carry('up', body(MIB), GOES_ON));
    expect(clock.now()).toBeGreaterThan(1230);
    expect(clock.now()).toBeLessThan(1260);
  });

  test('ends with its signal and with an error of the body', async () => {
    const stop = new AbortController();
    const clock = new HandClock();
    const stopped = collected(
      new ShapedLine(clock, { bytesPerSecond: KIB }).carry('up', body(MIB), stop.signal),
    );
    await clock.sleeping();
    stop.abort(new Error('enough'));
    await expect(stopped).rejects.toThrow('enough');
    async function* broken(): AsyncGenerator<Buffer> {
      yield* body(KIB);
      throw new Error('broken');
    }
    const line = new ShapedLine(leapingClock(), { oneWayMs: 50 });
    await expect(collected(line.carry('up', broken(), GOES_ON))).rejects.toThrow('broken');
  });
});

describe('A proxy with a line', () => {
  const BODY = Buffer.alloc(300_000, 'sandglass');

  test('makes a first request pay for the handshake, and the next for one round trip', async () => {
    const clock = new HandClock();
    const options = { clock, line: new ShapedLine(clock, { oneWayMs: 50 }) };
    // Node gives up the connection of a HEAD that is answered without a length.
    const rehearsal = await rehearse(options, (_, outgoing) => outgoing.setHeader('Content-Length', 0).end());
    closing.push(rehearsal.close);
    const waits = async (ms: number): Promise<void> => {
      await clock.sleeping();
      clock.advance(ms - 1);
      expect(clock.sleepers).toBe(1);
      clock.advance(1);
    };
    const handshake = 100;
    for (const before of [[handshake], []]) {
      const reply = rehearsal.send({ method: 'HEAD', path: '/bucket/key' });
      for (const ms of [...before, 50, 50]) await waits(ms);
      expect((await reply).status).toBe(200);
    }
  });

  test('delays a body as long as its head, not once more', async () => {
    const clock = new HandClock();
    const rehearsal = await rehearse({ clock, line: new ShapedLine(clock, { oneWayMs: 50 }) });
    closing.push(rehearsal.close);
    const reply = rehearsal.send({ body: BODY });
    // The handshake, the way there, the way back: 200 ms, and no sleep ends later than that.
    const isAnswered = (): Promise<boolean> =>
      Promise.race([reply.then(() => true), new Promise<false>((no) => setImmediate(no, false))]);
    while (!(await isAnswered())) if (clock.sleepers > 0) clock.advance(5);
    expect((await reply).body).toBe('done');
    expect(clock.now()).toBeLessThanOrEqual(250);
  });

  test('carries bodies unharmed and slows one request where only that is throttled', async () => {
    const bytesPerSecond = 3_000_000;
    const rehearsal = await rehearse({
      line: new ShapedLine(systemClock, { oneWayMs: 2 }),
      fault: ({ attempt }) => (attempt === 1 ? { kind: 'throttle', bytesPerSecond } : null),
    });
    closing.push(rehearsal.close);
    const ms: number[] = [];
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      const before = performance.now();
      await rehearsal.send({ body: BODY });
      ms.push(performance.now() - before);
      expect(rehearsal.received.at(-1)?.body().equals(BODY)).toBe(true);
    }
    const [throttled = 0, free = 0] = ms;
    expect(free).toBeLessThan(throttled);
  });
});
