import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { outcomeOf, refusalOf } from '../servers/probe.ts';
import { expected } from '../servers/rgw-differences.ts';
import { describeOnBothServers } from '../servers/s3-servers.ts';

const NO_SUCH_BUCKET = { status: 404, code: 'NoSuchBucket' };

describeOnBothServers('Buckets', (server) => {
  test('a bucket tells its region', async () => {
    const { BucketRegion } = await server.client.send(
      new HeadBucketCommand({ Bucket: await server.freshBucket() }),
    );
    expect(BucketRegion).toBe(expected(server, 'the region of a bucket'));
  });

  test('a bucket that was made is listed', async () => {
    const bucket = await server.freshBucket();
    const { Buckets = [] } = await server.client.send(new ListBucketsCommand({}));
    expect(Buckets.map(({ Name }) => Name)).toContain(bucket);
  });

  test('a bucket is not made twice', async () => {
    const Bucket = await server.freshBucket();
    const outcome = await outcomeOf(server.client.send(new CreateBucketCommand({ Bucket })));
    expect(outcome).toEqual(expected(server, 'making a bucket twice'));
  });

  test('a bucket needs a proper name', async () => {
    const refused = await refusalOf(server.client.send(new CreateBucketCommand({ Bucket: 'Not_A_Name' })));
    expect(refused).toEqual({ status: 400, code: 'InvalidBucketName' });
  });

  test('a bucket is deleted only when it is empty', async () => {
    const Bucket = await server.freshBucket();
    await server.client.send(new PutObjectCommand({ Bucket, Key: 'last', Body: 'x' }));
    const refused = await refusalOf(server.client.send(new DeleteBucketCommand({ Bucket })));
    expect(refused).toEqual({ status: 409, code: 'BucketNotEmpty' });
    await server.client.send(new DeleteObjectCommand({ Bucket, Key: 'last' }));
    await server.client.send(new DeleteBucketCommand({ Bucket }));
    expect(await refusalOf(server.client.send(new DeleteBucketCommand({ Bucket })))).toEqual(NO_SUCH_BUCKET);
  });

  test('a listing comes in pages, in the order of bytes, with prefixes folded', async () => {
    const Bucket = await server.freshBucket();
    for (const Key of ['b/1', 'b/2', 'a', '\uffee', '🎉', 'c/1', 'd']) {
      await server.client.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
    }
    const pages: unknown[] = [];
    let ContinuationToken: string | undefined;
    do {
      const command = new ListObjectsV2Command({ Bucket, Delimiter: '/', MaxKeys: 2, ContinuationToken });
      const page = await server.client.send(command);
      const keys = (page.Contents ?? []).map(({ Key }) => Key);
      const prefixes = (page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix);
      expect(page.KeyCount).toBe(keys.length + prefixes.length);
      pages.push({ keys, prefixes });
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);
    expect(pages).toEqual([
      { keys: ['a'], prefixes: ['b/'] },
      { keys: ['d'], prefixes: ['c/'] },
      { keys: ['\uffee', '🎉'], prefixes: [] },
    ]);
  });

  test('a listing is narrowed by a prefix', async () => {
    const Bucket = await server.freshBucket();
    for (const Key of ['in/1', 'in/2', 'out/1']) {
      await server.client.send(new PutObjectCommand({ Bucket, Key, Body: 'hello' }));
    }
    const { Contents = [] } = await server.client.send(new ListObjectsV2Command({ Bucket, Prefix: 'in/' }));
    expect(Contents).toMatchObject([
      { Key: 'in/1', Size: 5 },
      { Key: 'in/2', Size: 5 },
    ]);
  });
});
