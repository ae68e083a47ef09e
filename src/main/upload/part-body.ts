import type { PartRange } from './part-plan.ts';
import type { SourceFile } from './ports.ts';
import { Rooms } from './rooms.ts';

/** What goes to the socket at once: small enough that progress moves, large enough that few calls are made. */
export const CHUNK_BYTES = 256 * 1024;
/** A chunk in the socket, one that waits for it, one that is being read, and one to spare. */
const SLOTS = 4;

/** Whoever sends one small file often sends many: what they were sent from serves the next. */
const ROOMS_OF_SMALL = new Rooms(CHUNK_BYTES, SLOTS);

/** Rooms for what of a part is in memory at one moment, where no part is longer than so many bytes. */
export function partRooms(longest: number): Rooms {
  return longest <= CHUNK_BYTES
    ? ROOMS_OF_SMALL
    : new Rooms(Math.min(longest, SLOTS * CHUNK_BYTES), Infinity);
}

/**
 * The bytes of a part, chunk by chunk, one read ahead. A part is read twice, for its hash and for sending, so that memory stays flat whatever its size; S3 refuses it where a file
 * that changes in between gives other bytes.
 * @param room as `partRooms` give it for parts of this length or longer ones
 * @throws SandglassError file-changed, file-unreadable
 */
export async function* partBody(
  file: SourceFile,
  { offset, length }: PartRange,
  room = partRooms(length).take(),
): AsyncGenerator<Uint8Array> {
  const end = offset + length;
  let slot = 0;
  const read = async (from: number): Promise<Uint8Array | null> => {
    if (from >= end) return null;
    const at = slot * CHUNK_BYTES;
    slot = (slot + 1) % SLOTS;
    const chunk = room.subarray(at, at + Math.min(CHUNK_BYTES, end - from));
    await file.read(chunk, from);
    return chunk;
  };
  let ahead = read(offset);
  for (let from = offset; from < end; from += CHUNK_BYTES) {
    const chunk = await ahead;
    if (chunk === null) return;
    ahead = read(from + CHUNK_BYTES);
    // Whoever stops in between must not leave a failure that nobody hears.
    ahead.catch(() => undefined);
    yield chunk;
  }
}
