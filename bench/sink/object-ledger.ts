import { createHash, randomBytes } from 'node:crypto';

/** What is known of an object whose bytes were thrown away. */
export interface SunkObject {
  /** Bytes. */
  readonly size: number;
  /** In quotes, as S3 sends it. */
  readonly etag: string;
  /** Headers that a HEAD gives back: content-type, content-disposition, x-amz-meta-*. */
  readonly headers: ReadonlyMap<string, string>;
}

export interface SunkPart {
  /** Bytes. */
  readonly size: number;
  /** In quotes. */
  readonly etag: string;
}

interface SunkUpload {
  readonly path: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly parts: Map<number, SunkPart>;
}

/** The books of the sink: which objects and parts came, and how large they were. */
export class ObjectLedger {
  readonly objects = new Map<string, SunkObject>();
  readonly uploads = new Map<string, SunkUpload>();

  /** Begins a multipart upload and yields its upload id. */
  create(path: string, headers: ReadonlyMap<string, string>): string {
    const uploadId = randomBytes(16).toString('hex');
    this.uploads.set(uploadId, { path, headers, parts: new Map() });
    return uploadId;
  }

  /** Makes an object of the parts that the client lists; null where one of them never came, or all is unknown. */
  complete(uploadId: string, partNumbers: readonly number[]): SunkObject | null {
    const upload = this.uploads.get(uploadId);
    const parts = partNumbers.map((partNumber) => upload?.parts.get(partNumber));
    if (!upload || parts.length === 0 || !parts.every((part) => part !== undefined)) return null;
    const etag = multipartEtag(parts);
    const size = parts.reduce((sum, part) => sum + part.size, 0);
    const object = { size, etag, headers: upload.headers };
    this.objects.set(upload.path, object);
    this.uploads.delete(uploadId);
    return object;
  }

  /** What arrived so far: objects, and their bytes together. */
  get total(): { objects: number; bytes: number; openUploads: number } {
    let bytes = 0;
    for (const { size } of this.objects.values()) bytes += size;
    return { objects: this.objects.size, bytes, openUploads: this.uploads.size };
  }

  clear(): void {
    this.objects.clear();
    this.uploads.clear();
  }
}

/**
 * The ETag of a body that nobody hashed: the client's own Content-MD5, which is what S3 would find, else a value that is
 * none. rclone compares a single PUT's ETag with its MD5, and always sends Content-MD5; nobody else compares.
 */
export function etagFor(contentMd5: string | undefined): string {
  const bytes = contentMd5 === undefined ? Buffer.alloc(16, 0xee) : Buffer.from(contentMd5, 'base64');
  return `"${bytes.toString('hex')}"`;
}

/** S3's ETag of an object in parts: the MD5 of their MD5s, and how many they are. */
function multipartEtag(parts: readonly SunkPart[]): string {
  const hash = createHash('md5');
  for (const { etag } of parts) hash.update(Buffer.from(etag.slice(1, -1), 'hex'));
  return `"${hash.digest('hex')}-${parts.length}"`;
}
