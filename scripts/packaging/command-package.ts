import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { reachableModules } from './module-graph.ts';

const ROOT = join(import.meta.dirname, '../..');

/** The oldest Node.js that src/main/cli.ts runs on. */
const OLDEST_NODE = '>=22.19';

/**
 * Packs the command by itself: what `npm install --global FILE` takes. It is no part of the installers, whose Electron
 * can be no Node.js.
 * @param output the folder that it is put into
 * @param licenceTexts the file with the texts of others' licences
 * @returns the path of the packed file
 * @throws Error where the app has not been built, or npm fails
 */
export function packCommand(output: string, licenceTexts: string): string {
  const staged = mkdtempSync(join(tmpdir(), 'sandglass-command-'));
  try {
    const { version } = stage(staged, licenceTexts);
    mkdirSync(output, { recursive: true });
    const { status, stderr } = spawnSync('npm', ['pack', '--silent', '--pack-destination', output], {
      cwd: staged,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    if (status !== 0) throw new Error(`npm pack failed: ${stderr}`);
    const packed = join(output, `sandglass-command-${version}.tgz`);
    renameSync(join(output, `sandglass-${version}.tgz`), packed);
    return packed;
  } finally {
    rmSync(staged, { recursive: true });
  }
}

function stage(folder: string, licenceTexts: string): { version: string } {
  const { name, version, description, license, type, bin, optionalDependencies } = JSON.parse(
    readFileSync(join(ROOT, 'package.json'), 'utf8'),
  ) as { version: string } & Record<string, unknown>;
  const own = { name, version, description, license, type, bin, optionalDependencies };
  const metadata = { ...own, private: true, engines: { node: OLDEST_NODE } };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(metadata, null, 2)}\n`);
  for (const file of reachableModules(join(ROOT, 'out/main'), 'cli.js')) {
    const to = join(folder, 'out/main', file);
    mkdirSync(dirname(to), { recursive: true });
    cpSync(join(ROOT, 'out/main', file), to);
  }
  for (const file of ['LICENSE', 'README.md']) cpSync(join(ROOT, file), join(folder, file));
  cpSync(licenceTexts, join(folder, 'third-party-licences.txt'));
  return { version };
}
