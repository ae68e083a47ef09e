import { mkdirSync, renameSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DiskFile } from '../../../src/main/platform/disk-file.ts';
import { CONTENT, hasher, open, path, readAll, replaced } from './film-on-disk.ts';

describe('reading a file that has changed', () => {
  it('is refused where it ends before what is asked for', async () => {
    const file = await open();
    await readAll(file);
    truncateSync(path, 50);
    await expect(readAll(file)).rejects.toMatchObject({ code: 'file-changed' });
    await file.close();
  });

  it('is refused where it was replaced before it was opened for reading', async () => {
    const file = await open();
    replaced();
    await expect(readAll(file)).rejects.toMatchObject({ code: 'file-changed' });
  });

  it.each([
    ['SHORT', 'file-changed'],
    ['EIO', 'file-unreadable'],
    ['EACCES', 'file-unreadable'],
  ])('is told from the hasher’s %s', async (code, expected) => {
    const file = await open();
    hasher.md5.mockRejectedValue(Object.assign(new Error('Scripted.'), { code }));
    await expect(file.md5(0, CONTENT.length)).rejects.toMatchObject({ code: expected });
    await file.close();
  });
});

describe('a file that is called by its name alone', () => {
  it.each([
    [
      'is gone',
      () => {
        renameSync(path, `${path}.away`);
      },
    ],
    ['was replaced', replaced],
    [
      'is a folder now',
      () => {
        renameSync(path, `${path}.away`);
        mkdirSync(path);
      },
    ],
  ])('is so in every sentence, also where it %s', async (_what, change) => {
    const file = await DiskFile.open(path, hasher, 'film.mp4');
    change();
    for (const ask of [() => readAll(file), () => file.reopen(), () => file.compare()])
      await expect(ask()).rejects.toThrow(/^(There is no file )?“film\.mp4”/);
    await file.close();
  });

  it('is so where the hasher fails', async () => {
    const file = await DiskFile.open(path, hasher, 'film.mp4');
    hasher.md5.mockRejectedValue(Object.assign(new Error('Scripted.'), { code: 'EIO' }));
    await expect(file.md5(0, CONTENT.length)).rejects.toThrow(/^“film\.mp4” cannot be read/);
    await file.close();
  });
});

describe('a file whose drive went away', () => {
  const away = () => {
    renameSync(path, `${path}.away`);
  };
  const back = () => {
    renameSync(`${path}.away`, path);
  };

  it('is missing, and is read again once it is back', async () => {
    const file = await open();
    away();
    await expect(readAll(file)).rejects.toMatchObject({ code: 'file-missing' });
    await expect(file.reopen()).rejects.toMatchObject({ code: 'file-missing' });
    back();
    await file.reopen();
    expect((await readAll(file)).equals(CONTENT.subarray(0, 100))).toBe(true);
    await file.close();
  });

  it('is another where another comes back in its place', async () => {
    const file = await open();
    away();
    writeFileSync(path, CONTENT);
    utimesSync(path, 1, 1);
    await expect(file.reopen()).rejects.toMatchObject({ code: 'file-changed' });
  });

  it('is unreadable where a folder is in its place', async () => {
    const file = await open();
    away();
    mkdirSync(path);
    await expect(file.reopen()).rejects.toMatchObject({ code: 'file-changed' });
  });
});
