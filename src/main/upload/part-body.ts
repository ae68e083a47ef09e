import { createHash } from 'node:crypto';
import type { PartRange } from './part-plan.ts';
import type { Body, BodyFacts, SourceFile } from './ports.ts';

/** What goes to the socket at once: small enough that progress moves, large enough that few calls are made. */
const CHUNK_BYTES = 256 * 1024;
/** Parts up to this size are read once and held; larger ones are read twice, so that memory stays flat. */
export const HELD_PART_BYTES = 16 * 1024 ** 2;

export interface PartBody extends BodyFacts {
  chunks(): Body;
}

/** Room for one part at a time. Each worker has its own and uses it again for every part. */
export function partBuffer(partBytes: number): Uint8Array {
  return Buffer.allocUnsafeSlow(Math.min(partBytes, HELD_PART_BYTES));
}

/**
 * Reads a part and hashes it. S3 refuses a part whose bytes do not match the signed MD5, so a file that changes
 * between the two readings of a large part cannot slip through.
 * @throws SandglassError file-changed, file-unreadable
 */
export async function readPart(file: SourceFile, range: PartRange, buffer: Uint8Array): Promise<PartBody> {
  const hash = createHash('md5');
  if (range.length <= buffer.length) {
    const held = buffer.subarray(0, range.length);
    await file.read(held, range.offset);
    hash.update(held);
    return { size: range.length, md5: hash.digest('base64'), chunks: () => slices(held) };
  }
  for await (const chunk of chunksOf(file, range, buffer)) hash.update(chunk);
  return { size: range.length, md5: hash.digest('base64'), chunks: () => chunksOf(file, range, buffer) };
}

function* slices(held: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < held.length; at += CHUNK_BYTES) yield held.subarray(at, at + CHUNK_BYTES);
}

async function* chunksOf(file: SourceFile, range: PartRange, buffer: Uint8Array): AsyncGenerator<Uint8Array> {
  const end = range.offset + range.length;
  // Each chunk lies in a place of its own until the buffer is used up: the socket may still hold earlier ones.
  let room = 0;
  for (let offset = range.offset; offset < end; offset += CHUNK_BYTES) {
    const length = Math.min(CHUNK_BYTES, end - offset);
    if (room + length > buffer.length) room = 0;
    const chunk = buffer.subarray(room, room + length);
    await file.read(chunk, offset);
    room += length;
    yield chunk;
  }
}
