import { createHash } from 'node:crypto';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  type S3Client,
} from '@aws-sdk/client-s3';

/** SHA-256 of an object's bytes, in hexadecimal; null where there is none. */
export async function objectHash(client: S3Client, Bucket: string, Key: string): Promise<string | null> {
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
    const hash = createHash('sha256');
    for await (const chunk of Body as AsyncIterable<Uint8Array>) hash.update(chunk);
    return hash.digest('hex');
  } catch (error) {
    if ((error as Error).name === 'NoSuchKey') return null;
    throw error;
  }
}

/** Ids of the multipart uploads that were begun and not ended. */
export async function uploadsUnderWay(client: S3Client, Bucket: string): Promise<string[]> {
  const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket }));
  return Uploads.map(({ UploadId = '' }) => UploadId);
}

/** Keys of all objects. */
export async function objectsIn(client: S3Client, Bucket: string): Promise<string[]> {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
  return Contents.map(({ Key = '' }) => Key);
}

/** Deletes all objects: Ceph RGW keeps them in memory. */
export async function emptyBucket(client: S3Client, Bucket: string): Promise<void> {
  for (const Key of await objectsIn(client, Bucket))
    await client.send(new DeleteObjectCommand({ Bucket, Key }));
}
