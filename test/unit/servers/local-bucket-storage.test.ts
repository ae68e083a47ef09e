import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsCommand,
  PutObjectCommand,
  DeleteObjectTaggingCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startLocalBucket } from '../../servers/local-bucket/server.ts';
import type { LocalBucket } from '../../servers/local-bucket/server.ts';
import { beginUpload, uploadUnderWay } from '../../servers/multipart-upload.ts';
import { ask, refusalAt, refusalOf } from '../../servers/probe.ts';
import { plainClient } from '../../servers/s3-servers.ts';

const KEYS = { accessKeyId: 'AKIALOCAL', secretAccessKey: 'local-secret' };
const FIVE_MIB = Buffer.alloc(5 * 1024 * 1024, 'sandglass');

let folder: string;
let server: LocalBucket;
let client: S3Client;

async function start(): Promise<void> {
  server = await startLocalBucket({ folder, ...KEYS, buckets: ['demo'] });
  client = plainClient({ endpoint: server.endpoint, region: server.region, credentials: KEYS });
}

async function stop(): Promise<void> {
  client.destroy();
  await server.close();
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandglass-local-bucket-'));
  await start();
});

afterEach(async () => {
  await stop();
  await rm(folder, { recursive: true });
});

const put = (Key: string, more: Record<string, unknown> = {}) =>
  client.send(new PutObjectCommand({ Bucket: 'demo', Key, Body: 'hello', ...more }));

const signedPut = (Key: string, by = client): Promise<string> =>
  getSignedUrl(by, new PutObjectCommand({ Bucket: 'demo', Key }), { expiresIn: 300 });

const pieces = (): Promise<string[]> => readdir(join(folder, 'pieces'));

describe('On disk', () => {
  test('objects and uploads under way survive a restart', async () => {
    await put('../../a key 🎉', { Metadata: { id: 'x' }, ContentType: 'text/plain' });
    const upload = await beginUpload({ client }, 'demo', { Key: 'large' });
    const first = await upload.part(1, FIVE_MIB);
    await stop();
    await start();
    const found = await client.send(new GetObjectCommand({ Bucket: 'demo', Key: '../../a key 🎉' }));
    expect(found).toMatchObject({ Metadata: { id: 'x' }, ContentType: 'text/plain' });
    expect(await found.Body?.transformToString()).toBe('hello');
    const resumed = uploadUnderWay({ client }, upload);
    await resumed.complete([first, await resumed.part(2, 'end')]);
    const whole = await client.send(new HeadObjectCommand({ Bucket: 'demo', Key: 'large' }));
    expect(whole.ContentLength).toBe(FIVE_MIB.length + 3);
  });

  test('nothing is left of what was replaced, aborted, refused or never named', async () => {
    await put('twice');
    await put('twice');
    const aborted = await beginUpload({ client }, 'demo');
    await aborted.part(1, 'x');
    await aborted.abort();
    const completed = await beginUpload({ client }, 'demo');
    const named = await completed.part(1, 'named');
    await completed.part(2, 'not named');
    await completed.complete([named]);
    await refusalOf(put('bad', { ContentMD5: createHash('md5').update('other').digest('base64') }));
    await refusalOf(put('twice', { IfNoneMatch: '*' }));
    expect(await pieces()).toHaveLength(2);
  });

  test('what an interrupted run had received is cleared away at the next start', async () => {
    await put('kept');
    await stop();
    await writeFile(join(folder, 'pieces', 'half-received'), 'x');
    await start();
    expect(await pieces()).toHaveLength(1);
  });

  test('a bucket takes its unfinished uploads with it', async () => {
    await client.send(new CreateBucketCommand({ Bucket: 'other' }));
    const upload = await beginUpload({ client }, 'other');
    await upload.part(1, 'x');
    await client.send(new DeleteBucketCommand({ Bucket: 'other' }));
    expect(await pieces()).toEqual([]);
    expect(await refusalOf(upload.list())).toEqual({ status: 404, code: 'NoSuchBucket' });
  });

  test('of many who want a free key at once, one gets it', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, () => put('wanted', { IfNoneMatch: '*' })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await pieces()).toHaveLength(1);
  });
});

