import { createHash, randomFillSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { DeleteObjectCommand, ListMultipartUploadsCommand, type S3Client } from '@aws-sdk/client-s3';
import type { History } from '../../src/main/history/history.ts';
import { objectHash } from '../integration/upload/bucket-contents.ts';

/** Where a campaign runs: a server, a bucket on it, and a client that no fault strikes. */
export interface Field {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly client: S3Client;
  readonly bucket: string;
}

/** How one run ended. */
export interface Verdict {
  /** The link works, or the app said why not. */
  readonly end: 'shared' | 'refused';
  /** What the run did, and what struck it. */
  readonly story: readonly string[];
  /** What must never be; empty where all is well. */
  readonly losses: readonly string[];
}

/** Writes a file of so many random bytes, and gives their SHA-256 in hexadecimal. */
export async function writeRandomFile(path: string, size: number): Promise<string> {
  const bytes = randomFillSync(Buffer.allocUnsafe(size));
  await writeFile(path, bytes);
  return createHash('sha256').update(bytes).digest('hex');
}

/** What of a share is not as it must be, now that its upload has ended. */
export async function lossesOf(
  { client, bucket }: Field,
  history: History,
  share: { readonly id: string; readonly hash: string },
): Promise<string[]> {
  const { key, status, uploadId } = history.find(share.id);
  const losses: string[] = [];
  const found = await objectHash(client, bucket, key);
  if (status === 'live' && found !== share.hash)
    losses.push(`the link works, but the object is ${found === null ? 'missing' : 'not the file'}`);
  if (status !== 'live' && found !== null) losses.push(`an object is there, though the share is ${status}`);
  if (status === 'uploading' || status === 'interrupted') losses.push(`it never ended: ${status}`);
  const { Uploads = [] } = await client.send(
    new ListMultipartUploadsCommand({ Bucket: bucket, Prefix: key }),
  );
  if (Uploads.length > 0) losses.push(`${Uploads.length} multipart upload(s) orphaned`);
  // A thousand files would fill the disk, and Ceph RGW's memory.
  await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
  if (uploadId !== null) losses.push('an upload id is still in the history');
  return losses;
}
