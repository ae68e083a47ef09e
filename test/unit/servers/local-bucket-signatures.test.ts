import type { S3Client } from '@aws-sdk/client-s3';
import {
  GetObjectCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterEach, describe, expect, test } from 'vitest';
import type { LocalBucket, LocalBucketOptions } from '../../servers/local-bucket/server.ts';
import { ask, refusalAt, refusalOf } from '../../servers/probe.ts';
import { plainClient } from '../../servers/s3-servers.ts';
import { startTemporaryBucket } from '../../servers/temporary-bucket.ts';

const MINUTE_MS = 60_000;
const NOON_MS = Date.UTC(2026, 0, 2, 12);
const TOO_SKEWED = { status: 403, code: 'RequestTimeTooSkewed' };

const closing: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function start(options: Partial<LocalBucketOptions> = {}): Promise<LocalBucket> {
  const server = await startTemporaryBucket({ buckets: ['demo'], ...options });
  closing.push(server.close);
  return server;
}

/** A client of the server; what is given replaces what the server itself would accept. */
function clientOf(server: LocalBucket, other: { region?: string; sessionToken?: string } = {}): S3Client {
  const { endpoint, region, accessKeyId, secretAccessKey } = server;
  const token = other.sessionToken === undefined ? {} : { sessionToken: other.sessionToken };
  const credentials = { accessKeyId, secretAccessKey, ...token };
  const client = plainClient({ endpoint, region: other.region ?? region, credentials });
  closing.push(() => {
    client.destroy();
  });
  return client;
}

const put = (client: S3Client, Key = 'k') =>
  client.send(new PutObjectCommand({ Bucket: 'demo', Key, Body: 'hello' }));

const link = (client: S3Client, signingDate?: Date, expiresIn = 300): Promise<string> =>
  getSignedUrl(client, new GetObjectCommand({ Bucket: 'demo', Key: 'k' }), {
    expiresIn,
    ...(signingDate === undefined ? {} : { signingDate }),
  });

describe('The clock', () => {
  test.each([-16, 16])('a request signed %d minutes off is refused', async (minutes) => {
    const server = await start({ clock: () => Date.now() - minutes * MINUTE_MS });
    expect(await refusalOf(put(clientOf(server)))).toEqual(TOO_SKEWED);
  });

  test.each([-14, 14])('a request signed %d minutes off is accepted', async (minutes) => {
    const server = await start({ clock: () => Date.now() - minutes * MINUTE_MS });
    await expect(put(clientOf(server))).resolves.toMatchObject({ $metadata: { httpStatusCode: 200 } });
  });

  test('of the server stands in every answer, refusals included', async () => {
    const server = await start({ clock: () => NOON_MS });
    const { status, headers } = await ask(`${server.endpoint}/demo/k`);
    expect(status).toBe(403);
    expect(headers['date']).toBe('Fri, 02 Jan 2026 12:00:00 GMT');
  });

  test('ends a link to the millisecond', async () => {
    let nowMs = NOON_MS;
    const server = await start({ clock: () => nowMs });
    const url = await link(clientOf(server), new Date(NOON_MS), 60);
    nowMs = NOON_MS + 59_999;
    expect(await refusalAt(url)).toEqual({ status: 404, code: 'NoSuchKey' });
    nowMs = NOON_MS + 60_000;
    const ended = await ask(url);
    expect(ended).toMatchObject({ status: 403, code: 'AccessDenied' });
    expect(ended.text).toContain('<Message>Request has expired</Message>');
    expect(ended.text).toContain('<Expires>2026-01-02T12:01:00.000Z</Expires>');
  });

  test('keeps a link shut that begins more than 15 minutes from now', async () => {
    const server = await start({ clock: () => NOON_MS });
    const reply = await ask(await link(clientOf(server), new Date(NOON_MS + 16 * MINUTE_MS)));
    expect(reply).toMatchObject({ status: 403, code: 'AccessDenied' });
    expect(reply.text).toContain('Request is not yet valid');
  });
});

describe('The region', () => {
  test('a header signed for another is refused, and told the right one', async () => {
    const server = await start({ region: 'eu-central-1' });
    const call = put(clientOf(server, { region: 'us-west-2' }));
    await expect(call).rejects.toMatchObject({
      name: 'AuthorizationHeaderMalformed',
      Region: 'eu-central-1',
    });
  });

  test('a link signed for another is refused, and told the right one', async () => {
    const server = await start({ region: 'eu-central-1' });
    const reply = await ask(await link(clientOf(server, { region: 'us-west-2' })));
    expect(reply).toMatchObject({ status: 400, code: 'AuthorizationQueryParametersError' });
    expect(reply.text).toContain('<Region>eu-central-1</Region>');
  });

  test('is told to whoever asks for the bucket, signed or not', async () => {
    const server = await start({ region: 'eu-central-1' });
    const { BucketRegion } = await clientOf(server).send(new HeadBucketCommand({ Bucket: 'demo' }));
    expect(BucketRegion).toBe('eu-central-1');
    const unsigned = await ask(`${server.endpoint}/demo`, { method: 'HEAD' });
    expect(unsigned).toMatchObject({ status: 403, headers: { 'x-amz-bucket-region': 'eu-central-1' } });
    const missing = await ask(`${server.endpoint}/other`, { method: 'HEAD' });
    expect(missing.headers).not.toHaveProperty('x-amz-bucket-region');
  });
});

