import { describe, expect, it } from 'vitest';
import { CHUNK_BYTES, partBody } from '../../../src/main/upload/part-body.ts';
import type { Body, SourceFile } from '../../../src/main/upload/ports.ts';
import { SandglassError } from '../../../src/shared/errors.ts';

const KIB = 1024;

/** A file in memory that counts how often it is read, and how much at once. */
function file(content: Buffer) {
  const seen = { reads: 0, largest: 0, rooms: new Set<ArrayBufferLike>() };
  const source: SourceFile = {
    size: content.length,
    md5: () => Promise.reject(new Error('Nobody asked for a hash.')),
    compare: () => Promise.resolve('same'),
    read: (buffer, offset) => {
      seen.reads++;
      seen.largest = Math.max(seen.largest, buffer.length);
      seen.rooms.add(buffer.buffer);
      if (content.copy(buffer, 0, offset, offset + buffer.length) === buffer.length) return Promise.resolve();
      return Promise.reject(new SandglassError('file-changed', 'Too short.'));
    },
  };
  return { source, seen };
}

function content(bytes: number): Buffer {
  const made = Buffer.alloc(bytes);
  for (let at = 0; at < bytes; at += 61) made[at] = (at * 31 + (at >> 8)) & 0xff;
  return made;
}

/** What a socket would get, each chunk copied when it comes. */
async function received(chunks: Body): Promise<Buffer> {
  const copies: Buffer[] = [];
  for await (const chunk of chunks) copies.push(Buffer.from(chunk));
  return Buffer.concat(copies);
}

describe('the body of a part', () => {
  const bytes = content(3000 * KIB + 3);
  const whole = { partNumber: 1, offset: 0, length: bytes.length };

  it.each([0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3000 * KIB - 4])(
    'of %d bytes is the very bytes of its range',
    async (length) => {
      const { source } = file(bytes);
      const body = await received(partBody(source, { partNumber: 1, offset: 7, length }));
      expect(body.equals(bytes.subarray(7, 7 + length))).toBe(true);
    },
  );

  it('comes in chunks of 256 KiB, so that progress moves', async () => {
    const lengths: number[] = [];
    for await (const chunk of partBody(file(bytes).source, { ...whole, length: 1000 * KIB + 3 }))
      lengths.push(chunk.length);
    expect(lengths).toEqual([256 * KIB, 256 * KIB, 256 * KIB, 232 * KIB + 3]);
  });

  it('of an empty part reads nothing', async () => {
    const { source, seen } = file(Buffer.alloc(0));
    expect(await received(partBody(source, { ...whole, length: 0 }))).toHaveLength(0);
    expect(seen.reads).toBe(0);
  });

  it('takes the same little memory whatever its length, and reads each byte once', async () => {
    const { source, seen } = file(bytes);
    await received(partBody(source, whole));
    expect([seen.reads, seen.largest, seen.rooms.size]).toEqual([12, CHUNK_BYTES, 1]);
    const [room] = seen.rooms;
    expect(room?.byteLength).toBe(4 * CHUNK_BYTES);
  });

  it('keeps a chunk whole until two more were taken, for the socket may still hold it', async () => {
    const held: Uint8Array[] = [];
    for await (const chunk of partBody(file(bytes).source, whole)) {
      held.push(chunk);
      if (held.length === 3) break;
    }
    expect(Buffer.concat(held).equals(bytes.subarray(0, 3 * CHUNK_BYTES))).toBe(true);
  });

  it('reads one chunk ahead, and no more than one', async () => {
    const { source, seen } = file(bytes);
    const chunks = partBody(source, whole);
    await chunks.next();
    expect(seen.reads).toBe(2);
    await chunks.return(undefined);
  });

  it('that the file no longer holds is refused', async () => {
    const longer = { ...whole, length: bytes.length + 1 };
    await expect(received(partBody(file(bytes).source, longer))).rejects.toMatchObject({
      code: 'file-changed',
    });
  });

  it('that nobody wants any more leaves no failure that nobody hears', async () => {
    const chunks = partBody(file(bytes.subarray(0, CHUNK_BYTES)).source, whole);
    await chunks.next();
    await expect(chunks.return(undefined)).resolves.toMatchObject({ done: true });
  });
});
