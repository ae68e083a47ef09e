import { CreateBucketCommand, PutBucketAclCommand, S3Client } from '@aws-sdk/client-s3';
import { Pool } from 'undici';
import type { Connected } from '../../test/e2e/desktop.ts';

const CONNECTIONS = 32;

/** Where a bucket can be made and filled, and by whose keys. */
type Access = Omit<Connected, 'bucket'>;

export const keyOf = (place: number): string => `key-${String(place).padStart(6, '0')}.jpg`;

/**
 * Fills a new bucket of Ceph RGW with empty objects. Everybody may write to it while that lasts, for to sign each of a
 * hundred thousand requests would take longer than to send it.
 * @returns milliseconds that the filling took
 */
export async function fillBucket(access: Access, bucket: string, count: number): Promise<number> {
  const { endpoint, accessKeyId, secretAccessKey } = access;
  const owner = new S3Client({
    ...{ endpoint, region: 'us-east-1', forcePathStyle: true },
    credentials: { accessKeyId, secretAccessKey },
  });
  const startedAt = performance.now();
  try {
    await owner.send(new CreateBucketCommand({ Bucket: bucket }));
    await owner.send(new PutBucketAclCommand({ Bucket: bucket, ACL: 'public-read-write' }));
    await putAll(new Pool(endpoint, { connections: CONNECTIONS }), bucket, count);
    await owner.send(new PutBucketAclCommand({ Bucket: bucket, ACL: 'private' }));
  } finally {
    owner.destroy();
  }
  return performance.now() - startedAt;
}

async function putAll(line: Pool, bucket: string, count: number): Promise<void> {
  let next = 0;
  const putOn = async (): Promise<void> => {
    while (next < count) {
      const path = `/${bucket}/${keyOf(next++)}`;
      const { statusCode, body } = await line.request({
        path,
        method: 'PUT',
        headers: { 'content-length': '0' },
      });
      await body.dump();
      if (statusCode !== 200) throw new Error(`The gateway refuses ${path} with ${statusCode}.`);
    }
  };
  try {
    await Promise.all(Array.from({ length: CONNECTIONS }, putOn));
  } finally {
    await line.close();
  }
}