describe('Session tokens', () => {
  const sessionToken = { value: 'token-of-a-session', endsAt: Date.now() + 60 * MINUTE_MS };

  test('the right one opens, in a header and in a link', async () => {
    const client = clientOf(await start({ sessionToken }), { sessionToken: sessionToken.value });
    await put(client);
    expect(await ask(await link(client))).toMatchObject({ status: 200, text: 'hello' });
  });

  test('without one, the key is unknown', async () => {
    const client = clientOf(await start({ sessionToken }));
    expect(await refusalOf(put(client))).toEqual({ status: 403, code: 'InvalidAccessKeyId' });
  });

  test('another is refused', async () => {
    const client = clientOf(await start({ sessionToken }), { sessionToken: 'another' });
    expect(await refusalOf(put(client))).toEqual({ status: 400, code: 'InvalidToken' });
  });

  test('one is refused where the keys have none', async () => {
    const client = clientOf(await start(), { sessionToken: 'another' });
    expect(await refusalAt(await link(client))).toEqual({ status: 400, code: 'InvalidToken' });
  });

  test('one that has ended is refused, and takes its links with it', async () => {
    const ended = { ...sessionToken, endsAt: Date.now() - 1 };
    const client = clientOf(await start({ sessionToken: ended }), { sessionToken: ended.value });
    expect(await refusalOf(put(client))).toEqual({ status: 400, code: 'ExpiredToken' });
    expect(await refusalAt(await link(client))).toEqual({ status: 400, code: 'ExpiredToken' });
  });
});

describe('What was not signed', () => {
  test('an x-amz header beside a link is refused, by name', async () => {
    const url = await link(clientOf(await start()));
    const reply = await ask(url, { headers: { 'x-amz-meta-late': '1' } });
    expect(reply).toMatchObject({ status: 403, code: 'AccessDenied' });
    expect(reply.text).toContain('<HeadersNotSigned>x-amz-meta-late</HeadersNotSigned>');
  });

  test('other headers may be added', async () => {
    const client = clientOf(await start());
    await put(client);
    expect(await ask(await link(client), { headers: { accept: 'text/html' } })).toMatchObject({
      status: 200,
    });
  });
});

describe('The authorization header', () => {
  const at = async (authorization: string, more: Record<string, string> = {}) => {
    const { endpoint } = await start();
    return refusalAt(`${endpoint}/`, { headers: { authorization, ...more } });
  };
  const credential = 'Credential=AKIALOCAL/20260102/us-east-1/s3/aws4_request';
  const whole = `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host, Signature=00`;
  const hash = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };

  test('of an older kind is refused', async () => {
    expect(await at('AWS AKIALOCAL:c2ln')).toEqual({ status: 400, code: 'InvalidRequest' });
  });

  test('that lacks a piece is refused', async () => {
    const refused = await at(`AWS4-HMAC-SHA256 ${credential}, Signature=00`, hash);
    expect(refused).toEqual({ status: 400, code: 'AuthorizationHeaderMalformed' });
  });

  test('without the hash of the body is refused', async () => {
    expect(await at(whole)).toEqual({ status: 400, code: 'InvalidRequest' });
  });

  test('without a date is refused', async () => {
    expect(await at(whole, hash)).toEqual({ status: 403, code: 'AccessDenied' });
  });

  test('beside a signed query is refused', async () => {
    const url = await link(clientOf(await start()));
    const refused = await refusalAt(url, { headers: { authorization: whole } });
    expect(refused).toEqual({ status: 400, code: 'InvalidRequest' });
  });

  test('of another day than the date is refused', async () => {
    const refused = await at(whole, { ...hash, 'x-amz-date': '20260103T000000Z' });
    expect(refused).toEqual({ status: 400, code: 'AuthorizationHeaderMalformed' });
  });

  test('over a body in signed chunks is refused as not implemented', async () => {
    const streaming = { 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' };
    const refused = await at(whole, { ...streaming, 'x-amz-date': '20260102T000000Z' });
    expect(refused).toEqual({ status: 501, code: 'NotImplemented' });
  });
});

test('no answer and no log tells a secret or a signature', async () => {
  const told: string[] = [];
  const sessionToken = { value: 'token-of-a-session' };
  const server = await start({ sessionToken, log: (entry) => told.push(JSON.stringify(entry)) });
  const client = clientOf(server, { sessionToken: sessionToken.value });
  const url = await link(client);
  told.push((await ask(url)).text, (await ask(url.replace('/k?', '/other?'))).text);
  await client.send(new ListBucketsCommand({}));
  expect(told.length).toBeGreaterThan(4);
  const signature = /X-Amz-Signature=([0-9a-f]+)/.exec(url)![1]!;
  for (const secret of ['local-secret', 'token-of-a-session', signature])
    expect(told.join()).not.toContain(secret);
});
