import { PutBucketVersioningCommand, PutObjectCommand, DeleteObjectCommand } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ContentsPage } from '../../../src/main/share/browsing.ts';
import { expected } from '../../servers/rgw-differences.ts';
import { describeOnBothServers } from '../../servers/s3-servers.ts';
import { Core } from './core.ts';

const AN_HOUR = { kind: 'seconds', seconds: 3_600 } as const;

describeOnBothServers('A look into a bucket', (server) => {
  let core: Core;
  let bucket: string;
  beforeEach(async () => {
    core = await Core.open(server);
    bucket = await server.freshBucket();
  });
  afterEach(() => core.close());

  const put = async (...keys: string[]) => {
    for (const Key of keys)
      await server.client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: 'hello' }));
  };
  const browse = (prefix: string, after?: string, limit?: number) =>
    core.rooms.browsing.browse(core.destination(bucket), { prefix, after, limit });
  const names = ({ prefixes, objects }: ContentsPage) => [...prefixes, ...objects.map(({ name }) => name)];

  test('finds the buckets that the keys may see', async () => {
    const { endpoint, source } = core.destination(bucket);
    expect(await core.rooms.browsing.buckets(endpoint, source)).toContain(bucket);
  });

  test('folds what lies deeper, and tells size, date and storage class of the rest', async () => {
    await put('films/a/1.mp4', 'films/b.mp4', 'top.txt');
    const page = await browse('films/');
    expect(page).toMatchObject({
      prefixes: ['films/a/'],
      objects: [{ key: 'films/b.mp4', name: 'b.mp4', size: 5, storageClass: 'STANDARD', archived: false }],
      next: null,
    });
    expect(Math.abs((page.objects[0]?.lastModified ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  test('searches by how names begin', async () => {
    await put('films/2025.mp4', 'films/2026-a.mp4', 'films/2026-b/1.mp4', 'other');
    expect(names(await browse('films/2026'))).toEqual(['films/2026-b/', '2026-a.mp4']);
  });

  test('comes in pages of the size that is asked for, none twice and none left out', async () => {
    const keys = Array.from({ length: 7 }, (_, i) => `k${i}`);
    await put(...keys);
    const pages: string[][] = [];
    let after: string | undefined;
    do {
      const page = await browse('', after, 3);
      pages.push(names(page));
      after = page.next ?? undefined;
    } while (after !== undefined);
    expect(pages.map(({ length }) => length)).toEqual([3, 3, 1]);
    expect(pages.flat()).toEqual(keys);
  });

  test('goes through every page, deep where that is asked for', async () => {
    await put('a/1', 'a/2', 'b');
    const all: string[] = [];
    const asked = { prefix: '', limit: 1, isDeep: true };
    for await (const { objects } of core.rooms.browsing.pages(core.destination(bucket), asked))
      all.push(...objects.map(({ key }) => key));
    expect(all).toEqual(['a/1', 'a/2', 'b']);
  });

  test.each(['with space & +plus.txt', 'ümlaut/🎉.bin', 'percent%20.txt', 'quote"<x>.txt'])(
    'spells a key as it is: %s',
    async (key) => {
      await put(key);
      const { objects } = await core.rooms.browsing.browse(core.destination(bucket), { isDeep: true });
      expect(objects.map((object) => object.key)).toEqual([key]);
      const { link } = await core.rooms.links.link(core.destination(bucket), key, AN_HOUR);
      expect(await (await fetch(link.url)).text()).toBe('hello');
    },
  );

  test('says that the bucket is not there', async () => {
    await expect(
      core.rooms.browsing.browse(core.destination('sandglass-is-not-there'), {}),
    ).rejects.toMatchObject({ code: 'no-such-bucket' });
  });

  describe('that keeps versions', () => {
    const write = async (Body: string) => {
      const { VersionId = '' } = await server.client.send(
        new PutObjectCommand({ Bucket: bucket, Key: 'note.txt', Body }),
      );
      return VersionId;
    };
    beforeEach(async () => {
      const VersioningConfiguration = { Status: 'Enabled' } as const;
      await server.client.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration }));
    });
    const versions = (key = 'note.txt') => core.rooms.browsing.versions(core.destination(bucket), key);
    const linkTo = (versionId?: string) =>
      core.rooms.links.link(core.destination(bucket), 'note.txt', AN_HOUR, undefined, versionId);

    test('tells the versions of just the one object, newest first', async () => {
      const [first, second] = [await write('one'), await write('three')];
      await put('note.txt.bak');
      const { versions: found, next } = await versions();
      expect(found).toMatchObject([
        { versionId: second, isLatest: true, size: 5, isDeleteMarker: false },
        { versionId: first, isLatest: false, size: 3, isDeleteMarker: false },
      ]);
      expect(next).toBeNull();
    });

    test('gives a link to one version, whatever is written later', async () => {
      const first = await write('the first');
      await write('the second');
      const { link } = await linkTo(first);
      expect(new URL(link.url).searchParams.get('versionId')).toBe(first);
      await server.client.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'note.txt' }));
      expect(await (await fetch(link.url)).text()).toBe('the first');
      // Derived again letter for letter, and for a longer life to the same version.
      expect((await core.rooms.links.copy(link.id)).url).toBe(link.url);
      const longer = await core.rooms.links.extend(link.id, { kind: 'seconds', seconds: 7_200 });
      expect(await (await fetch(longer.url)).text()).toBe('the first');
    });

    test('says where there is only a mark that the object was deleted, and what can be done', async () => {
      await write('gone');
      await server.client.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'note.txt' }));
      const [marker] = (await versions()).versions;
      expect(marker).toMatchObject({ isDeleteMarker: true, isLatest: true });
      await expect(linkTo()).rejects.toMatchObject({ code: 'no-such-key' });
      const error: unknown = await core.rooms.browsing
        .look(core.destination(bucket), 'note.txt')
        .catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'no-such-key' });
      const saysSo = (error as Error).message.includes('a mark that the object was deleted');
      expect(saysSo).toBe(expected(server, 'whether a delete marker says so'));
    });

    test('ends a link to one version by deleting that version alone', async () => {
      const [first, second] = [await write('one'), await write('two')];
      const { link } = await linkTo(first);
      expect(await core.rooms.links.revoke(link.id)).toMatchObject({ did: 'deleted' });
      expect((await fetch(link.url)).status).toBe(404);
      expect((await versions()).versions.map(({ versionId }) => versionId)).toEqual([second]);
    });

    test('says that a version is not there', async () => {
      await write('one');
      await expect(linkTo('no-such-version')).rejects.toHaveProperty('code');
    });
  });
});
