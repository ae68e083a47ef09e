import { resolve } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { expiresAt } from '../../../src/main/history/share-record.ts';
import { ownSince } from '../../../src/main/share/journal.ts';
import type { ErrorCode } from '../../../src/shared/errors.ts';
import { failure, NOON, OPTIONS, PATH, scene, source, TO } from './scripted-sharing.ts';

let world: ReturnType<typeof scene>;

beforeEach(() => {
  world = scene();
});

describe('sharing a file', () => {
  it('gives a link at once that lives as long as was asked, and sends nothing yet', async () => {
    const share = await world.sharing.share(PATH, TO, OPTIONS);
    const url = new URL(share.link.url);
    expect(url.host).toBe('films.s3.eu-west-1.amazonaws.com');
    expect(url.searchParams.get('X-Amz-Expires')).toBe('3600');
    expect(url.pathname).toMatch(/^\/[\w-]{22}\/a\.txt$/);
    expect(share.link).toMatchObject({ name: 'a.txt', size: 7, expiresAt: NOON + 3_600_000 });
    expect([world.put.mock.calls, world.file.closed, share.progress.state.kind]).toEqual([[], 0, 'queued']);
  });

  it('writes it into the history with its path, and without URL, key id or secret', async () => {
    const { link } = await world.sharing.share('film.mp4', TO, OPTIONS);
    expect(world.recordIn()).toMatchObject({
      ...{ id: link.id, name: 'film.mp4', key: link.key, size: 7, status: 'uploading', uploadId: null },
      ...{ path: resolve('film.mp4'), origin: source.origin, signedAt: NOON, expiresInSeconds: 3_600 },
    });
    expect(JSON.stringify(world.recordIn())).not.toMatch(/canary|X-Amz|https:/i);
  });

  it('writes down how it is cut, how its object is known, and which process sends it', async () => {
    world.file.size = 100 * 1024 ** 2;
    await world.sharing.share(PATH, TO, OPTIONS);
    const { journal, holder } = world.recordIn();
    expect(journal?.partSize).toBe(8 * 1024 ** 2);
    expect(journal?.uploadMark).toMatch(/^[0-9a-f]{32}$/);
    expect(holder).toBe('app-0000000000000001');
  });

  it('tells from its record whether chance made the key, and nobody else uploads to it', async () => {
    await world.sharing.share(PATH, TO, OPTIONS);
    expect(ownSince(world.recordIn())).toBe(NOON);
    const named = scene();
    await named.sharing.share(PATH, TO, { ...OPTIONS, keyTemplate: '{date}/{name}' });
    expect(ownSince(named.recordIn())).toBeNull();
  });

  it('puts the key under the prefix', async () => {
    const { link } = await world.sharing.share(PATH, TO, { ...OPTIONS, prefix: 'inbox' });
    expect(link.key).toMatch(/^inbox\/[\w-]{22}\/a\.txt$/);
  });

  it('that cannot be opened leaves no trace', async () => {
    world.openFile.mockRejectedValue(failure('file-missing'));
    await expect(world.sharing.share(PATH, TO, OPTIONS)).rejects.toMatchObject({ code: 'file-missing' });
    expect([world.log.add.mock.calls, world.locate.mock.calls]).toEqual([[], []]);
  });

  it.each<readonly [string, ErrorCode, () => Record<string, unknown>]>([
    ['a template that is none', 'bad-usage', () => ({ keyTemplate: '{other}' })],
    ['a life that is none', 'expiry-invalid', () => ({ life: { kind: 'seconds', seconds: 0 } })],
    [
      'a bucket that is not found',
      'no-such-bucket',
      () => {
        world.locate.mockRejectedValue(failure('no-such-bucket'));
        return {};
      },
    ],
  ])('writes nothing down for %s', async (_what, code, change) => {
    const options = { ...OPTIONS, ...change() };
    await expect(world.sharing.share(PATH, TO, options)).rejects.toMatchObject({ code });
    expect(world.log.add.mock.calls).toEqual([]);
  });

  it('is refused where the history cannot be written', async () => {
    world.log.add.mockImplementation(() => {
      throw failure('disk-full');
    });
    await expect(world.sharing.share(PATH, TO, OPTIONS)).rejects.toMatchObject({ code: 'disk-full' });
    expect(world.put).not.toHaveBeenCalled();
  });

  it('is live once it was sent, and closes its file', async () => {
    const share = await world.sharing.share(PATH, TO, OPTIONS);
    await share.upload();
    expect(world.log.settle.mock.calls).toEqual([[share.link.id, 'live']]);
    expect([world.put.mock.calls.length, world.file.closed]).toEqual([1, 1]);
    expect(expiresAt(world.recordIn())).toBe(share.link.expiresAt);
  });
});

