import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const MIB = 1024 ** 2;
const BLOCK_BYTES = 64 * MIB;

/** A file of random bytes, 64 MiB of them over and over; read once, so that the page cache is what is measured. */
export async function randomFile(folder: string, name: string, bytes: number): Promise<string> {
  const path = join(folder, name);
  const block = randomBytes(Math.min(BLOCK_BYTES, bytes));
  const file = await open(path, 'w');
  for (let written = 0; written < bytes; written += block.length) {
    await file.write(block, 0, Math.min(block.length, bytes - written));
  }
  // Written out now, so that the disk is idle when the measuring begins.
  await file.sync();
  await file.close();
  return path;
}

/** A file that is all hole: any size, no disk. */
export async function sparseFile(folder: string, name: string, bytes: number): Promise<string> {
  const path = join(folder, name);
  const file = await open(path, 'w');
  await file.truncate(bytes);
  await file.close();
  return path;
}

/** A folder with so many files of so many bytes each, every one different. */
export async function manyFiles(
  folder: string,
  count: number,
  bytes: number,
): Promise<{ readonly folder: string; readonly paths: readonly string[] }> {
  const place = join(folder, `${count}-files`);
  await mkdir(place);
  const paths = Array.from({ length: count }, (_, n) => join(place, `file-${n}.bin`));
  for (const path of paths) {
    await writeFile(path, randomBytes(bytes));
    await readFile(path);
  }
  return { folder: place, paths };
}
