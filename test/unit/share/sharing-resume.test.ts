import { resolve } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { UNHEARD_UPLOAD, type ShareRecord } from '../../../src/main/history/share-record.ts';
import { failure, NOON, OPTIONS, otherKeys, PATH, scene, source, TO } from './scripted-sharing.ts';

let world: ReturnType<typeof scene>;

beforeEach(() => {
  world = scene();
});

const DEAD = 'app-00000000000000dd';

/** A share of an earlier process. */
async function shared(change: Partial<ShareRecord> = {}) {
  const { link } = await world.sharing.share(PATH, TO, OPTIONS);
  const record: ShareRecord = { ...world.recordIn(), status: 'interrupted', holder: DEAD, ...change };
  world.openFile.mockClear();
  return { link, record };
}

describe('going on with a share', () => {
  it.each(['failed', 'interrupted', 'cancelled', 'uploading'] as const)(
    'that was %s gives the very link that was given out, letter for letter, whenever it is',
    async (status) => {
      const { link, record } = await shared({ status });
      world.time.now = NOON + 600_000;
      const again = await world.sharing.resume(record, source);
      expect(again.link).toEqual(link);
      expect(again.progress.state.kind).toBe('queued');
      expect([world.log.setLink.mock.calls, world.put.mock.calls]).toEqual([[], []]);
    },
  );

  it('opens the file where it lay, and writes down that this process sends it, if nobody was faster', async () => {
    const { record } = await shared();
    await world.sharing.resume(record, source);
    expect(world.openFile.mock.calls).toEqual([[resolve(PATH)]]);
    expect(world.log.takeUp.mock.calls).toEqual([
      [{ ...record, status: 'uploading', holder: 'app-0000000000000001' }, record],
    ]);
    expect(world.log.add.mock.calls.length).toBe(1);
  });

  it('is refused where somebody was faster, and sends nothing', async () => {
    const { record } = await shared();
    world.log.takeUp.mockReturnValue(false);
    await expect(world.sharing.resume(record, source)).rejects.toMatchObject({ code: 'share-not-live' });
    expect([world.log.setLink.mock.calls, world.put.mock.calls]).toEqual([[], []]);
  });

  it('is refused while a living process sends it, before anything is touched', async () => {
    const { record } = await shared({ status: 'uploading' });
    world.alive.add(DEAD);
    await expect(world.sharing.resume(record, source)).rejects.toMatchObject({
      code: 'share-not-live',
      message: expect.stringContaining('being sent') as string,
    });
    expect([world.openFile.mock.calls, world.log.takeUp.mock.calls]).toEqual([[], []]);
  });

  it('that was interrupted does not ask whether its process still runs', async () => {
    const { record } = await shared();
    world.alive.add(DEAD);
    await expect(world.sharing.resume(record, source)).resolves.toBeDefined();
  });

  it.each<readonly [string, Partial<ShareRecord>]>([
    ['works already', { status: 'live' }],
    ['was revoked', { status: 'revoked' }],
    ['has no file', { path: null }],
  ])('is refused where it %s, before anything is touched', async (_what, change) => {
    const { record } = await shared(change);
    await expect(world.sharing.resume(record, source)).rejects.toMatchObject({ code: 'share-not-live' });
    expect([world.openFile.mock.calls, world.log.takeUp.mock.calls]).toEqual([[], []]);
  });

  it('is refused from the very millisecond in which its link ends', async () => {
    const { record } = await shared();
    world.time.now = NOON + 3_599_999;
    await expect(world.sharing.resume(record, source)).resolves.toBeDefined();
    world.time.now = NOON + 3_600_000;
    world.log.takeUp.mockClear();
    await expect(world.sharing.resume(record, source)).rejects.toMatchObject({ code: 'share-not-live' });
    expect(world.log.takeUp).not.toHaveBeenCalled();
  });

  it.each(['file-missing', 'file-is-directory', 'file-unreadable'] as const)(
    'leaves the history as it is where its file is %s',
    async (code) => {
      const { record } = await shared();
      world.openFile.mockRejectedValue(failure(code));
      await expect(world.sharing.resume(record, source)).rejects.toMatchObject({ code });
      expect(world.log.takeUp).not.toHaveBeenCalled();
    },
  );

  it('leaves the history as it is where there are no keys', async () => {
    const { record } = await shared();
    const none = { ...source, resolve: () => Promise.reject(failure('no-credentials')) };
    await expect(world.sharing.resume(record, none)).rejects.toMatchObject({ code: 'no-credentials' });
    expect([world.openFile.mock.calls, world.log.takeUp.mock.calls]).toEqual([[], []]);
  });

  it('signs another link where the key that signed the first is gone, with the end that was asked for', async () => {
    const { link, record } = await shared();
    world.time.now = NOON + 600_000;
    const again = await world.sharing.resume(record, otherKeys);
    expect(again.link.url).not.toBe(link.url);
    expect(again.link).toMatchObject({ id: link.id, key: link.key, expiresAt: link.expiresAt });
    expect(world.log.setLink.mock.calls).toMatchObject([[{ id: link.id, signedAt: NOON + 600_000 }]]);
  });

  it('gives no other link where the object went with the first meanwhile', async () => {
    const { record } = await shared();
    world.log.setLink.mockReturnValue(false);
    await expect(world.sharing.resume(record, otherKeys)).rejects.toMatchObject({ code: 'share-not-live' });
    expect(world.put.mock.calls).toEqual([]);
  });

  it('is as the history says afterwards: live where it was sent, and its file is closed', async () => {
    const { record } = await shared();
    const again = await world.sharing.resume(record, source);
    await again.upload();
    expect(world.log.settle.mock.calls).toEqual([[record.id, 'live']]);
    expect(world.file.closed).toBe(1);
  });

  it('says what fails, writes it down, and closes the file', async () => {
    const { record } = await shared();
    world.put.mockRejectedValue(failure('access-denied'));
    const again = await world.sharing.resume(record, source);
    await expect(again.upload()).rejects.toMatchObject({ code: 'access-denied' });
    expect(world.log.settle.mock.calls).toEqual([[record.id, 'failed']]);
    expect(world.file.closed).toBe(1);
  });
});

