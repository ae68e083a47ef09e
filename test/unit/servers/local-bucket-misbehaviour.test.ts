import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { S3Client } from '@aws-sdk/client-s3';
import { afterEach, describe, expect, test } from 'vitest';
import type { LogEntry, Misbehave, Misbehaviour, Occasion } from '../../servers/local-bucket/server.ts';
import { beginUpload } from '../../servers/multipart-upload.ts';
import type { MultipartUpload } from '../../servers/multipart-upload.ts';
import { outcomeOf, refusalOf } from '../../servers/probe.ts';
import { plainClient } from '../../servers/s3-servers.ts';
import { startTemporaryBucket } from '../../servers/temporary-bucket.ts';

const closing: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

interface Bench {
  readonly client: S3Client;
  readonly log: LogEntry[];
  readonly close: () => Promise<void>;
}

async function startWith(misbehave: Misbehave): Promise<Bench> {
  const log: LogEntry[] = [];
  const server = await startTemporaryBucket({
    buckets: ['demo'],
    misbehave,
    log: (entry) => log.push(entry),
  });
  const { endpoint, region, accessKeyId, secretAccessKey } = server;
  const client = plainClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } });
  let open = true;
  const close = async (): Promise<void> => {
    if (open) await server.close();
    open = false;
  };
  closing.push(close, () => {
    client.destroy();
  });
  return { client, log, close };
}

/** Goes wrong once, at the first request of an operation. */
const once =
  (operation: Occasion['operation'], misbehaviour: Misbehaviour): Misbehave =>
  (occasion) =>
    occasion.operation === operation && occasion.attempt === 1 ? misbehaviour : null;

const put = (client: S3Client, Body = 'hello') =>
  client.send(new PutObjectCommand({ Bucket: 'demo', Key: 'k', Body }));

const isThere = async (client: S3Client): Promise<boolean> =>
  (await outcomeOf(client.send(new HeadObjectCommand({ Bucket: 'demo', Key: 'k' })))) === 'accepted';

const begin = ({ client }: Bench): Promise<MultipartUpload> => beginUpload({ client }, 'demo', { Key: 'k' });

describe('A request that is to be refused', () => {
  test('is, with the code and status asked for, and leaves nothing behind', async () => {
    const { client } = await startWith(once('PutObject', { kind: 'refuse', code: 'SlowDown', status: 503 }));
    expect(await refusalOf(put(client))).toEqual({ status: 503, code: 'SlowDown' });
    expect(await isThere(client)).toBe(false);
    await put(client);
    expect(await isThere(client)).toBe(true);
  });

  test('may be refused inside a 200, as completing can be', async () => {
    const bench = await startWith(
      once('CompleteMultipartUpload', { kind: 'refuse-in-200', code: 'InternalError' }),
    );
    const upload = await begin(bench);
    const part = await upload.part(1, 'hello');
    await expect(upload.complete([part])).rejects.toThrow();
    expect(bench.log.at(-1)).toMatchObject({ status: 200, code: 'InternalError' });
    expect(await isThere(bench.client)).toBe(false);
    await upload.complete([part]);
    expect(await isThere(bench.client)).toBe(true);
  });
});

describe('A connection that is to be reset', () => {
  test('is at once, and leaves nothing behind', async () => {
    const { client, log } = await startWith(once('PutObject', { kind: 'reset' }));
    await expect(put(client)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(await isThere(client)).toBe(false);
    expect(log[0]).toMatchObject({ operation: 'PutObject', status: null });
  });

  test('may be in the midst of a part, which is then not there', async () => {
    const bench = await startWith(once('UploadPart', { kind: 'reset', afterBytes: 100_000 }));
    const upload = await begin(bench);
    await expect(upload.part(1, Buffer.alloc(1_000_000))).rejects.toMatchObject({
      code: expect.stringMatching(/^(ECONNRESET|EPIPE)$/) as string,
    });
    expect((await upload.list()).Parts ?? []).toEqual([]);
    await upload.part(1, Buffer.alloc(1_000_000));
    expect((await upload.list()).Parts).toMatchObject([{ Size: 1_000_000 }]);
  });
});

test('an answer that is swallowed leaves the deed done', async () => {
  const bench = await startWith(once('CompleteMultipartUpload', { kind: 'swallow-answer' }));
  const upload = await begin(bench);
  const part = await upload.part(1, 'hello');
  await expect(upload.complete([part])).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(await refusalOf(upload.complete([part]))).toEqual({ status: 404, code: 'NoSuchUpload' });
  expect(await upload.head()).toMatchObject({ ContentLength: 5 });
});

describe('The ETag of an answer', () => {
  test('may be another than the object has', async () => {
    const { client } = await startWith(once('PutObject', { kind: 'answer-etag', etag: 'wrong' }));
    expect(await put(client)).toMatchObject({ ETag: '"wrong"' });
    const { ETag } = await client.send(new HeadObjectCommand({ Bucket: 'demo', Key: 'k' }));
    expect(ETag).toBe('"5d41402abc4b2a76b9719d911017c592"');
  });

  test('may be missing, for a part', async () => {
    const bench = await startWith(once('UploadPart', { kind: 'answer-etag', etag: null }));
    expect((await (await begin(bench)).part(1, 'hello')).ETag).toBeUndefined();
  });

  test('may be empty, for a completed upload', async () => {
    const bench = await startWith(once('CompleteMultipartUpload', { kind: 'answer-etag', etag: null }));
    const upload = await begin(bench);
    expect((await upload.complete([await upload.part(1, 'hello')])).ETag).toBe('');
  });
});

describe('A request that is to stall', () => {
  test.each([undefined, 3, 5, 99])('is done when it is let go (after %s bytes)', async (afterBytes) => {
    const gate = Promise.withResolvers<undefined>();
    const reached = Promise.withResolvers<undefined>();
    const { client } = await startWith(({ operation }) => {
      if (operation !== 'PutObject') return null;
      reached.resolve(undefined);
      const until = gate.promise;
      return afterBytes === undefined ? { kind: 'stall', until } : { kind: 'stall', until, afterBytes };
    });
    const call = put(client);
    await reached.promise;
    expect(await isThere(client)).toBe(false);
    gate.resolve(undefined);
    await call;
    expect(await isThere(client)).toBe(true);
  });

  test('does not keep the server from closing', async () => {
    const reached = Promise.withResolvers<undefined>();
    const { client, close } = await startWith(() => {
      reached.resolve(undefined);
      return { kind: 'stall', until: new Promise(() => undefined) };
    });
    const call = put(client).then(
      () => 'answered',
      () => 'cut',
    );
    await reached.promise;
    await close();
    expect(await call).toBe('cut');
  });
});

test('attempts are counted for each part on its own, and only where the signature is right', async () => {
  const occasions: Occasion[] = [];
  const bench = await startWith((occasion) => {
    occasions.push(occasion);
    return null;
  });
  const upload = await begin(bench);
  for (const number of [1, 2, 1]) await upload.part(number, 'hello');
  const parts = occasions.filter(({ operation }) => operation === 'UploadPart');
  expect(parts).toMatchObject([
    { bucket: 'demo', key: 'k', partNumber: 1, attempt: 1 },
    { partNumber: 2, attempt: 1 },
    { partNumber: 1, attempt: 2 },
  ]);
});
