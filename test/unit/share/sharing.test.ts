import { resolve } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { CredentialSource } from '../../../src/main/credentials/credentials.ts';
import type { ShareRecord } from '../../../src/main/history/share-record.ts';
import type { Destination } from '../../../src/main/share/destination.ts';
import { Sharing, type OpenFile, type ShareLog, type SharingPorts } from '../../../src/main/share/sharing.ts';
import { ServerClock } from '../../../src/main/signing/server-clock.ts';
import { SandglassError, type ErrorCode } from '../../../src/shared/errors.ts';

const NOON = Date.UTC(2026, 6, 1, 12);
const PAIR = { accessKeyId: 'AKIACANARY', secretAccessKey: 'canary/secret' };
const OPTIONS = { life: { kind: 'seconds', seconds: 3_600 }, keyTemplate: '{random}/{name}' } as const;
const source: CredentialSource = {
  origin: { kind: 'account', name: 'mine' },
  resolve: () => Promise.resolve(PAIR),
};
const TO: Destination = { bucket: 'films', endpoint: {}, source };
const failure = (code: ErrorCode) => new SandglassError(code, `Scripted: ${code}.`);

function scene() {
  const time = { now: NOON };
  const file = { size: 7, closed: 0 };
  const log = {
    add: vi.fn<ShareLog['add']>(),
    setLink: vi.fn<ShareLog['setLink']>(),
    restart: vi.fn<ShareLog['restart']>(),
    setUploadId: vi.fn<ShareLog['setUploadId']>(() => true),
    isOpen: vi.fn<ShareLog['isOpen']>(() => true),
    settle: vi.fn<ShareLog['settle']>(() => true),
  };
  const openFile = vi.fn<SharingPorts['openFile']>(() => {
    const opened: OpenFile = {
      size: file.size,
      read: () => Promise.resolve(),
      assertUnchanged: () => Promise.resolve(),
      close: () => {
        file.closed++;
        return Promise.resolve();
      },
    };
    return Promise.resolve(opened);
  });
  const locate = vi.fn<SharingPorts['locator']['locate']>((bucket) =>
    Promise.resolve({ bucket, region: 'eu-west-1', pathStyle: false }),
  );
  const put = vi.fn<SharingPorts['sender']['put']>(() => Promise.reject(failure('refused')));
  const sharing = new Sharing({
    ...{ log, openFile, locator: { locate, forget: () => Promise.resolve() } },
    clock: new ServerClock({ now: () => time.now }),
    sender: { put },
    patience: { sleep: () => Promise.resolve(), random: () => 0 },
  });
  const recordIn = (): ShareRecord => log.add.mock.calls[0]![0];
  return { time, file, log, openFile, locate, put, sharing, recordIn };
}

let world: ReturnType<typeof scene>;

beforeEach(() => {
  world = scene();
});

