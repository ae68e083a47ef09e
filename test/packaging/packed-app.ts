import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { writeDummyElectron } from '../../scripts/packaging/electron-folder.ts';
import { installerArguments } from '../../scripts/packaging/installers.ts';

const ROOT = join(import.meta.dirname, '../..');

/** What the project gives to a person with Debian, packed around a dummy of Electron. */
export interface PackedApp {
  /** The installed app's folder. */
  readonly folder: string;
  readonly resources: string;
  readonly deb: string;
  /** The .deb's files, as they come to lie under /. */
  readonly installed: string;
  remove(): Promise<void>;
}

/** False where Debian's tools are missing: on Windows, on macOS, on other Linuxes. On CI nothing may be missing. */
export const CAN_PACK_DEBIAN = ['dpkg-deb', 'desktop-file-validate'].every(
  (program) => spawnSync(program, ['--help']).error === undefined,
);

/** Runs electron-builder as `npm run package` does, but for Electron's folder and for fpm. Takes some 10 seconds. */
export async function packDebian(): Promise<PackedApp> {
  const temporary = await mkdtemp(join(tmpdir(), 'sandglass-packed-'));
  const [electron, output, installed] = ['electron', 'output', 'installed'].map((name) =>
    join(temporary, name),
  ) as [string, string, string];
  writeDummyElectron(electron);
  const fpm = join(temporary, 'fpm');
  writeFileSync(fpm, `#!/bin/sh\nexec "${process.execPath}" "${join(import.meta.dirname, 'fpm.ts')}" "$@"\n`);
  chmodSync(fpm, 0o755);
  execFileSync(
    process.execPath,
    installerArguments({ electron, output, targets: ['--linux', 'deb', '--x64'] }),
    {
      cwd: ROOT,
      // A token makes electron-builder look for a place to publish; where none is configured it must find none.
      env: { ...process.env, CUSTOM_FPM_PATH: fpm, GH_TOKEN: 'a-token-that-changes-nothing' },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const [deb = ''] = readdirSync(output).flatMap((name) =>
    name.endsWith('.deb') ? [join(output, name)] : [],
  );
  mkdirSync(installed);
  execFileSync('dpkg-deb', ['--extract', deb, installed]);
  const folder = join(installed, 'opt/Sandglass');
  return {
    folder,
    resources: join(folder, 'resources'),
    deb,
    installed,
    remove: () => rm(temporary, { recursive: true }),
  };
}

/** As much of @electron/asar as is used: https://github.com/electron/asar */
interface Asar {
  listPackage(archive: string, options: { isPack: boolean }): string[];
  extractAll(archive: string, folder: string): void;
  extractFile(archive: string, path: string): Buffer;
  statFile(archive: string, path: string): { readonly unpacked?: boolean; readonly files?: object };
}

/** The one that electron-builder packs with. */
const builderRequire = createRequire(
  createRequire(import.meta.url).resolve('app-builder-lib/package.json', {
    paths: [dirname(createRequire(import.meta.url).resolve('electron-builder/package.json'))],
  }),
);
export const asar = builderRequire('@electron/asar') as Asar;