describe('A body', () => {
  test('that ends too early is refused and not kept', async () => {
    const { hostname, port, pathname, search } = new URL(await signedPut('short'));
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    await once(socket, 'connect');
    socket.end(
      `PUT ${pathname}${search} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nContent-Length: 10\r\n\r\nfour`,
    );
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toMatch(/\r\nDate: .*\r\nx-amz-request-id: \w+/);
    expect(answer).toContain('<Code>IncompleteBody</Code>');
    await stop();
    expect(await pieces()).toEqual([]);
    await start();
  });

  test('of unknown length is refused', async () => {
    const response = await fetch(await signedPut('k'), {
      method: 'PUT',
      body: new Blob(['hello']).stream(),
      duplex: 'half',
    } as RequestInit);
    expect(response.status).toBe(411);
    expect(await response.text()).toContain('<Code>MissingContentLength</Code>');
  });

  test('is refused before it is sent, where the client asks first', async () => {
    const url = new URL(await signedPut('k'));
    const socket = connect({ host: url.hostname, port: Number(url.port) });
    await once(socket, 'connect');
    const head = [
      `PUT ${url.pathname}?tampered HTTP/1.1`,
      `Host: ${url.host}`,
      'Content-Length: 9',
      'Expect: 100-continue',
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
  });

  test('may follow when the client asked first and was told to go on', async () => {
    const reply = await put('asked', { Body: FIVE_MIB });
    expect(reply.ETag).toBe(`"${createHash('md5').update(FIVE_MIB).digest('hex')}"`);
  });
});

describe('Checksums', () => {
  test.each(['CRC32', 'SHA1', 'SHA256'] as const)('a wrong %s is refused', async (algorithm) => {
    const refused = await refusalOf(put('k', { [`Checksum${algorithm}`]: 'AAAAAA==' }));
    expect(refused).toEqual({ status: 400, code: 'BadDigest' });
  });

  test('the right ones are accepted', async () => {
    const hash = (algorithm: string): string => createHash(algorithm).update('hello').digest('base64');
    await put('k', { ChecksumSHA1: hash('sha1') });
    await put('k', { ChecksumSHA256: hash('sha256') });
    await put('k', { ChecksumCRC32: 'NhCmhg==' });
  });

  test('a link from a signer left at its defaults takes no body, for it holds the checksum of none', async () => {
    const careless = new S3Client({
      endpoint: server.endpoint,
      region: server.region,
      credentials: KEYS,
      forcePathStyle: true,
    });
    const refused = await refusalAt(await signedPut('k', careless), { method: 'PUT', body: 'hello' });
    careless.destroy();
    expect(refused).toEqual({ status: 400, code: 'BadDigest' });
  });
});

describe('What is not there to be done', () => {
  const NOT_IMPLEMENTED = { status: 501, code: 'NotImplemented' };

  test('subresources, older listings and copies are refused as not implemented', async () => {
    const tagging = new DeleteObjectTaggingCommand({ Bucket: 'demo', Key: 'k' });
    expect(await refusalOf(client.send(tagging))).toEqual(NOT_IMPLEMENTED);
    expect(await refusalOf(client.send(new ListObjectsCommand({ Bucket: 'demo' })))).toEqual(NOT_IMPLEMENTED);
    expect(await refusalOf(put('k', { ServerSideEncryption: 'AES256' }))).toEqual(NOT_IMPLEMENTED);
    expect(await refusalOf(put('k', { IfNoneMatch: '"etag"' }))).toEqual(NOT_IMPLEMENTED);
  });

  test('a part without an upload is refused instead of becoming an object', async () => {
    const command = new PutObjectCommand({ Bucket: 'demo', Key: 'k' });
    command.middlewareStack.add(
      (next) => (args) => {
        (args.request as { query: Record<string, string> }).query['partNumber'] = '1';
        return next(args);
      },
      { step: 'build' },
    );
    const refused = await refusalAt(await getSignedUrl(client, command), { method: 'PUT', body: 'x' });
    expect(refused).toEqual({ status: 400, code: 'InvalidArgument' });
  });

  test('metadata of more than 2 KiB is refused', async () => {
    const refused = await refusalOf(put('k', { Metadata: { note: 'x'.repeat(2048) } }));
    expect(refused).toEqual({ status: 400, code: 'MetadataTooLarge' });
  });

  test('a path that is no UTF-8 is refused', async () => {
    expect(await refusalAt(`${server.endpoint}/demo/%ff`)).toEqual({ status: 400, code: 'InvalidURI' });
  });

  test('an answer header that cannot be sent is refused', async () => {
    await put('k');
    const command = new GetObjectCommand({
      Bucket: 'demo',
      Key: 'k',
      ResponseContentDisposition: 'inline; filename="–"',
    });
    expect(await refusalAt(await getSignedUrl(client, command))).toEqual({
      status: 400,
      code: 'InvalidArgument',
    });
  });
});

test('metadata outside of ASCII comes back in the encoding of mail headers', async () => {
  const command = new PutObjectCommand({ Bucket: 'demo', Key: 'k', Metadata: { name: 'ünï' } });
  expect((await ask(await getSignedUrl(client, command), { method: 'PUT', body: 'x' })).status).toBe(200);
  const { Metadata } = await client.send(new HeadObjectCommand({ Bucket: 'demo', Key: 'k' }));
  expect(Metadata).toEqual({ name: `=?UTF-8?B?${Buffer.from('ünï').toString('base64')}?=` });
});
