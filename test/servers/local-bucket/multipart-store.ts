import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { descriptionSchema, readJson, writeJson } from './object-store.ts';
import type { Description, ObjectStore } from './object-store.ts';
import { pieceSchema } from './piece-store.ts';
import type { Piece, PieceStore } from './piece-store.ts';
import { Refusal } from './refusals.ts';

const partSchema = z.object({ number: z.int(), piece: pieceSchema, lastModified: z.number() });
/** `lastModified` in milliseconds; the part's ETag is its piece's MD5. */
export type Part = Readonly<z.infer<typeof partSchema>>;

const uploadSchema = z.object({
  id: z.string(),
  bucket: z.string(),
  key: z.string(),
  startedAt: z.number(),
  description: descriptionSchema,
});
export type Upload = Readonly<z.infer<typeof uploadSchema>>;

/** A part as Complete names it: the ETag without quotes. */
export interface NamedPart {
  readonly number: number;
  readonly etag: string;
}

interface Workbench {
  readonly upload: Upload;
  readonly parts: Map<number, Part>;
}

const SMALLEST_PART_BYTES = 5 * 1024 * 1024;

/** Uploads under way: their parts, and what the object will be once they are complete. */
export class MultipartStore {
  readonly #objects: ObjectStore;
  readonly #pieces: PieceStore;
  readonly #benches = new Map<string, Workbench>();

  constructor(objects: ObjectStore, pieces: PieceStore) {
    this.#objects = objects;
    this.#pieces = pieces;
  }

