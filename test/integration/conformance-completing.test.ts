import { PutObjectCommand } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, test } from 'vitest';
import { beginUpload } from '../servers/multipart-upload.ts';
import type { MultipartUpload } from '../servers/multipart-upload.ts';
import { outcomeOf, refusalOf } from '../servers/probe.ts';
import { expected } from '../servers/rgw-differences.ts';
import { describeOnBothServers } from '../servers/s3-servers.ts';

const FIVE_MIB = Buffer.alloc(5 * 1024 * 1024, 'sandglass');
const INVALID_PART = { status: 400, code: 'InvalidPart' };

describeOnBothServers('Completing an upload', (server) => {
  let bucket = '';

  beforeAll(async () => {
    bucket = await server.freshBucket();
  });

  const begin = (): Promise<MultipartUpload> => beginUpload(server, bucket);

  describe('Completing is refused', () => {
    test('where parts are out of order', async () => {
      const upload = await begin();
      const [first, second] = [await upload.part(1, FIVE_MIB), await upload.part(2, 'x')];
      const outcome = await outcomeOf(upload.complete([second, first]));
      expect(outcome).toEqual(expected(server, 'completing with parts out of order'));
    });

    test('where a part other than the last is smaller than 5 MiB', async () => {
      const upload = await begin();
      const parts = [await upload.part(1, FIVE_MIB.subarray(1)), await upload.part(2, 'x')];
      expect(await refusalOf(upload.complete(parts))).toEqual({ status: 400, code: 'EntityTooSmall' });
      await upload.abort();
    });

    test('where a part never came', async () => {
      const upload = await begin();
      const part = await upload.part(1, FIVE_MIB);
      const refused = await refusalOf(upload.complete([part, { PartNumber: 2, ETag: part.ETag }]));
      expect(refused).toEqual(INVALID_PART);
      await upload.abort();
    });

    test('where a part has another ETag', async () => {
      const upload = await begin();
      await upload.part(1, 'x');
      const ETag = `"${'0'.repeat(32)}"`;
      expect(await refusalOf(upload.complete([{ PartNumber: 1, ETag }]))).toEqual(INVALID_PART);
      await upload.abort();
    });

    test('without a single part', async () => {
      const upload = await begin();
      expect(await refusalOf(upload.complete([]))).toEqual({ status: 400, code: 'MalformedXML' });
      await upload.abort();
    });
  });

  test('If-None-Match: * never takes a key that is taken, and the upload lives on', async () => {
    const upload = await begin();
    await server.client.send(new PutObjectCommand({ Bucket: bucket, Key: upload.Key, Body: 'there first' }));
    const outcome = await outcomeOf(upload.complete([await upload.part(1, 'x')], '*'));
    expect(outcome).toEqual(expected(server, 'completing to a taken key with If-None-Match'));
    if (outcome === 'accepted') return;
    expect(await upload.head()).toMatchObject({ ContentLength: 11 });
    expect((await upload.list()).Parts).toMatchObject([{ PartNumber: 1 }]);
    await upload.abort();
  });

  test('completing twice is refused', async () => {
    const upload = await begin();
    const part = await upload.part(1, 'x');
    await upload.complete([part]);
    expect(await outcomeOf(upload.complete([part]))).toEqual(expected(server, 'completing twice'));
  });

  test('If-None-Match: * completes an upload to a free key', async () => {
    const upload = await begin();
    await upload.complete([await upload.part(1, 'x')], '*');
    expect(await upload.head()).toMatchObject({ ContentLength: 1 });
  });
});
