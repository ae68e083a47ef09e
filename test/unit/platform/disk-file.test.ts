import {
  appendFileSync,
  chmodSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DiskFile } from '../../../src/main/platform/disk-file.ts';
import {
  CONTENT,
  folder,
  hasher,
  KIB,
  md5Of,
  open,
  path,
  readAll,
  replaced,
  rewrittenInPlace,
} from './film-on-disk.ts';

describe('a file on disk', () => {
  it('has its size, and gives the bytes that are asked for', async () => {
    const file = await open();
    expect(file.size).toBe(CONTENT.length);
    expect((await readAll(file, 500 * KIB, 300 * KIB)).equals(CONTENT.subarray(500 * KIB, 800 * KIB))).toBe(
      true,
    );
    await file.close();
  });

  it('hashes a short range itself, and has a long one hashed off the event loop', async () => {
    const file = await open();
    expect(await file.md5(900 * KIB, 100 * KIB)).toBe(md5Of(CONTENT.subarray(900 * KIB)));
    expect(hasher.md5).not.toHaveBeenCalled();
    expect(await file.md5(0, 257 * KIB)).toBe('hashed elsewhere');
    expect(hasher.md5.mock.calls[0]?.slice(1)).toEqual([0, 257 * KIB]);
    await file.close();
  });

  it('that is small and waits for its turn holds its length once many wait, and no more', async () => {
    const last = CONTENT.length - 20 * KIB;
    const before = process.memoryUsage().arrayBuffers;
    const files = await Promise.all(Array.from({ length: 100 }, open));
    for (const file of files) await file.md5(last, 20 * KIB);
    // As many rooms of 256 KiB as files would be 25 MiB.
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10 * KIB * KIB);
    // Those that were lent no room come first: the next test sees that none of theirs is lent.
    for (const file of files.reverse()) {
      expect((await readAll(file, last, 20 * KIB)).equals(CONTENT.subarray(last))).toBe(true);
      await file.close();
    }
  });

  it('is hashed rightly after many that are shorter, and keeps its bytes apart from theirs', async () => {
    const short = await Promise.all(Array.from({ length: 20 }, open));
    for (const file of short) await file.md5(CONTENT.length - KIB, KIB);
    for (const file of short) await file.close();
    const long = await Promise.all(Array.from({ length: 20 }, open));
    const starts = long.map((_, at) => 800 * KIB + at);
    for (const [at, file] of long.entries())
      expect(await file.md5(starts[at]!, 200 * KIB - at)).toBe(md5Of(CONTENT.subarray(starts[at])));
    for (const [at, file] of long.entries()) {
      const read = await readAll(file, starts[at], 200 * KIB - at);
      expect(read.equals(CONTENT.subarray(starts[at]))).toBe(true);
      await file.close();
    }
  });

  it.each([
    ['is missing', () => join(folder, 'absent'), 'file-missing'],
    ['lies in what is no folder', () => join(path, 'in it'), 'file-missing'],
    ['is a folder', () => folder, 'file-is-directory'],
    ['is a device', () => '/dev/null', 'file-unreadable'],
  ])('that %s is refused', async (_what, at, code) => {
    await expect(DiskFile.open(at(), hasher)).rejects.toMatchObject({ code });
    await expect(DiskFile.sizeOf(at())).rejects.toMatchObject({ code });
  });

  it.each([
    ['is missing', () => join(folder, 'absent.mp4')],
    ['is a folder', () => folder],
    ['is a device', () => '/dev/null'],
  ])(
    'that %s is named as its path was typed, or as the window calls it: never by where it lies',
    async (_what, at) => {
      const ways = (...called: string[]) => [
        () => DiskFile.open(at(), hasher, ...called),
        () => DiskFile.sizeOf(at(), ...called),
      ];
      for (const look of ways()) await expect(look()).rejects.toThrow(at());
      for (const look of ways('holiday.mp4')) {
        const error: unknown = await look().catch((reason: unknown) => reason);
        expect(String(error)).toContain('“holiday.mp4”');
        expect(`${String(error)} ${JSON.stringify(error)}`).not.toContain(at());
      }
    },
  );

  it('is looked at without being read', async () => {
    expect(await DiskFile.sizeOf(path)).toBe(CONTENT.length);
  });

  it('may be a link to one', async () => {
    symlinkSync(path, join(folder, 'link'));
    expect((await DiskFile.open(join(folder, 'link'), hasher)).size).toBe(CONTENT.length);
  });

  it.runIf(process.platform === 'linux')('is held open only once it is read, and closed again', async () => {
    const held = () =>
      readdirSync('/proc/self/fd').filter((fd) => {
        try {
          return readlinkSync(`/proc/self/fd/${fd}`).startsWith(folder);
        } catch {
          return false;
        }
      }).length;
    const files = await Promise.all(Array.from({ length: 50 }, open));
    await Promise.all(files.map((file) => file.compare()));
    expect(held()).toBe(0);
    const [first] = files;
    await Promise.all([readAll(first!), readAll(first!), first!.md5(0, 10)]);
    expect(held()).toBe(1);
    await Promise.all(files.map((file) => file.close()));
    expect(held()).toBe(0);
  });
});

describe('the stamp of a file', () => {
  it('is the same as long as nobody writes to it', async () => {
    expect((await open()).stamp).toBe((await open()).stamp);
  });

  it.each([
    [
      'longer',
      () => {
        appendFileSync(path, 'x');
      },
    ],
    [
      'written anew',
      () => {
        utimesSync(path, 1, 1);
      },
    ],
    ['another file', replaced],
  ])('is another where it is %s', async (_what, change) => {
    const { stamp } = await open();
    change();
    expect((await open()).stamp).not.toBe(stamp);
  });
});

describe('a file compared with what it was', () => {
  it('is the same where nobody touched it', async () => {
    const file = await open();
    await readAll(file);
    expect(await file.compare()).toBe('same');
    await file.close();
  });

  it('is touched where its size and time were put back', async () => {
    const file = await open();
    rewrittenInPlace();
    expect(await file.compare()).toBe('touched');
    expect(await file.compare()).toBe('touched');
  });

  it('is hashed as it is by then, once it was touched', async () => {
    const file = await open();
    await file.md5(0, 10);
    await file.md5(10, 10);
    rewrittenInPlace();
    await file.compare();
    expect(await file.md5(20, 10)).toBe(md5Of(Buffer.alloc(CONTENT.length, 'other bytes').subarray(20, 30)));
    await file.close();
  });

  it('is touched where only its rights are others', async () => {
    const file = await open();
    chmodSync(path, 0o600);
    expect(await file.compare()).toBe('touched');
  });

  it.each([
    [
      'longer',
      () => {
        appendFileSync(path, 'x');
      },
      'file-changed',
    ],
    [
      'shorter',
      () => {
        truncateSync(path, 10);
      },
      'file-changed',
    ],
    [
      'written to at another time',
      () => {
        utimesSync(path, 1, 1);
      },
      'file-changed',
    ],
    ['replaced by another of the same size and time', replaced, 'file-changed'],
    [
      'gone',
      () => {
        rmSync(path);
      },
      'file-missing',
    ],
  ])('is refused where it is %s', async (_what, change, code) => {
    const file = await open();
    change();
    await expect(file.compare()).rejects.toMatchObject({ code });
  });
});
