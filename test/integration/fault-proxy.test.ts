import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { GetObjectCommand, PutObjectCommand, UploadPartCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startFaultProxy } from '../servers/fault-proxy/proxy.ts';
import type { FaultProxy, FaultProxyOptions } from '../servers/fault-proxy/proxy.ts';
import { replyTo } from '../servers/fault-proxy/rehearsal.ts';
import { beginUpload, uploadUnderWay } from '../servers/multipart-upload.ts';
import { ask, refusalOf } from '../servers/probe.ts';
import { describeOnBothServers, plainClient } from '../servers/s3-servers.ts';

const FIVE_MIB = randomBytes(5 * 1024 * 1024);

interface Proxied {
  readonly proxy: FaultProxy;
  /** Signs for the proxy's address. */
  readonly client: S3Client;
}

describeOnBothServers('Through the fault proxy', (server) => {
  let bucket = '';
  const closing: (() => Promise<void> | void)[] = [];

  beforeAll(async () => {
    bucket = await server.freshBucket();
  });

  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  async function start(options: Omit<FaultProxyOptions, 'server'> = {}): Promise<Proxied> {
    const proxy = await startFaultProxy({ server: server.endpoint, ...options });
    const { region, credentials } = server;
    const client = plainClient({ endpoint: proxy.endpoint, region, credentials });
    closing.push(() => {
      client.destroy();
    });
    closing.push(() => proxy.close());
    return { proxy, client };
  }

  const stored = async ({ client }: Proxied, Key: string): Promise<Buffer> => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key }));
    return Buffer.from((await Body?.transformToByteArray()) ?? []);
  };

  test('a signed multipart upload passes unharmed', async () => {
    const proxied = await start();
    const upload = await beginUpload(proxied, bucket);
    const parts = await Promise.all([
      upload.part(1, FIVE_MIB),
      upload.part(2, FIVE_MIB),
      upload.part(3, 'end'),
    ]);
    expect((await upload.list()).Parts).toHaveLength(3);
    await upload.complete(parts);
    expect(await upload.head()).toMatchObject({ ContentLength: 2 * FIVE_MIB.length + 3 });
    const whole = Buffer.concat([FIVE_MIB, FIVE_MIB, Buffer.from('end')]);
    expect((await stored(proxied, upload.Key)).equals(whole)).toBe(true);
    const { ledger } = proxied.proxy;
    expect(new Map(ledger.partBytes())).toEqual(
      new Map([
        [1, FIVE_MIB.length],
        [2, FIVE_MIB.length],
        [3, 3],
      ]),
    );
    expect(ledger.log.map(({ outcome }) => outcome)).toEqual(ledger.log.map(() => 'answered'));
  });

  test('a large body that waits for "100 Continue" passes unharmed', async () => {
    const proxied = await start();
    const url = await getSignedUrl(proxied.client, new PutObjectCommand({ Bucket: bucket, Key: 'asked' }));
    const headers = { Expect: '100-continue', 'Content-Length': FIVE_MIB.length };
    const outgoing = request(url, { method: 'PUT', headers });
    outgoing.once('continue', () => outgoing.end(FIVE_MIB));
    outgoing.flushHeaders();
    expect((await replyTo(outgoing)).status).toBe(200);
    expect((await stored(proxied, 'asked')).equals(FIVE_MIB)).toBe(true);
  });

  test('a body that is refused before it was sent never is', async () => {
    const proxied = await start();
    const object = new PutObjectCommand({ Bucket: `${bucket}-absent`, Key: 'k' });
    const url = await getSignedUrl(proxied.client, object);
    const headers = { Expect: '100-continue', 'Content-Length': FIVE_MIB.length };
    const outgoing = request(url, { method: 'PUT', headers });
    outgoing.once('continue', () => outgoing.end(FIVE_MIB));
    outgoing.flushHeaders();
    expect((await replyTo(outgoing)).status).toBe(404);
    expect(proxied.proxy.ledger.bytesForwarded).toBe(0);
    outgoing.destroy();
  });

  test('presigned PUTs of an object and of a part pass unharmed', async () => {
    const proxied = await start();
    const { client } = proxied;
    const object = new PutObjectCommand({ Bucket: bucket, Key: 'presigned key, späť' });
    expect(await ask(await getSignedUrl(client, object), { method: 'PUT', body: FIVE_MIB })).toMatchObject({
      status: 200,
    });
    expect((await stored(proxied, 'presigned key, späť')).equals(FIVE_MIB)).toBe(true);
    const upload = await beginUpload(proxied, bucket);
    const { Bucket, Key, UploadId } = upload;
    const part = new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1 });
    const reply = await ask(await getSignedUrl(client, part), { method: 'PUT', body: FIVE_MIB });
    expect(reply.status).toBe(200);
    await upload.complete([{ PartNumber: 1, ETag: String(reply.headers['etag']) }]);
    expect((await stored(proxied, Key)).equals(FIVE_MIB)).toBe(true);
  });

  test('a signature for the server itself does not hold, so that it is the proxy that was signed for', async () => {
    const { proxy } = await start();
    const url = await getSignedUrl(server.client, new PutObjectCommand({ Bucket: bucket, Key: 'elsewhere' }));
    const moved = url.replace(server.endpoint, proxy.endpoint);
    expect(await ask(moved, { method: 'PUT', body: 'x' })).toMatchObject({ code: 'SignatureDoesNotMatch' });
  });

  describe('the server', () => {
    test('refuses a part with a flipped bit by its MD5, and takes it as it was meant', async () => {
      const proxied = await start({
        fault: ({ operation, attempt }) =>
          operation === 'part' && attempt === 1 ? { kind: 'flip', atByte: 2 } : null,
      });
      const upload = await beginUpload(proxied, bucket);
      // The MD5 of "hello" in base64.
      const md5 = 'XUFAKrxLKna5cZ2REBfFkg==';
      const url = await getSignedUrl(
        proxied.client,
        new UploadPartCommand({
          ...{ Bucket: bucket, Key: upload.Key, UploadId: upload.UploadId },
          ...{ PartNumber: 1, ContentMD5: md5 },
        }),
      );
      const put = () => ask(url, { method: 'PUT', body: 'hello', headers: { 'Content-MD5': md5 } });
      expect(await put()).toMatchObject({ status: 400, code: 'BadDigest' });
      expect(await put()).toMatchObject({ status: 200 });
      await upload.abort();
    });

    test('does not take a truncated part', async () => {
      const proxied = await start({
        fault: ({ operation }) =>
          operation === 'part' ? { kind: 'truncate', way: 'request', afterBodyBytes: 1e6 } : null,
      });
      const upload = await beginUpload(proxied, bucket);
      await expect(upload.part(1, FIVE_MIB)).rejects.toThrow();
      expect((await upload.list()).Parts ?? []).toHaveLength(0);
      expect(proxied.proxy.ledger.of('part')[0]?.forwardedBytes).toBe(1e6);
      await upload.abort();
    });

    test('has the object though the answer to Complete was swallowed', async () => {
      const proxied = await start({
        fault: ({ operation }) => (operation === 'complete' ? { kind: 'swallow' } : null),
      });
      const { Bucket, Key, UploadId } = await beginUpload(proxied, bucket);
      const upload = uploadUnderWay(proxied, { Bucket, Key, UploadId });
      const part = await upload.part(1, 'all of it');
      await expect(upload.complete([part])).rejects.toThrow();
      expect((await stored(proxied, Key)).toString()).toBe('all of it');
    });

    test('never hears of what the proxy answers itself', async () => {
      const body = '<Error><Code>SlowDown</Code><Message>Wait.</Message></Error>';
      const proxied = await start({
        fault: ({ operation }) => (operation === 'part' ? { kind: 'answer', status: 503, body } : null),
      });
      const upload = await beginUpload(proxied, bucket);
      expect(await refusalOf(upload.part(1, FIVE_MIB))).toEqual({ status: 503, code: 'SlowDown' });
      expect((await upload.list()).Parts ?? []).toHaveLength(0);
      await upload.abort();
    });
  });
});
