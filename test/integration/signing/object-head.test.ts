import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { BucketObject } from '../../../src/main/signing/bucket-object.ts';
import { describeOnBothServers } from '../../servers/s3-servers.ts';

const MINUTE = 60_000;

describeOnBothServers('What is asked of an object first', (server) => {
  for (const minutes of [20, -20])
    test(`is told though the computer’s clock is ${minutes} minutes off`, async () => {
      const Bucket = await server.freshBucket();
      await server.client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'four' }));
      const { endpoint, region, credentials } = server;
      const client = new S3Client({
        ...{ endpoint, region, credentials, forcePathStyle: true, maxAttempts: 1 },
        systemClockOffset: minutes * MINUTE,
      });
      const object = new BucketObject(() => Promise.resolve(client), Bucket, 'k');
      expect(await object.head()).toMatchObject({ size: 4 });
      client.destroy();
    });
});