describe('sharing a file', () => {
  it('gives a link at once that lives as long as was asked, and sends nothing yet', async () => {
    const share = await world.sharing.share('/home/ada/a.txt', TO, OPTIONS);
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

  it('puts the key under the prefix', async () => {
    const { link } = await world.sharing.share('/home/ada/a.txt', TO, { ...OPTIONS, prefix: 'inbox' });
    expect(link.key).toMatch(/^inbox\/[\w-]{22}\/a\.txt$/);
  });

  it('that cannot be opened leaves no trace', async () => {
    world.openFile.mockRejectedValue(failure('file-missing'));
    await expect(world.sharing.share('/home/ada/a.txt', TO, OPTIONS)).rejects.toMatchObject({
      code: 'file-missing',
    });
    expect([world.log.add.mock.calls, world.locate.mock.calls]).toEqual([[], []]);
  });

  it.each<readonly [string, ErrorCode, () => Partial<typeof OPTIONS> | Record<string, unknown>]>([
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
  ])('closes it again and writes nothing down for %s', async (_what, code, change) => {
    const options = { ...OPTIONS, ...change() };
    await expect(world.sharing.share('/home/ada/a.txt', TO, options)).rejects.toMatchObject({ code });
    expect([world.file.closed, world.log.add.mock.calls]).toEqual([1, []]);
  });

  it('closes it again where the history cannot be written', async () => {
    world.log.add.mockImplementation(() => {
      throw failure('disk-full');
    });
    await expect(world.sharing.share('/home/ada/a.txt', TO, OPTIONS)).rejects.toMatchObject({
      code: 'disk-full',
    });
    expect(world.file.closed).toBe(1);
  });
});

describe('sending a share once more', () => {
  const shared = async (change: Partial<ShareRecord> = {}) => {
    const { link } = await world.sharing.share('/home/ada/a.txt', TO, OPTIONS);
    const record: ShareRecord = { ...world.recordIn(), status: 'failed', ...change };
    world.openFile.mockClear();
    return { link, record };
  };

  it.each<readonly [string, string]>([
    ['the key that signed its link is gone', 'other'],
    ['its link has ended', 'late'],
  ])('is refused where %s: nobody would gain by it', async (_why, what) => {
    const { record } = await shared();
    if (what === 'late') world.time.now += 3_600_000;
    const other = { ...source, resolve: () => Promise.resolve({ ...PAIR, accessKeyId: 'AKIAOTHER' }) };
    const keys = what === 'other' ? other : source;
    await expect(world.sharing.retry(record, keys)).rejects.toMatchObject({ code: 'signer-gone' });
    expect(world.openFile.mock.calls).toEqual([]);
  });

  it('closes the file again where the history cannot be written', async () => {
    const { record } = await shared();
    world.log.restart.mockImplementation(() => {
      throw failure('disk-full');
    });
    await expect(world.sharing.retry(record, source)).rejects.toMatchObject({ code: 'disk-full' });
    expect(world.file.closed).toBe(1);
  });

  it.each(['failed', 'interrupted', 'cancelled', 'uploading'] as const)(
    'that was %s has the very link that was given out, letter for letter, whenever it is',
    async (status) => {
      const { link, record } = await shared({ status });
      world.time.now = NOON + 600_000;
      const again = await world.sharing.retry(record, source);
      expect(again.link).toEqual(link);
      expect(again.progress.state.kind).toBe('queued');
    },
  );

  it('opens the file where it lay, and writes down that it is uploading with the size it has now', async () => {
    const { record } = await shared();
    world.file.size = 99;
    const again = await world.sharing.retry(record, source);
    expect(world.openFile.mock.calls).toEqual([[resolve('/home/ada/a.txt')]]);
    expect(world.log.restart.mock.calls).toEqual([[{ ...record, size: 99, status: 'uploading' }]]);
    expect([again.link.size, again.progress.totalBytes]).toEqual([99, 99]);
    expect([world.log.add.mock.calls.length, world.put.mock.calls]).toEqual([1, []]);
  });

  it.each<readonly [string, Partial<ShareRecord>]>([
    ['works already', { status: 'live' }],
    ['was revoked', { status: 'revoked' }],
    ['has no file', { path: null }],
  ])('is refused where it %s, before anything is touched', async (_what, change) => {
    const { record } = await shared(change);
    await expect(world.sharing.retry(record, source)).rejects.toMatchObject({ code: 'share-not-live' });
    expect([world.openFile.mock.calls, world.log.restart.mock.calls]).toEqual([[], []]);
  });

  it.each(['file-missing', 'file-is-directory', 'file-unreadable'] as const)(
    'leaves the history as it is where its file is %s',
    async (code) => {
      const { record } = await shared();
      world.openFile.mockRejectedValue(failure(code));
      await expect(world.sharing.retry(record, source)).rejects.toMatchObject({ code });
      expect(world.log.restart).not.toHaveBeenCalled();
    },
  );

  it('leaves the history as it is where there are no keys', async () => {
    const { record } = await shared();
    const none = { ...source, resolve: () => Promise.reject(failure('no-credentials')) };
    await expect(world.sharing.retry(record, none)).rejects.toMatchObject({ code: 'no-credentials' });
    expect([world.openFile.mock.calls, world.log.restart.mock.calls]).toEqual([[], []]);
  });

  it('says what fails, writes it down, and closes the file', async () => {
    const { record } = await shared();
    const again = await world.sharing.retry(record, source);
    await expect(again.upload()).rejects.toMatchObject({ code: 'refused' });
    expect(world.log.settle.mock.calls).toEqual([[record.id, 'failed']]);
    expect(world.file.closed).toBe(1);
  });
});