  /**
   * Reads back what an earlier run left.
   * @param ofObjects the pieces that belong to objects: a run may have ended between completing and clearing up
   * @returns the pieces that parts consist of
   */
  async open(ofObjects: readonly Piece[]): Promise<Piece[]> {
    const taken = new Set(ofObjects.map(({ file }) => file));
    for (const { name } of this.#objects.buckets()) {
      const folder = join(this.#objects.folderOf(name), 'uploads');
      await mkdir(folder, { recursive: true });
      for (const id of await readdir(folder)) {
        const bench = await readBench(join(folder, id));
        if (![...bench.parts.values()].some(({ piece }) => taken.has(piece.file)))
          this.#benches.set(id, bench);
        else await rm(join(folder, id), { recursive: true });
      }
    }
    return [...this.#benches.values()].flatMap(({ parts }) => piecesIn(parts));
  }

  /** @throws Refusal NoSuchBucket */
  async create(bucket: string, key: string, description: Description, nowMs: number): Promise<Upload> {
    this.#objects.objects(bucket);
    const upload = { id: randomBytes(24).toString('base64url'), bucket, key, startedAt: nowMs, description };
    await mkdir(this.#folderOf(upload), { recursive: true });
    await writeJson(join(this.#folderOf(upload), 'upload.json'), upload);
    this.#benches.set(upload.id, { upload, parts: new Map() });
    return upload;
  }

  /** The uploads under way in a bucket, by key and then by age. @throws Refusal NoSuchBucket */
  uploads(bucket: string): Upload[] {
    this.#objects.objects(bucket);
    return [...this.#benches.values()]
      .map(({ upload }) => upload)
      .filter((upload) => upload.bucket === bucket)
      .sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)) || a.startedAt - b.startedAt);
  }

  /** The parts so far, by number. @throws Refusal NoSuchBucket, NoSuchUpload */
  parts(bucket: string, key: string, id: string): Part[] {
    return [...this.#bench(bucket, key, id).parts.values()].sort((a, b) => a.number - b.number);
  }

  /**
   * A part of a number that is there already replaces it.
   * @throws Refusal NoSuchUpload, also where the upload ended while the part was on its way
   */
  async addPart(bucket: string, key: string, id: string, part: Part): Promise<void> {
    const bench = this.#bench(bucket, key, id);
    const replaced = bench.parts.get(part.number);
    bench.parts.set(part.number, part);
    try {
      await writeJson(join(this.#folderOf(bench.upload), `${part.number}.json`), part);
    } catch (error) {
      throw this.#benches.has(id) ? error : noSuchUpload(id);
    }
    if (replaced !== undefined) await this.#pieces.discard([replaced.piece]);
  }

  /**
   * Makes the object of the named parts; parts that are not named are thrown away.
   * @returns the ETag without quotes
   * @throws Refusal NoSuchUpload, InvalidPart, InvalidPartOrder, EntityTooSmall, PreconditionFailed
   */
  async complete(
    where: { readonly bucket: string; readonly key: string; readonly id: string },
    named: readonly NamedPart[],
    options: { readonly onlyIfAbsent: boolean; readonly nowMs: number },
  ): Promise<string> {
    const { bucket, key, id } = where;
    const { upload, parts } = this.#bench(bucket, key, id);
    const pieces = piecesOf(named, parts, id);
    const etag = multipartEtag(pieces);
    const size = pieces.reduce((sum, piece) => sum + piece.size, 0);
    const { description } = upload;
    const object = { key, size, etag, lastModified: options.nowMs, description, pieces };
    // Taken away first, so that nothing can be added, aborted or completed again meanwhile.
    this.#benches.delete(id);
    try {
      await this.#objects.put(bucket, object, options.onlyIfAbsent);
    } catch (error) {
      this.#benches.set(id, { upload, parts });
      throw error;
    }
    const used = new Set(pieces);
    await this.#clear(
      upload,
      piecesIn(parts).filter((piece) => !used.has(piece)),
    );
    return etag;
  }

  /** @throws Refusal NoSuchBucket, NoSuchUpload */
  async abort(bucket: string, key: string, id: string): Promise<void> {
    const { upload, parts } = this.#bench(bucket, key, id);
    this.#benches.delete(id);
    await this.#clear(upload, piecesIn(parts));
  }

  /** Lets go of the uploads of a bucket that was deleted. */
  async abandon(bucket: string): Promise<void> {
    for (const { upload, parts } of [...this.#benches.values()]) {
      if (upload.bucket !== bucket) continue;
      this.#benches.delete(upload.id);
      await this.#pieces.discard(piecesIn(parts));
    }
  }

  async #clear(upload: Upload, unused: readonly Piece[]): Promise<void> {
    await rm(this.#folderOf(upload), { recursive: true, force: true });
    await this.#pieces.discard(unused);
  }

  #bench(bucket: string, key: string, id: string): Workbench {
    this.#objects.objects(bucket);
    const bench = this.#benches.get(id);
    if (bench?.upload.bucket !== bucket || bench.upload.key !== key) {
      throw noSuchUpload(id);
    }
    return bench;
  }

  #folderOf({ bucket, id }: Upload): string {
    return join(this.#objects.folderOf(bucket), 'uploads', id);
  }
}

async function readBench(folder: string): Promise<Workbench> {
  const upload = uploadSchema.parse(await readJson(join(folder, 'upload.json')));
  const files = (await readdir(folder)).filter((file) => /^\d+\.json$/.test(file));
  const parts = await Promise.all(
    files.map(async (file) => partSchema.parse(await readJson(join(folder, file)))),
  );
  return { upload, parts: new Map(parts.map((part) => [part.number, part])) };
}

function piecesIn(parts: ReadonlyMap<number, Part>): Piece[] {
  return [...parts.values()].map(({ piece }) => piece);
}

function noSuchUpload(id: string): Refusal {
  return new Refusal('NoSuchUpload', { fields: { UploadId: id } });
}

function piecesOf(named: readonly NamedPart[], parts: ReadonlyMap<number, Part>, id: string): Piece[] {
  if (named.some(({ number }, index) => index > 0 && number <= named[index - 1]!.number)) {
    throw new Refusal('InvalidPartOrder', { fields: { UploadId: id } });
  }
  return named.map(({ number, etag }, index) => {
    const piece = parts.get(number)?.piece;
    if (piece?.md5 !== etag) {
      throw new Refusal('InvalidPart', { fields: { UploadId: id, PartNumber: number, ETag: etag } });
    }
    if (piece.size < SMALLEST_PART_BYTES && index < named.length - 1) {
      const sizes = { ProposedSize: piece.size, MinSizeAllowed: SMALLEST_PART_BYTES };
      throw new Refusal('EntityTooSmall', { fields: { ...sizes, PartNumber: number, ETag: etag } });
    }
    return piece;
  });
}

/** The MD5 of the parts' MD5s, and how many they were. */
function multipartEtag(pieces: readonly Piece[]): string {
  const digest = createHash('md5');
  for (const { md5 } of pieces) digest.update(md5, 'hex');
  return `${digest.digest('hex')}-${pieces.length}`;
}
