import { createHash } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { beforeAll, describe, expect, test } from 'vitest';
import { beginUpload } from '../servers/multipart-upload.ts';
import type { MultipartUpload, UploadDescription } from '../servers/multipart-upload.ts';
import { ask, outcomeOf, refusalAt, refusalOf } from '../servers/probe.ts';
import { expected } from '../servers/rgw-differences.ts';
import { describeOnBothServers } from '../servers/s3-servers.ts';

const FIVE_MIB = Buffer.alloc(5 * 1024 * 1024, 'sandglass');
const NO_SUCH_UPLOAD = { status: 404, code: 'NoSuchUpload' };
const INVALID_PART = { status: 400, code: 'InvalidPart' };

const md5 = (...bodies: (string | Buffer)[]): Buffer => {
  const hash = createHash('md5');
  for (const body of bodies) hash.update(body);
  return hash.digest();
};

describeOnBothServers('Multipart uploads', (server) => {
  let bucket = '';

  beforeAll(async () => {
    bucket = await server.freshBucket();
  });

  const begin = (input?: UploadDescription): Promise<MultipartUpload> => beginUpload(server, bucket, input);

  test('parts sent in any order become one object, described as the upload was begun', async () => {
    const upload = await begin({
      ContentType: 'text/plain',
      ContentDisposition: 'attachment; filename="whole.txt"',
      Metadata: { 'upload-id': 'random' },
    });
    const last = await upload.part(2, 'the end');
    const first = await upload.part(1, FIVE_MIB);
    const { ETag } = await upload.complete([first, last]);
    const whole = `"${md5(md5(FIVE_MIB), md5('the end')).toString('hex')}-2"`;
    expect(ETag).toBe(expected(server, 'the ETag from Complete') ?? whole);
    expect(await upload.head()).toMatchObject({
      ETag: whole,
      ContentLength: FIVE_MIB.length + 7,
      ContentType: 'text/plain',
      ContentDisposition: 'attachment; filename="whole.txt"',
      Metadata: { 'upload-id': 'random' },
    });
  });

  test('a range that crosses the border of two parts is one piece', async () => {
    const upload = await begin();
    await upload.complete([await upload.part(1, FIVE_MIB), await upload.part(2, 'the end')]);
    const url = await getSignedUrl(server.client, new GetObjectCommand({ Bucket: bucket, Key: upload.Key }));
    const range = `bytes=${FIVE_MIB.length - 4}-${FIVE_MIB.length + 2}`;
    const reply = await ask(url, { headers: { range } });
    expect(reply).toMatchObject({ status: 206, text: `${FIVE_MIB.subarray(-4).toString()}the` });
  });

  test('a part goes to a link of its own', async () => {
    const upload = await begin();
    const command = new UploadPartCommand({
      Bucket: bucket,
      Key: upload.Key,
      UploadId: upload.UploadId,
      PartNumber: 1,
    });
    const url = await getSignedUrl(server.client, command);
    const reply = await ask(url, { method: 'PUT', body: 'small' });
    expect(reply.headers['etag']).toBe(`"${md5('small').toString('hex')}"`);
    expect(
      await refusalAt(url.replace('partNumber=1', 'partNumber=2'), { method: 'PUT', body: 'small' }),
    ).toEqual({
      status: 403,
      code: 'SignatureDoesNotMatch',
    });
    await upload.abort();
  });

  test('a part sent again replaces the one before', async () => {
    const upload = await begin();
    const old = await upload.part(1, 'old');
    const renewed = await upload.part(1, 'renewed');
    expect(await refusalOf(upload.complete([old]))).toEqual(INVALID_PART);
    await upload.complete([renewed]);
    expect(await upload.head()).toMatchObject({ ContentLength: 7 });
  });

  test('a part with another Content-MD5 is refused and not kept', async () => {
    const upload = await begin();
    const refused = await refusalOf(upload.part(1, 'hello', md5('bye').toString('base64')));
    expect(refused).toEqual({ status: 400, code: 'BadDigest' });
    expect((await upload.list()).Parts ?? []).toEqual([]);
    await upload.abort();
  });

  test.each([0, 10_001])('there is no part %d', async (number) => {
    const upload = await begin();
    const outcome = await outcomeOf(upload.part(number, 'x'));
    expect(outcome).toEqual(expected(server, 'a part number out of range'));
    await upload.abort();
  });

  describe('After an abort', () => {
    test('parts and Complete are refused, and there is no object', async () => {
      const upload = await begin();
      const part = await upload.part(1, 'x');
      await upload.abort();
      expect(await refusalOf(upload.part(2, 'y'))).toEqual(NO_SUCH_UPLOAD);
      const completed = await refusalOf(upload.complete([part]));
      expect(completed).toEqual(expected(server, 'completing an aborted upload'));
      expect(await refusalOf(upload.head())).toEqual({ status: 404, code: 'NotFound' });
    });

    test('listing parts is refused', async () => {
      const upload = await begin();
      await upload.abort();
      expect(await refusalOf(upload.list())).toEqual(
        expected(server, 'listing the parts of an aborted upload'),
      );
    });

    test('a second abort is refused', async () => {
      const upload = await begin();
      await upload.abort();
      expect(await refusalOf(upload.abort())).toEqual(NO_SUCH_UPLOAD);
    });
  });

  test('parts are listed in pages, by number, with size and ETag', async () => {
    const upload = await begin();
    for (const number of [7, 1, 10_000, 3]) await upload.part(number, `part ${number}`);
    const first = await upload.list({ MaxParts: 3 });
    expect(first).toMatchObject({ IsTruncated: true, NextPartNumberMarker: '7' });
    expect(first.Parts).toMatchObject([
      { PartNumber: 1, Size: 6, ETag: `"${md5('part 1').toString('hex')}"` },
      { PartNumber: 3 },
      { PartNumber: 7 },
    ]);
    const second = await upload.list({ MaxParts: 3, PartNumberMarker: first.NextPartNumberMarker! });
    expect(second.IsTruncated).toBe(false);
    expect(second.Parts).toMatchObject([{ PartNumber: 10_000, Size: 10 }]);
    await upload.abort();
  });

  test('uploads under way are listed until they end', async () => {
    const Bucket = await server.freshBucket();
    const listed = async (): Promise<(string | undefined)[]> => {
      const { Uploads = [] } = await server.client.send(new ListMultipartUploadsCommand({ Bucket }));
      return Uploads.map(({ UploadId }) => UploadId);
    };
    const [one, two] = [await begin({ Bucket, Key: 'one' }), await begin({ Bucket, Key: 'two' })];
    expect(await listed()).toEqual([one.UploadId, two.UploadId]);
    await server.client.send(new AbortMultipartUploadCommand({ Bucket, Key: 'one', UploadId: one.UploadId }));
    expect(await listed()).toEqual([two.UploadId]);
  });

  test('an upload id belongs to its key alone', async () => {
    const upload = await begin();
    const stray = { Bucket: bucket, Key: 'another-key', UploadId: upload.UploadId, PartNumber: 1, Body: 'x' };
    expect(await refusalOf(server.client.send(new UploadPartCommand(stray)))).toEqual(NO_SUCH_UPLOAD);
    await upload.abort();
  });
});
