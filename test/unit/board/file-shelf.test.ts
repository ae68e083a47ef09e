import { describe, expect, it } from 'vitest';
import { FileShelf } from '../../../src/main/board/file-shelf.ts';
import type { OfferedFile } from '../../../src/shared/board.ts';
import { offeredFile } from '../../../src/shared/board.ts';
import { failure } from './scripted-share.ts';

const SIZES: Readonly<Record<string, number>> = { '/home/ada/a.txt': 7, '/home/ada/empty': 0 };

const shelf = () =>
  new FileShelf({
    sizeOf: (path) => {
      const size = SIZES[path];
      return size === undefined ? Promise.reject(failure('file-is-directory')) : Promise.resolve(size);
    },
  });

const idOf = (file: OfferedFile | undefined) => (file?.kind === 'file' ? file.fileId : '');

describe('an offered file', () => {
  it('is known by its name, its size and an id that tells nothing of its path', async () => {
    const offered = await shelf().offer(['/home/ada/a.txt', '/home/ada/empty']);
    expect(offered).toMatchObject([
      { kind: 'file', name: 'a.txt', size: 7 },
      { kind: 'file', name: 'empty', size: 0 },
    ]);
    for (const file of offered) expect(offeredFile.safeParse(file).success).toBe(true);
    expect(JSON.stringify(offered)).not.toContain('/home/ada');
  });

  it('has another id each time it is offered, and each leads to it', async () => {
    const files = shelf();
    const ids = (await files.offer(['/home/ada/a.txt', '/home/ada/a.txt'])).map(idOf);
    expect(new Set(ids).size).toBe(2);
    expect(files.take(ids)).toEqual(['/home/ada/a.txt', '/home/ada/a.txt']);
  });

  it('is taken once', async () => {
    const files = shelf();
    const ids = (await files.offer(['/home/ada/a.txt'])).map(idOf);
    expect(files.take(ids)).toEqual(['/home/ada/a.txt']);
    expect(() => files.take(ids)).toThrow(
      expect.objectContaining({ code: 'file-missing', next: 'Drop them again.' }) as Error,
    );
  });

  it('may be put back under its id, and is taken once more then', async () => {
    const files = shelf();
    const [id = ''] = (await files.offer(['/home/ada/a.txt'])).map(idOf);
    files.take([id]);
    files.giveBack(id, '/home/ada/a.txt');
    expect(files.take([id])).toEqual(['/home/ada/a.txt']);
  });

  it.each([
    ['that nobody was given', (ids: readonly string[]) => [...ids, 'b2f6f2a8-0d7e-4a1b-9a53-6f0f3c1d2e4f']],
    ['that stands there twice', (ids: readonly string[]) => [...ids, ...ids]],
  ])('is not used up by an id beside it %s', async (_what, spoiled) => {
    const files = shelf();
    const ids = (await files.offer(['/home/ada/a.txt'])).map(idOf);
    expect(() => files.take(spoiled(ids))).toThrow(
      expect.objectContaining({ code: 'file-missing' }) as Error,
    );
    expect(files.take(ids)).toEqual(['/home/ada/a.txt']);
  });

  it('is refused in its place among others, by its name alone', async () => {
    const offered = await shelf().offer(['/home/ada', '/home/ada/a.txt']);
    expect(offered).toMatchObject([
      { kind: 'refused', name: 'ada', failure: { code: 'file-is-directory', next: null } },
      { kind: 'file', name: 'a.txt' },
    ]);
    expect(offeredFile.safeParse(offered[0]).success).toBe(true);
    expect(JSON.stringify(offered)).not.toContain('/home');
  });

  it.each(['', '/home/ada/a.txt', '__proto__', 'b2f6f2a8-0d7e-4a1b-9a53-6f0f3c1d2e4f'])(
    'is not taken by %j, which nobody was given',
    async (id) => {
      const files = shelf();
      await files.offer(['/home/ada/a.txt']);
      expect(() => files.take([id])).toThrow(expect.objectContaining({ code: 'file-missing' }) as Error);
    },
  );

  it('is used up by none of those beside it that mean nothing, nor where it is named twice', async () => {
    const files = shelf();
    const ids = (await files.offer(['/home/ada/a.txt', '/home/ada/a.txt'])).map(idOf);
    const [first = '', second = ''] = ids;
    const missing = expect.objectContaining({ code: 'file-missing' }) as Error;
    expect(() => files.take([first, 'nobody'])).toThrow(missing);
    expect(() => files.take([second, second])).toThrow(missing);
    expect(files.take([second, first])).toHaveLength(2);
  });

  it('may be given back, to be taken again under the same id', async () => {
    const files = shelf();
    const [id = ''] = (await files.offer(['/home/ada/a.txt'])).map(idOf);
    const [path = ''] = files.take([id]);
    files.giveBack(id, path);
    expect(files.take([id])).toEqual(['/home/ada/a.txt']);
  });
});
