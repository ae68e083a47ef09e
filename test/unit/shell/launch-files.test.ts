import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesIn } from '../../../src/main/shell/launch-files.ts';

const FOLDER = resolve('/home/ada');
const FILM = resolve('/films/my film.mp4');

describe('the files that a start names', () => {
  it.each([
    ['nothing', [], []],
    ['an absolute path', [FILM], [FILM]],
    ['a relative path', ['a.txt'], [resolve(FOLDER, 'a.txt')]],
    ['a path that climbs', ['../b.txt'], [resolve('/home/b.txt')]],
    ['several, in their order', ['b', FILM, 'a'], [resolve(FOLDER, 'b'), FILM, resolve(FOLDER, 'a')]],
    ['flags alone', ['--no-sandbox', '-x', '--user-data-dir=/tmp/x'], []],
    ['a file among flags', ['--no-sandbox', 'a.txt', '-x'], [resolve(FOLDER, 'a.txt')]],
  ])('are found where the app is packaged: %s', (_what, given, files) => {
    expect(filesIn(['/opt/sandglass', ...given], FOLDER, null)).toEqual(files);
  });

  it.each([
    ['by a relative path', ['.', 'a.txt'], [resolve(FOLDER, 'a.txt')]],
    ['alone', ['.'], []],
    [
      'by its whole path, after what Electron takes for itself',
      ['--no-sandbox', '-r', 'hook.js', FOLDER, 'a.txt'],
      [resolve(FOLDER, 'a.txt')],
    ],
    ['by a link to it', ['--no-sandbox', '../link', 'a.txt'], [resolve(FOLDER, 'a.txt')]],
  ])('do not hold the app’s own folder where it is not packaged: %s', (_what, given, files) => {
    expect(filesIn(['/usr/bin/electron', ...given], FOLDER, FOLDER)).toEqual(files);
  });
});
