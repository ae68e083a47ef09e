import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { pieceSchema } from './piece-store.ts';
import type { Piece, PieceStore } from './piece-store.ts';
import { Refusal } from './refusals.ts';
import { VersionShelf } from './version-shelf.ts';

export const descriptionSchema = z.object({
  /** Content-Type and its like, as they are given back. */
  headers: z.record(z.string(), z.string()),
  /** `x-amz-meta-*`, without the prefix. */
  metadata: z.record(z.string(), z.string()),
  tags: z.record(z.string(), z.string()).optional(),
});
export type Description = Readonly<z.infer<typeof descriptionSchema>>;

const objectSchema = z.object({
  key: z.string(),
  size: z.int(),
  /** Without its quotes. */
  etag: z.string(),
  lastModified: z.number(),
  /** Absent where the bucket kept no versions when it was put. */
  versionId: z.string().optional(),
  description: descriptionSchema,
  pieces: z.array(pieceSchema),
});
/** Size in bytes, `lastModified` in milliseconds. */
export type StoredObject = Readonly<z.infer<typeof objectSchema>>;

const bucketSchema = z.object({ name: z.string(), createdAt: z.number() });
export type Bucket = Readonly<z.infer<typeof bucketSchema>>;

interface Shelf {
  readonly bucket: Bucket;
  readonly objects: Map<string, StoredObject>;
}

/** Letters, digits, dots and hyphens: such a name is also a safe folder name. */
const BUCKET_NAME = /^(?=.{3,63}$)[a-z0-9](?:[a-z0-9-]|\.(?!\.))*[a-z0-9]$/;

/**
 * Buckets and their objects: in memory to be asked, on disk to be found again. A key never becomes a path;
 * its file is named by the key's hash.
 */
