import { CreateMultipartUploadCommand } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { BucketObject } from '../../../src/main/signing/bucket-object.ts';
import { describeOnBothServers } from '../../servers/s3-servers.ts';

/** One more than a page of S3’s holds. */
const UPLOADS = 1_001;
const AT_ONCE = 16;

describeOnBothServers('The uploads that are under way', (server) => {
  test('to one key are all found, however many there are, and none of a longer key', async () => {
    const Bucket = await server.freshBucket();
    const begin = (Key: string) => server.client.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    await begin('k.old');
    for (let begun = 0; begun < UPLOADS; begun += AT_ONCE) {
      const batch = Array.from({ length: Math.min(AT_ONCE, UPLOADS - begun) });
      await Promise.all(batch.map(() => begin('k')));
    }
    const found = await new BucketObject(() => Promise.resolve(server.client), Bucket, 'k').listUploads();
    expect(new Set(found.map(({ uploadId }) => uploadId)).size).toBe(UPLOADS);
    expect(found).toHaveLength(UPLOADS);
  }, 60_000);
});