describe('a file that is just being sent to the same place', () => {
  it('is not sent twice: its running share is given again, and nothing is left open', async () => {
    const first = await world.sharing.share(PATH, TO, OPTIONS);
    expect(await world.sharing.share(PATH, TO, OPTIONS)).toBe(first);
    expect([world.log.add.mock.calls.length, world.file.closed]).toEqual([1, 1]);
  });

  it('is sent twice where that is asked', async () => {
    const first = await world.sharing.share(PATH, TO, OPTIONS);
    const second = await world.sharing.share(PATH, TO, { ...OPTIONS, again: true });
    expect(second).not.toBe(first);
    expect(second.link.key).not.toBe(first.link.key);
  });

  it.each([
    ['has another content', () => (world.file.stamp = 'stamp 2'), PATH, TO, OPTIONS],
    ['has another name', () => '', '/home/ada/b.txt', TO, OPTIONS],
    ['goes to another bucket', () => '', PATH, { ...TO, bucket: 'books' }, OPTIONS],
    [
      'goes to another server',
      () => '',
      PATH,
      { ...TO, endpoint: { url: 'https://s3.example.org' } },
      OPTIONS,
    ],
    [
      'is signed by other keys',
      () => '',
      PATH,
      { ...TO, source: { ...source, origin: { kind: 'environment' } as const } },
      OPTIONS,
    ],
    [
      'is to live otherwise',
      () => '',
      PATH,
      TO,
      { ...OPTIONS, life: { kind: 'seconds', seconds: 60 } as const },
    ],
    ['has another prefix', () => '', PATH, TO, { ...OPTIONS, prefix: 'inbox' }],
  ])('is another where it %s', async (_what, change, path, to, options) => {
    const first = await world.sharing.share(PATH, TO, OPTIONS);
    change();
    expect(await world.sharing.share(path, to, options)).not.toBe(first);
  });

  it('is sent anew once that has ended, well or badly', async () => {
    const first = await world.sharing.share(PATH, TO, OPTIONS);
    await first.upload();
    const second = await world.sharing.share(PATH, TO, OPTIONS);
    expect(second).not.toBe(first);
    world.put.mockRejectedValue(failure('access-denied'));
    await expect(second.upload()).rejects.toMatchObject({ code: 'access-denied' });
    expect(await world.sharing.share(PATH, TO, OPTIONS)).not.toBe(second);
  });

  it('is sent anew where that was cancelled and is only being cleared away', async () => {
    const first = await world.sharing.share(PATH, TO, OPTIONS);
    first.cancel();
    expect(await world.sharing.share(PATH, TO, OPTIONS)).not.toBe(first);
  });

  it('is not sent twice though both are asked for in the same moment', async () => {
    const [first, second] = await Promise.all([
      world.sharing.share(PATH, TO, OPTIONS),
      world.sharing.share(PATH, TO, OPTIONS),
    ]);
    expect(second).toBe(first);
  });

  it('is not sent a third time once the first of two has ended', async () => {
    const first = await world.sharing.share(PATH, TO, OPTIONS);
    const second = await world.sharing.share(PATH, TO, { ...OPTIONS, again: true });
    await first.upload();
    expect(await world.sharing.share(PATH, TO, OPTIONS)).toBe(second);
  });
});