export class ObjectStore {
  readonly versions = new VersionShelf();
  readonly #folder: string;
  readonly #pieces: PieceStore;
  readonly #shelves = new Map<string, Shelf>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(folder: string, pieces: PieceStore) {
    this.#folder = folder;
    this.#pieces = pieces;
  }

  /** Reads back what an earlier run left. @returns the pieces that objects consist of */
  async open(): Promise<Piece[]> {
    await mkdir(this.#folder, { recursive: true });
    for (const name of await readdir(this.#folder)) {
      const bucket = bucketSchema.parse(await readJson(join(this.#folder, name, 'bucket.json')));
      const folder = join(this.#folder, name, 'objects');
      const files = (await readdir(folder)).filter((file) => file.endsWith('.json'));
      const objects = await Promise.all(files.map((file) => readJson(join(folder, file))));
      const byKey = objects
        .map((object) => objectSchema.parse(object))
        .map((object) => [object.key, object] as const);
      this.#shelves.set(name, { bucket, objects: new Map(byKey) });
    }
    return [...this.#shelves.values()].flatMap(({ objects }) =>
      [...objects.values()].flatMap((o) => o.pieces),
    );
  }

  buckets(): Bucket[] {
    return [...this.#shelves.values()].map(({ bucket }) => bucket).sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  hasBucket(name: string): boolean {
    return this.#shelves.has(name);
  }

  /** The folder in which everything of a bucket lies. */
  folderOf(bucket: string): string {
    return join(this.#folder, bucket);
  }

  /** @throws Refusal InvalidBucketName, BucketAlreadyOwnedByYou */
  async createBucket(name: string, nowMs: number): Promise<void> {
    if (!BUCKET_NAME.test(name)) throw new Refusal('InvalidBucketName', { fields: { BucketName: name } });
    await this.#inTurn(async () => {
      if (this.#shelves.has(name)) {
        throw new Refusal('BucketAlreadyOwnedByYou', { fields: { BucketName: name } });
      }
      const bucket = { name, createdAt: nowMs };
      await mkdir(join(this.folderOf(name), 'objects'), { recursive: true });
      await writeJson(join(this.folderOf(name), 'bucket.json'), bucket);
      this.#shelves.set(name, { bucket, objects: new Map() });
    });
  }

  /** @throws Refusal NoSuchBucket, BucketNotEmpty */
  async deleteBucket(name: string): Promise<void> {
    await this.#inTurn(async () => {
      if (this.#shelf(name).objects.size > 0) {
        throw new Refusal('BucketNotEmpty', { fields: { BucketName: name } });
      }
      if (this.versions.keys(name).length > 0) throw new Refusal('BucketNotEmpty');
      this.versions.forget(name);
      this.#shelves.delete(name);
      await rm(this.folderOf(name), { recursive: true });
    });
  }

  /** All objects of a bucket, in no order. @throws Refusal NoSuchBucket */
  objects(bucket: string): StoredObject[] {
    return [...this.#shelf(bucket).objects.values()];
  }

  /** @throws Refusal NoSuchBucket, NoSuchKey, NoSuchVersion, MethodNotAllowed for a delete marker */
  object(bucket: string, key: string, versionId?: string): StoredObject {
    const object = this.#shelf(bucket).objects.get(key);
    if (object !== undefined && [undefined, object.versionId ?? 'null'].includes(versionId)) return object;
    const older = this.versions.of(bucket, key);
    const named = older.find((version) => version.versionId === (versionId ?? older[0]?.versionId));
    if (versionId !== undefined && named?.object) return named.object;
    const fields = { Key: key };
    const headers = named?.object === null ? { 'x-amz-delete-marker': 'true' } : {};
    if (versionId === undefined) throw new Refusal('NoSuchKey', { fields, headers });
    throw new Refusal(named ? 'MethodNotAllowed' : 'NoSuchVersion', { fields, headers });
  }

  /**
   * @returns the object as it is kept, with the id of its version where those are kept
   * @throws Refusal NoSuchBucket, PreconditionFailed where the key is taken and `onlyIfAbsent` is set
   */
  put(bucket: string, object: StoredObject, onlyIfAbsent: boolean): Promise<StoredObject> {
    return this.#inTurn(async () => {
      const { objects } = this.#shelf(bucket);
      const replaced = objects.get(object.key);
      if (replaced !== undefined && onlyIfAbsent) {
        throw new Refusal('PreconditionFailed', { fields: { Condition: 'If-None-Match' } });
      }
      const keepsVersions = this.versions.keeps(bucket);
      const put = keepsVersions ? { ...object, versionId: this.versions.newId() } : object;
      await writeJson(this.#fileOf(bucket, object.key), put);
      objects.set(object.key, put);
      if (replaced !== undefined && keepsVersions) this.#keep(bucket, replaced);
      else await this.#pieces.discard(replaced?.pieces ?? []);
      return put;
    });
  }

  /** The object is told of in another way; its bytes stay. @throws Refusal NoSuchBucket */
  async describe(bucket: string, object: StoredObject): Promise<void> {
    await this.#inTurn(async () => {
      const { objects } = this.#shelf(bucket);
      await writeJson(this.#fileOf(bucket, object.key), object);
      objects.set(object.key, object);
    });
  }

  /**
   * Deleting what is not there is a success, as on S3. Where versions are kept, a marker is put on top of them.
   * @returns the id of the marker, or null where none was put
   * @throws Refusal NoSuchBucket
   */
  delete(bucket: string, key: string, nowMs: number): Promise<string | null> {
    return this.#inTurn(async () => {
      const { objects } = this.#shelf(bucket);
      const object = objects.get(key);
      objects.delete(key);
      await rm(this.#fileOf(bucket, key), { force: true });
      if (!this.versions.keeps(bucket)) {
        await this.#pieces.discard(object?.pieces ?? []);
        return null;
      }
      if (object !== undefined) this.#keep(bucket, object);
      const versionId = this.versions.newId();
      this.versions.add(bucket, key, { versionId, lastModified: nowMs, object: null });
      return versionId;
    });
  }

  /** Deletes one version for good; the one below it comes to light again. @throws Refusal NoSuchBucket */
  async deleteVersion(bucket: string, key: string, versionId: string): Promise<void> {
    await this.#inTurn(async () => {
      const { objects } = this.#shelf(bucket);
      const object = objects.get(key);
      if (object !== undefined && (object.versionId ?? 'null') === versionId) {
        objects.delete(key);
        await rm(this.#fileOf(bucket, key), { force: true });
        await this.#pieces.discard(object.pieces);
      } else await this.#pieces.discard(this.versions.remove(bucket, key, versionId)?.object?.pieces ?? []);
      const [next] = objects.has(key) ? [] : this.versions.of(bucket, key);
      if (!next?.object) return;
      this.versions.remove(bucket, key, next.versionId);
      await writeJson(this.#fileOf(bucket, key), next.object);
      objects.set(key, next.object);
    });
  }

  #keep(bucket: string, object: StoredObject): void {
    const { key, lastModified, versionId = 'null' } = object;
    this.versions.add(bucket, key, { versionId, lastModified, object });
  }

  #shelf(bucket: string): Shelf {
    const shelf = this.#shelves.get(bucket);
    if (shelf === undefined) throw new Refusal('NoSuchBucket', { fields: { BucketName: bucket } });
    return shelf;
  }

  #fileOf(bucket: string, key: string): string {
    return join(this.folderOf(bucket), 'objects', `${createHash('sha256').update(key).digest('hex')}.json`);
  }

  /** One change after the other: between looking whether a key is free and taking it, nobody may come in. */
  #inTurn<T>(change: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(change);
    this.#turn = done.catch(() => undefined);
    return done;
  }
}

export async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8')) as unknown;
}

export async function writeJson(path: string, value: unknown): Promise<void> {
  // Surviving a power cut is no aim here, and waiting for the disk would slow every test down.
  await writeFileAtomic(path, JSON.stringify(value), { fsync: false });
}
