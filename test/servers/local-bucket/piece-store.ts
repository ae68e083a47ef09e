import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';

export const pieceSchema = z.object({ file: z.uuid(), size: z.int().min(0), md5: z.string() });

/** Bytes that arrived in one request: a whole small object, or one part of a large one. `size` in bytes, md5 in hex. */
export type Piece = Readonly<z.infer<typeof pieceSchema>>;

const CHUNK_BYTES = 1024 * 1024;

/**
 * Keeps pieces as files. An object made of parts lists its pieces instead of copying them into one file,
 * so completing an upload of any size takes no time.
 */
export class PieceStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Makes the folder, and clears away what an interrupted run received but never used. */
  async open(inUse: readonly Piece[]): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const kept = new Set(inUse.map(({ file }) => file));
    const orphans = (await readdir(this.#folder)).filter((file) => !kept.has(file));
    await Promise.all(orphans.map((file) => rm(join(this.#folder, file), { force: true })));
  }

  /** Streams chunks to disk; where they end in an error, nothing is left behind and the error is passed on. */
  async receive(chunks: AsyncIterable<Buffer>): Promise<Piece> {
    const file = randomUUID();
    const path = join(this.#folder, file);
    const md5 = createHash('md5');
    let size = 0;
    async function* measured(): AsyncGenerator<Buffer> {
      for await (const chunk of chunks) {
        md5.update(chunk);
        size += chunk.length;
        yield chunk;
      }
    }
    try {
      await pipeline(measured, createWriteStream(path, { highWaterMark: CHUNK_BYTES }));
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
    return { file, size, md5: md5.digest('hex') };
  }

  /** The bytes from `first` to `last`, both included, counted over all the pieces. */
  async *read(pieces: readonly Piece[], first: number, last: number): AsyncGenerator<Uint8Array> {
    let offset = 0;
    for (const { file, size } of pieces) {
      const start = Math.max(first - offset, 0);
      const end = Math.min(last - offset, size - 1);
      offset += size;
      if (start > end) continue;
      const options = { start, end, highWaterMark: CHUNK_BYTES };
      yield* createReadStream(join(this.#folder, file), options) as AsyncIterable<Buffer>;
    }
  }

  async discard(pieces: readonly Piece[]): Promise<void> {
    for (const { file } of pieces) await rm(join(this.#folder, file), { force: true });
  }
}