describe('the parts that an earlier process has sent', () => {
  const BIG = 100 * 1024 ** 2;

  it('are of use while the file has its size: cut as it was, and under its upload id', async () => {
    world.file.size = BIG;
    const journal = { partSize: 16 * 1024 ** 2, uploadMark: 'f'.repeat(32) };
    const { record } = await shared({ journal, uploadId: 'u0' });
    const again = await world.sharing.resume(record, source);
    const [taken] = world.log.takeUp.mock.calls[0]!;
    expect(taken).toMatchObject({ journal, uploadId: 'u0', size: BIG });
    expect(again.progress.totalBytes).toBe(BIG);
  });

  it('are none where the file has another size, and its object is known by the same mark', async () => {
    const { record } = await shared();
    world.file.size = BIG;
    const again = await world.sharing.resume(record, source);
    const [taken] = world.log.takeUp.mock.calls[0]!;
    expect(taken).toMatchObject({
      ...{ size: BIG, uploadId: null },
      journal: { partSize: 8 * 1024 ** 2, uploadMark: record.journal?.uploadMark },
    });
    expect([again.link.size, again.progress.totalBytes]).toEqual([BIG, BIG]);
  });

  it('are planned anew for a share that was never cut', async () => {
    const { record } = await shared({ journal: null });
    await world.sharing.resume(record, source);
    const [taken] = world.log.takeUp.mock.calls[0]!;
    expect(taken.journal?.uploadMark).toMatch(/^[0-9a-f]{32}$/);
  });

  it('that it never heard of are remembered as such', async () => {
    const { record } = await shared({ uploadId: UNHEARD_UPLOAD });
    await world.sharing.resume(record, source);
    expect(world.log.takeUp.mock.calls[0]![0].uploadId).toBe(UNHEARD_UPLOAD);
  });
});
