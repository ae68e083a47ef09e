import { createHash, randomBytes } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HashPool } from '../../../src/main/platform/hash-pool.ts';

const KIB = 1024;
const CONTENT = randomBytes(5_000 * KIB + 7);
const md5Of = (offset: number, length: number) =>
  createHash('md5')
    .update(CONTENT.subarray(offset, offset + length))
    .digest('base64');

let folder: string;
let fd: number;
let pool: HashPool;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandglass-hash-'));
  writeFileSync(join(folder, 'file'), CONTENT);
  fd = openSync(join(folder, 'file'), 'r');
  pool = new HashPool(2);
});

afterAll(async () => {
  await pool.close();
  closeSync(fd);
  rmSync(folder, { recursive: true, force: true });
});

describe('the hash of a range', () => {
  it.each([
    ['of nothing', 0, 0],
    ['of a byte', 7, 1],
    ['of a block less a bit', 3, 63],
    ['of what is read at once', 0, 256 * KIB],
    ['of a byte more', 1, 256 * KIB + 1],
    ['of all', 0, CONTENT.length],
  ])('%s is that of its bytes', async (_what, offset, length) => {
    expect(await pool.md5(fd, offset, length)).toBe(md5Of(offset, length));
  });

  it('is its own however many are asked for together, of whatever lengths', async () => {
    const ranges = Array.from({ length: 40 }, (_none, index) => [
      index * 100 * KIB,
      (index * 37_519) % (900 * KIB),
    ]);
    const found = await Promise.all(ranges.map(([offset = 0, length = 0]) => pool.md5(fd, offset, length)));
    expect(found).toEqual(ranges.map(([offset = 0, length = 0]) => md5Of(offset, length)));
  });

  it('that the file does not hold fails as too short, and harms no other', async () => {
    const short = pool.md5(fd, CONTENT.length - 10, 11);
    const good = pool.md5(fd, 0, 1_000 * KIB);
    await expect(short).rejects.toMatchObject({ code: 'SHORT' });
    expect(await good).toBe(md5Of(0, 1_000 * KIB));
  });

  it('of a file that is not open fails with the system’s code', async () => {
    await expect(pool.md5(1_000_000, 0, 1_000)).rejects.toMatchObject({ code: 'EBADF' });
    expect(await pool.md5(fd, 0, 10)).toBe(md5Of(0, 10));
  });
});

describe('a pool that is closed', () => {
  it('leaves nobody waiting', async () => {
    const closing = new HashPool(1);
    const hash = closing.md5(fd, 0, CONTENT.length);
    const outcome = hash.then(
      () => 'hashed',
      () => 'failed',
    );
    await closing.close();
    expect(['hashed', 'failed']).toContain(await outcome);
  });

  it('that was never asked closes at once', async () => {
    await expect(new HashPool(2).close()).resolves.toBeUndefined();
  });
});
