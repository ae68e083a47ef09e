import { createHash } from 'node:crypto';
import { mkdtempSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, vi } from 'vitest';
import { DiskFile, type RangeHasher } from '../../../src/main/platform/disk-file.ts';

export const KIB = 1024;
export const CONTENT = Buffer.alloc(1000 * KIB, 'the bytes of the file ');
export const md5Of = (bytes: Buffer) => createHash('md5').update(bytes).digest('base64');

export let folder: string;
export let path: string;
export let hasher: { md5: ReturnType<typeof vi.fn<RangeHasher['md5']>> };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandglass-disk-'));
  path = join(folder, 'film.mp4');
  writeFileSync(path, CONTENT);
  // A whole second, so that it can be put back to just what it was.
  utimesSync(path, 1_780_000_000, 1_780_000_000);
  hasher = { md5: vi.fn<RangeHasher['md5']>(() => Promise.resolve('hashed elsewhere')) };
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

export const open = () => DiskFile.open(path, hasher);

export async function readAll(file: DiskFile, offset = 0, length = 100): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  await file.read(buffer, offset);
  return buffer;
}

/** The same size and the same times, as whoever hides a change leaves them. */
export function rewrittenInPlace(): void {
  const { atime, mtime } = statSync(path);
  writeFileSync(path, Buffer.alloc(CONTENT.length, 'other bytes'));
  utimesSync(path, atime, mtime);
}

export function replaced(): void {
  const { atime, mtime } = statSync(path);
  writeFileSync(`${path}.new`, CONTENT);
  utimesSync(`${path}.new`, atime, mtime);
  renameSync(`${path}.new`, path);
}
