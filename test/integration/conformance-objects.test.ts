import { createHash } from 'node:crypto';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import type { GetObjectCommandInput, PutObjectCommandInput } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { beforeAll, describe, expect, test } from 'vitest';
import { ask, refusalAt, refusalOf } from '../servers/probe.ts';
import { expected } from '../servers/rgw-differences.ts';
import { describeOnBothServers } from '../servers/s3-servers.ts';

const NO_SUCH_BUCKET = { status: 404, code: 'NoSuchBucket' };
const NO_SUCH_KEY = { status: 404, code: 'NoSuchKey' };

const ODD_KEYS = [
  'a key with spaces.txt',
  'plus+plus.txt',
  '100%.txt',
  '%2F.txt',
  'emoji 🎉.txt',
  'e\u0301 decomposed.txt',
  'a/../b',
  './here',
  'dots...',
  'double//slash',
  '/leading',
  'trailing/',
  `quotes '"<&>.txt`,
  "all of !*'()~-_.;:@=,$",
  'tab\there',
  'ü'.repeat(512),
];

const md5 = (body: string, encoding: 'hex' | 'base64'): string =>
  createHash('md5').update(body).digest(encoding);

describeOnBothServers('Objects', (server) => {
  let bucket = '';

  beforeAll(async () => {
    bucket = await server.freshBucket();
  });

  const put = (input: Omit<PutObjectCommandInput, 'Bucket'>) =>
    server.client.send(new PutObjectCommand({ Bucket: bucket, ...input }));

  const get = (input: Omit<GetObjectCommandInput, 'Bucket'>) =>
    server.client.send(new GetObjectCommand({ Bucket: bucket, ...input }));

  const text = async (input: Omit<GetObjectCommandInput, 'Bucket'>): Promise<string | undefined> =>
    (await get(input)).Body?.transformToString();

  const link = (input: Omit<GetObjectCommandInput, 'Bucket'>): Promise<string> =>
    getSignedUrl(server.client, new GetObjectCommand({ Bucket: bucket, ...input }), { expiresIn: 300 });

  describe('A key comes back as it was sent, through a client, a link and a listing', () => {
    test.each(ODD_KEYS)('%j', async (Key) => {
      await put({ Key, Body: Key });
      expect(await text({ Key })).toBe(Key);
      expect(await ask(await link({ Key }))).toMatchObject({ status: 200, text: Key });
      const { Contents = [] } = await server.client.send(new ListObjectsV2Command({ Bucket: bucket }));
      expect(Contents.map((object) => object.Key)).toContain(Key);
      await server.client.send(new DeleteObjectCommand({ Bucket: bucket, Key }));
      expect(await refusalOf(get({ Key }))).toEqual(NO_SUCH_KEY);
    });
  });

  test('a key of more than 1,024 bytes is refused', async () => {
    const refused = await refusalOf(put({ Key: 'ü'.repeat(513), Body: 'x' }));
    expect(refused).toEqual(expected(server, 'a key that is too long'));
  });

  test('headers and metadata given with an upload come back with the object', async () => {
    const described = {
      ContentType: 'text/markdown; charset=utf-8',
      ContentDisposition: `attachment; filename="report.md"; filename*=UTF-8''r%C3%A9port.md`,
      CacheControl: 'private, max-age=0',
      Metadata: { 'upload-id': 'abc-123', note: 'two  words' },
    };
    const { ETag } = await put({ Key: 'described', Body: 'hello', ...described });
    expect(ETag).toBe(`"${md5('hello', 'hex')}"`);
    const known = { ...described, ETag, ContentLength: 5, AcceptRanges: 'bytes' };
    const head = await server.client.send(new HeadObjectCommand({ Bucket: bucket, Key: 'described' }));
    expect(head).toMatchObject(known);
    expect(Math.abs(head.LastModified!.getTime() - Date.now())).toBeLessThan(60_000);
    expect(await get({ Key: 'described' })).toMatchObject(known);
  });

  test('an upload through a link keeps the metadata that was signed into the link', async () => {
    const command = new PutObjectCommand({ Bucket: bucket, Key: 'by-link', Metadata: { id: 'xyz' } });
    const reply = await ask(await getSignedUrl(server.client, command), { method: 'PUT', body: 'sent' });
    expect(reply.status).toBe(200);
    expect(reply.headers['etag']).toBe(`"${md5('sent', 'hex')}"`);
    expect((await get({ Key: 'by-link' })).Metadata).toEqual({ id: 'xyz' });
  });

  test('a link chooses the headers of its answer', async () => {
    await put({ Key: 'overridden', Body: 'hello', ContentType: 'text/html' });
    const url = await link({
      Key: 'overridden',
      ResponseContentType: 'text/plain',
      ResponseContentDisposition: `attachment; filename="a, b.txt"; filename*=UTF-8''%C3%A4.txt`,
      ResponseCacheControl: 'no-store',
    });
    expect((await ask(url)).headers).toMatchObject({
      'content-type': 'text/plain',
      'content-disposition': `attachment; filename="a, b.txt"; filename*=UTF-8''%C3%A4.txt`,
      'cache-control': 'no-store',
    });
  });

  test('every answer carries the time and a request id, refusals included', async () => {
    for (const url of [await link({ Key: 'described' }), `${server.endpoint}/${bucket}/described`]) {
      const { headers } = await ask(url);
      expect(Math.abs(Date.parse(String(headers['date'])) - Date.now())).toBeLessThan(10_000);
      expect(headers['x-amz-request-id']).toMatch(/\S/);
    }
  });

  describe('Ranges', () => {
    test.each([
      ['bytes=0-0', '0', 'bytes 0-0/10'],
      ['bytes=2-4', '234', 'bytes 2-4/10'],
      ['bytes=7-', '789', 'bytes 7-9/10'],
      ['bytes=-3', '789', 'bytes 7-9/10'],
      ['bytes=8-99', '89', 'bytes 8-9/10'],
    ])('%s gives that piece', async (range, body, contentRange) => {
      await put({ Key: 'digits', Body: '0123456789' });
      const reply = await ask(await link({ Key: 'digits' }), { headers: { range } });
      expect(reply).toMatchObject({ status: 206, text: body });
      expect(reply.headers).toMatchObject({
        'content-range': contentRange,
        'content-length': `${body.length}`,
      });
    });

    test('one that begins behind the end is refused', async () => {
      await put({ Key: 'digits', Body: '0123456789' });
      const refused = await refusalAt(await link({ Key: 'digits' }), { headers: { range: 'bytes=10-' } });
      expect(refused).toEqual({ status: 416, code: 'InvalidRange' });
    });

    test('any in an empty object is refused', async () => {
      await put({ Key: 'empty', Body: '', ContentLength: 0 });
      expect(await ask(await link({ Key: 'empty' }))).toMatchObject({ status: 200, text: '' });
      const refused = await refusalAt(await link({ Key: 'empty' }), { headers: { range: 'bytes=0-0' } });
      expect(refused).toEqual({ status: 416, code: 'InvalidRange' });
    });
  });

  describe('Conditions', () => {
    test('If-None-Match: * takes a free key and never one that is taken', async () => {
      await put({ Key: 'once', Body: 'first', IfNoneMatch: '*' });
      const refused = await refusalOf(put({ Key: 'once', Body: 'second', IfNoneMatch: '*' }));
      expect(refused).toEqual({ status: 412, code: 'PreconditionFailed' });
      expect(await text({ Key: 'once' })).toBe('first');
    });

    test('a client whose copy is still good is not sent another', async () => {
      const { ETag = '' } = await put({ Key: 'cached', Body: 'hello' });
      const url = await link({ Key: 'cached' });
      expect(await ask(url, { headers: { 'if-none-match': ETag } })).toMatchObject({ status: 304, text: '' });
      expect(await ask(url, { headers: { 'if-none-match': '"other"' } })).toMatchObject({ status: 200 });
      expect(await ask(url, { headers: { 'if-match': '"other"' } })).toMatchObject({ status: 412 });
    });
  });

  describe('Content-MD5', () => {
    test('that fits is accepted', async () => {
      expect(await put({ Key: 'md5', Body: 'hello', ContentMD5: md5('hello', 'base64') })).toBeTruthy();
    });

    test('that does not fit is refused, and nothing is stored', async () => {
      const refused = await refusalOf(put({ Key: 'bad', Body: 'hello', ContentMD5: md5('bye', 'base64') }));
      expect(refused).toEqual({ status: 400, code: 'BadDigest' });
      expect(await refusalOf(get({ Key: 'bad' }))).toEqual(NO_SUCH_KEY);
    });

    test('that is none is refused', async () => {
      const refused = await refusalOf(put({ Key: 'bad', Body: 'hello', ContentMD5: 'nonsense' }));
      expect(refused).toEqual({ status: 400, code: 'InvalidDigest' });
    });
  });

  test('what is not there is refused, without words for HEAD', async () => {
    const Bucket = 'sandglass-never-made';
    expect(await refusalOf(get({ Key: 'nothing' }))).toEqual(NO_SUCH_KEY);
    expect(await refusalOf(server.client.send(new GetObjectCommand({ Bucket, Key: 'k' })))).toEqual(
      NO_SUCH_BUCKET,
    );
    const written = server.client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
    expect(await refusalOf(written)).toEqual(NO_SUCH_BUCKET);
    expect(await refusalOf(server.client.send(new ListObjectsV2Command({ Bucket })))).toEqual(NO_SUCH_BUCKET);
    const gone = { status: 404, code: 'NotFound' };
    expect(
      await refusalOf(server.client.send(new HeadObjectCommand({ Bucket: bucket, Key: 'nothing' }))),
    ).toEqual(gone);
    expect(await refusalOf(server.client.send(new HeadBucketCommand({ Bucket })))).toEqual(gone);
  });

  test('deleting what is not there is a success', async () => {
    const { $metadata } = await server.client.send(
      new DeleteObjectCommand({ Bucket: bucket, Key: 'nothing' }),
    );
    expect($metadata.httpStatusCode).toBe(204);
  });
});
