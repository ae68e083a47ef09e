import { describe, expect, it } from 'vitest';
import { BySizeTurns } from '../../../src/main/upload/by-size-turns.ts';
import { quiet } from './script.ts';

const MIB = 1024 ** 2;
const [SMALL, MIDDLING, LARGE] = [8 * MIB, 8 * MIB + 1, 1024 * MIB + 1];
const never = new AbortController().signal;

/** Turns, and the names of those who have had theirs, in their order. */
function scene() {
  const turns = new BySizeTurns();
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const ask = async (name: string, size: number, signal = never) => {
    void turns.await(size, signal).then((end) => {
      begun.push(name);
      ends.set(name, end);
    });
    await quiet();
  };
  const end = async (name: string) => {
    ends.get(name)?.();
    await quiet();
  };
  const askMany = async (name: string, count: number, size: number) => {
    for (let one = 1; one <= count; one++) await ask(`${name} ${one}`, size);
  };
  return { turns, begun, ask, askMany, end };
}

describe('turns', () => {
  it.each([
    ['large', LARGE, 3],
    ['large', 5 * 1024 ** 4, 3],
    ['middling', MIDDLING, 4],
    ['middling', 1024 * MIB, 4],
  ])('are taken by so many %s uploads at once: of %d bytes %d', async (_class, size, atOnce) => {
    const { begun, askMany, end } = scene();
    await askMany('upload', atOnce + 2, size);
    expect(begun).toHaveLength(atOnce);
    await end('upload 2');
    expect(begun.at(-1)).toBe(`upload ${atOnce + 1}`);
    expect(begun).toHaveLength(atOnce + 1);
  });

  it.each([0, 1, SMALL])('are never waited for by a single request, of %d bytes', async (size) => {
    const { begun, askMany } = scene();
    await askMany('large', 5, LARGE);
    await askMany('small', 500, size);
    expect(begun.filter((name) => name.startsWith('small'))).toHaveLength(500);
  });

  it('of a middling file never come behind large ones', async () => {
    const { begun, askMany, ask } = scene();
    await askMany('large', 10, LARGE);
    await ask('middling', MIDDLING);
    expect(begun.at(-1)).toBe('middling');
  });

  it('of a large file never come behind middling ones', async () => {
    const { begun, askMany, ask } = scene();
    await askMany('middling', 10, MIDDLING);
    await ask('large', LARGE);
    expect(begun.at(-1)).toBe('large');
  });

  it('are handed over in the order in which they were asked for, and never to a newcomer', async () => {
    const { begun, askMany, ask, end } = scene();
    await askMany('large', 5, LARGE);
    await end('large 1');
    await ask('newcomer', LARGE);
    await end('large 2');
    expect(begun.slice(3)).toEqual(['large 4', 'large 5']);
    await end('large 3');
    expect(begun.at(-1)).toBe('newcomer');
  });

  it('that have all ended may all be taken again', async () => {
    const { begun, askMany, end } = scene();
    await askMany('first', 3, LARGE);
    for (const one of [1, 2, 3]) await end(`first ${one}`);
    await askMany('second', 4, LARGE);
    expect(begun.filter((name) => name.startsWith('second'))).toHaveLength(3);
  });
});

describe('a turn', () => {
  it('that ends twice is free once', async () => {
    const { begun, askMany, end } = scene();
    await askMany('large', 6, LARGE);
    await end('large 1');
    await end('large 1');
    expect(begun).toHaveLength(4);
  });

  it('that is waited for no longer goes to the next', async () => {
    const { turns, begun, askMany, ask, end } = scene();
    await askMany('large', 3, LARGE);
    const stop = new AbortController();
    const waiting = turns.await(LARGE, stop.signal);
    await ask('next', LARGE);
    stop.abort(new Error('stopped'));
    await expect(waiting).rejects.toThrow('stopped');
    await end('large 1');
    expect(begun.at(-1)).toBe('next');
  });

  it('is not taken by what was stopped before', async () => {
    const { turns, begun, askMany } = scene();
    await expect(turns.await(LARGE, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
    await askMany('large', 4, LARGE);
    expect(begun).toHaveLength(3);
  });

  it('that was taken is not ended by a stop that comes later', async () => {
    const { begun, ask, askMany } = scene();
    const stop = new AbortController();
    await ask('stopped', LARGE, stop.signal);
    stop.abort();
    await askMany('large', 3, LARGE);
    expect(begun).toHaveLength(3);
  });
});
