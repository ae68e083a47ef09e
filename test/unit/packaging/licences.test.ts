import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packagesOf } from '../../../scripts/packaging/bundled-packages.ts';
import { licenceOf, licenceTable, licenceTexts } from '../../../scripts/packaging/licences.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'sandglass-licences-'));
});

afterEach(() => rm(root, { recursive: true }));

/** Puts a package where npm would, and answers the path of a module in it. */
async function install(path: string, files: Readonly<Record<string, string>>): Promise<string> {
  const folder = join(root, path);
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return join(folder, 'lib/index.js');
}

const manifest = (name: string, version: string, license: unknown = 'MIT') =>
  JSON.stringify({ name, version, license });

describe('the packages of a bundle', () => {
  it('are found from its modules: scoped ones, nested ones, two versions of one, each once', async () => {
    const outer = await install('node_modules/lock', { 'package.json': manifest('lock', '4.0.0') });
    const nested = await install('node_modules/lock/node_modules/exit', {
      'package.json': manifest('exit', '3.0.0'),
    });
    const scoped = await install('node_modules/@smithy/core', {
      'package.json': manifest('@smithy/core', '1.0.0'),
    });
    const newer = await install('node_modules/exit', { 'package.json': manifest('exit', '4.0.0') });
    const own = join(root, 'src/main/index.ts');
    const found = packagesOf([outer, nested, scoped, newer, own, '\0rolldown/runtime.js', `\0${newer}`]);
    expect(found.map(({ name, version }) => `${name}@${version}`)).toEqual([
      '@smithy/core@1.0.0',
      'exit@3.0.0',
      'exit@4.0.0',
      'lock@4.0.0',
    ]);
  });

  it('may not be without a licence', async () => {
    const module = await install('node_modules/bare', {
      'package.json': '{ "name": "bare", "version": "1.0.0" }',
    });
    expect(() => packagesOf([module])).toThrow(/names no licence/);
  });
});

describe('a licence', () => {
  it('that nobody has agreed to stops the release', async () => {
    const module = await install('node_modules/copyleft', {
      'package.json': manifest('copyleft', '1.0.0', 'AGPL-3.0-only'),
    });
    const [found] = packagesOf([module]);
    expect(() => licenceOf(found!)).toThrow('copyleft 1.0.0 is under AGPL-3.0-only');
  });

  it('is listed with the names of its texts, notices among them', async () => {
    const module = await install('node_modules/apache', {
      'package.json': manifest('apache', '2.0.0', 'Apache-2.0'),
      LICENSE: 'Apache License',
      'NOTICE.txt': 'Made by Ada',
      'licenser.js': 'not a licence',
    });
    const [found] = packagesOf([module]);
    const page = licenceTable([licenceOf(found!)], '45.0.0');
    expect(page).toMatch(/\| apache +\| 2\.0\.0 +\| Apache-2\.0 +\| LICENSE, NOTICE\.txt +\|/);
    expect(page).toMatch(/\| Electron +\| 45\.0\.0 /);
  });

  it('that many share is printed once, above it the names of all that have it', () => {
    const texts = licenceTexts([
      { name: 'one', version: '1.0.0', license: 'MIT', texts: [{ name: 'LICENSE', text: 'The same.' }] },
      { name: 'two', version: '2.0.0', license: 'MIT', texts: [{ name: 'LICENSE', text: 'The same.' }] },
      { name: 'three', version: '3.0.0', license: 'MIT', texts: [] },
    ]);
    expect(texts.match(/The same\./g)).toHaveLength(1);
    expect(texts).toContain('one 1.0.0\ntwo 2.0.0\n');
    expect(texts).toContain('three 3.0.0');
  });
});
