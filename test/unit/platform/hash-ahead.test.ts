import { beforeEach, describe, expect, it } from 'vitest';
import { HashAhead } from '../../../src/main/platform/hash-ahead.ts';

const MIB = 1024 ** 2;
const PART = 8 * MIB;

/** Ranges that were asked to be hashed, as part numbers, and how often the file was written. */
let asked: number[];
let version: number;
let failing: ReadonlySet<number>;

beforeEach(() => {
  asked = [];
  version = 1;
  failing = new Set();
});

function ahead(size: number, partSize = PART): HashAhead {
  return new HashAhead(size, (offset, length) => {
    const part = offset / partSize + 1;
    asked.push(part);
    if (failing.has(part)) return Promise.reject(new Error(`Part ${part} cannot be read.`));
    return Promise.resolve(`${part}: ${length} bytes, version ${version}`);
  });
}

const of = (hashes: HashAhead, part: number, length = PART) => hashes.md5((part - 1) * PART, length);

describe('hashing ahead', () => {
  it('hashes the seven next parts together with the first', async () => {
    const hashes = ahead(100 * PART);
    expect(await of(hashes, 1)).toBe(`1: ${PART} bytes, version 1`);
    expect(asked).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('hashes eight more once half of the last are used, and each part once', async () => {
    const hashes = ahead(100 * PART);
    for (let part = 1; part <= 3; part++) await of(hashes, part);
    expect(asked).toHaveLength(8);
    expect(await of(hashes, 4)).toBe(`4: ${PART} bytes, version 1`);
    expect(asked).toHaveLength(16);
    for (let part = 5; part <= 100; part++) await of(hashes, part);
    expect(asked).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
  });

  it('ends with the file, whose last part may be shorter', async () => {
    const hashes = ahead(2 * PART + 5);
    await of(hashes, 1);
    expect(asked).toEqual([1, 2, 3]);
    expect(await of(hashes, 3, 5)).toBe('3: 5 bytes, version 1');
    expect(asked).toEqual([1, 2, 3]);
  });

  it('does nothing but what was asked for an empty file', async () => {
    expect(await ahead(0).md5(0, 0)).toBe('1: 0 bytes, version 1');
    expect(asked).toEqual([1]);
  });

  it('hashes a part anew that is asked for again, since the server has refused its bytes', async () => {
    const hashes = ahead(100 * PART);
    await of(hashes, 2);
    version = 2;
    expect(await of(hashes, 2)).toBe(`2: ${PART} bytes, version 2`);
  });

  it('does not take the hash of a range for that of a shorter one', async () => {
    const hashes = ahead(100 * PART);
    await of(hashes, 1);
    expect(await of(hashes, 2, 10)).toBe('2: 10 bytes, version 1');
  });

  it('forgets what the file may not hold any more', async () => {
    const hashes = ahead(100 * PART);
    await of(hashes, 1);
    version = 2;
    hashes.forget();
    expect(await of(hashes, 2)).toBe(`2: ${PART} bytes, version 2`);
    expect(await of(hashes, 1)).toBe(`1: ${PART} bytes, version 2`);
  });

  it('tells a failure to who asks for the part, and tries again', async () => {
    failing = new Set([3]);
    const hashes = ahead(100 * PART);
    await of(hashes, 1);
    failing = new Set();
    expect(await of(hashes, 3)).toBe(`3: ${PART} bytes, version 1`);
    failing = new Set([20]);
    await expect(of(hashes, 20)).rejects.toThrow('Part 20');
  });

  it('does not read gigabytes that nobody has asked for', async () => {
    const hashes = ahead(100 * 512 * MIB, 512 * MIB);
    await hashes.md5(0, 512 * MIB);
    expect(asked).toEqual([1]);
  });
});
