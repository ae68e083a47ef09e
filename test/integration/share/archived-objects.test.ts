import { PutObjectCommand, RestoreObjectCommand, type S3Client, type StorageClass } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LocalBucket } from '../../servers/local-bucket/server.ts';
import { plainClient } from '../../servers/s3-servers.ts';
import { startTemporaryBucket } from '../../servers/temporary-bucket.ts';
import { Core } from './core.ts';

const DAY_SECONDS = 86_400;

/** Ceph RGW has no archive, so the local bucket answers as AWS documents it. */
describe('An object in an archive (local bucket, as AWS documents it)', () => {
  let server: LocalBucket;
  let client: S3Client;
  let core: Core;
  beforeEach(async () => {
    server = await startTemporaryBucket({ buckets: ['films'] });
    const { endpoint, region, accessKeyId, secretAccessKey } = server;
    const at = { endpoint, region, credentials: { accessKeyId, secretAccessKey } };
    client = plainClient(at);
    core = await Core.open({
      ...at,
      client,
      kind: 'local bucket',
      freshBucket: () => Promise.resolve('films'),
    });
  });
  afterEach(async () => {
    await core.close();
    client.destroy();
    await server.close();
  });

  const put = (Key: string, kept: StorageClass) =>
    client.send(new PutObjectCommand({ Bucket: 'films', Key, Body: 'cold', StorageClass: kept }));
  const restore = (Key: string, Days: number, Tier: 'Expedited' | 'Bulk') => {
    const RestoreRequest = { Days, GlacierJobParameters: { Tier } };
    return client.send(new RestoreObjectCommand({ Bucket: 'films', Key, RestoreRequest }));
  };
  const link = (key: string, seconds = 3_600) =>
    core.rooms.links.link(core.destination('films'), key, { kind: 'seconds', seconds });

  test.each(['GLACIER', 'DEEP_ARCHIVE'] as const)('of the class %s gets no dead link', async (kept) => {
    await put('old.mp4', kept);
    await expect(link('old.mp4')).rejects.toMatchObject({
      code: 'archived',
      message: 'The object is archived: nobody can download it until a copy of it is restored.',
    });
    expect(core.rooms.history.count()).toBe(0);
  });

  test.each(['STANDARD_IA', 'GLACIER_IR', 'INTELLIGENT_TIERING'] as const)(
    'is not one of the class %s, which can be downloaded at once',
    async (kept) => {
      await put('warm.mp4', kept);
      expect(await (await fetch((await link('warm.mp4')).link.url)).text()).toBe('cold');
    },
  );

  test('shows in a listing', async () => {
    await put('old.mp4', 'GLACIER');
    await put('warm.mp4', 'GLACIER_IR');
    const { objects } = await core.rooms.browsing.browse(core.destination('films'), {});
    expect(objects.map(({ name, storageClass, archived }) => [name, storageClass, archived])).toEqual([
      ['old.mp4', 'GLACIER', true],
      ['warm.mp4', 'GLACIER_IR', false],
    ]);
  });

  test('tells of itself what a listing does not', async () => {
    const look = () => core.rooms.browsing.look(core.destination('films'), 'old.mp4');
    await put('old.mp4', 'GLACIER');
    expect(await look()).toEqual({
      size: 4,
      storageClass: 'GLACIER',
      archive: { kind: 'archived', isComing: false },
    });
    await restore('old.mp4', 1, 'Bulk');
    expect(await look()).toMatchObject({ archive: { kind: 'archived', isComing: true } });
    await restore('old.mp4', 1, 'Expedited');
    expect(await look()).toMatchObject({ archive: { kind: 'restored' } });
  });

  test('is still one while its restore is under way', async () => {
    await put('old.mp4', 'GLACIER');
    await restore('old.mp4', 1, 'Bulk');
    await expect(link('old.mp4')).rejects.toMatchObject({ code: 'archived' });
  });

  test('of which a copy was restored gets a link that ends with the copy, and says so', async () => {
    await put('old.mp4', 'GLACIER');
    await restore('old.mp4', 1, 'Expedited');
    const { link: made } = await link('old.mp4', 7 * DAY_SECONDS);
    expect(made.limitedBy).toBe('restore');
    // S3 takes the copy away at a midnight of UTC.
    expect(made.expiresAt % (DAY_SECONDS * 1000)).toBe(0);
    expect(made.requestedExpiresAt - made.signedAt).toBe(7 * DAY_SECONDS * 1000);
    expect(await (await fetch(made.url)).text()).toBe('cold');
    expect(core.rooms.history.find(made.id).limitedBy).toBe('restore');
  });

  test('of which a copy was restored gets the link that was asked for where that ends before the copy', async () => {
    await put('old.mp4', 'GLACIER');
    await restore('old.mp4', 3, 'Expedited');
    const { link: made } = await link('old.mp4');
    expect([made.limitedBy, made.expiresAt - made.signedAt]).toEqual([null, 3_600_000]);
  });
});
