import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { HELD_PART_BYTES, partBuffer, readPart } from '../../../src/main/upload/part-body.ts';
import type { Body, SourceFile } from '../../../src/main/upload/ports.ts';
import { SandglassError } from '../../../src/shared/errors.ts';

const KIB = 1024;

/** A file in memory that counts how often it is read. */
function file(content: Buffer): SourceFile & { reads: () => number } {
  let reads = 0;
  return {
    size: content.length,
    reads: () => reads,
    assertUnchanged: () => Promise.resolve(),
    read: (buffer, offset) => {
      reads++;
      if (content.copy(buffer, 0, offset, offset + buffer.length) === buffer.length) return Promise.resolve();
      return Promise.reject(new SandglassError('file-changed', 'Too short.'));
    },
  };
}

function content(bytes: number): Buffer {
  const made = Buffer.alloc(bytes);
  for (let at = 0; at < bytes; at += 61) made[at] = (at * 31 + (at >> 8)) & 0xff;
  return made;
}

const md5 = (bytes: Buffer) => createHash('md5').update(bytes).digest('base64');

/** What a socket would get, each chunk copied when it comes. */
async function received(chunks: Body): Promise<Buffer> {
  const copies: Buffer[] = [];
  for await (const chunk of chunks) copies.push(Buffer.from(chunk));
  return Buffer.concat(copies);
}

describe('the body of a part', () => {
  const bytes = content(1000 * KIB + 3);

  it.each([
    ['held in memory', 1000 * KIB + 3],
    ['read twice', 512 * KIB],
    ['read twice, with room for hardly a chunk', 256 * KIB],
  ])('%s is the very bytes of its range, with their MD5', async (_how, room) => {
    const range = { partNumber: 1, offset: 7, length: bytes.length - 7 };
    const body = await readPart(file(bytes), range, partBuffer(room));
    expect(body).toMatchObject({ size: range.length, md5: md5(bytes.subarray(7)) });
    expect((await received(body.chunks())).equals(bytes.subarray(7))).toBe(true);
  });

  it('is one empty body for an empty part', async () => {
    const body = await readPart(
      file(Buffer.alloc(0)),
      { partNumber: 1, offset: 0, length: 0 },
      partBuffer(0),
    );
    expect(body).toMatchObject({ size: 0, md5: '1B2M2Y8AsgTpgAmY7PhCfg==' });
    expect(await received(body.chunks())).toHaveLength(0);
  });

  it('comes in chunks of 256 KiB, so that progress moves', async () => {
    const body = await readPart(
      file(bytes),
      { partNumber: 1, offset: 0, length: bytes.length },
      partBuffer(bytes.length),
    );
    const lengths: number[] = [];
    for await (const chunk of body.chunks()) lengths.push(chunk.length);
    expect(lengths).toEqual([256 * KIB, 256 * KIB, 256 * KIB, 232 * KIB + 3]);
  });

  it('is read once where it is held, and can be sent again from memory', async () => {
    const source = file(bytes);
    const range = { partNumber: 1, offset: 0, length: bytes.length };
    const body = await readPart(source, range, partBuffer(bytes.length));
    await received(body.chunks());
    expect((await received(body.chunks())).equals(bytes)).toBe(true);
    expect(source.reads()).toBe(1);
  });

  it('keeps earlier chunks whole while there is room, for the socket may still hold them', async () => {
    const range = { partNumber: 1, offset: 0, length: bytes.length };
    const body = await readPart(file(bytes), range, partBuffer(768 * KIB));
    const held: Uint8Array[] = [];
    for await (const chunk of body.chunks()) {
      held.push(chunk);
      if (held.length === 3) break;
    }
    expect(Buffer.concat(held).equals(bytes.subarray(0, 768 * KIB))).toBe(true);
  });

  it('that the file no longer holds is refused when it is read', async () => {
    const range = { partNumber: 1, offset: 0, length: bytes.length + 1 };
    for (const room of [range.length, 256 * KIB]) {
      await expect(readPart(file(bytes), range, partBuffer(room))).rejects.toMatchObject({
        code: 'file-changed',
      });
    }
  });

  it('that changes between its two readings no longer matches its MD5', async () => {
    const changing = Buffer.from(bytes);
    const range = { partNumber: 1, offset: 0, length: bytes.length };
    const body = await readPart(file(changing), range, partBuffer(256 * KIB));
    changing[500 * KIB] = 1 + (changing[500 * KIB] ?? 0);
    expect(md5(await received(body.chunks()))).not.toBe(body.md5);
  });
});

describe('the room for a part', () => {
  it('is as large as the part, up to what may be held', () => {
    expect(partBuffer(1000)).toHaveLength(1000);
    expect(partBuffer(HELD_PART_BYTES + 1)).toHaveLength(HELD_PART_BYTES);
  });
});
