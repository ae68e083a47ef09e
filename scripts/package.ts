/**
 * `npm run package`: the licences and the bill of materials of what ships, the command's package, and the installers for
 * this system, all in dist/. What follows `--` goes to electron-builder: `npm run package -- --linux deb`.
 * SANDGLASS_UPDATES_FROM=owner/name makes an app that updates itself from that repository's releases.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { electronCommand } from './electron.ts';
import { lockfileBill, shippedBill } from './packaging/bill-of-materials.ts';
import { packCommand } from './packaging/command-package.ts';
import { installedElectron, writeDummyElectron } from './packaging/electron-folder.ts';
import { installerArguments, type InstallerOptions } from './packaging/installers.ts';
import { LICENCE_TEXTS, shippedPackages, writeThirdParty } from './packaging/third-party.ts';

const ROOT = join(import.meta.dirname, '..');
const DIST = join(ROOT, 'dist');

/** Without it the app would lose the keychain, and nobody would notice until they connect a bucket. */
function assertKeytar(): void {
  if (existsSync(join(ROOT, 'node_modules/keytar/build/Release/keytar.node'))) return;
  throw new Error(
    'keytar is not built, so the app could not use the keychain. Run npm rebuild keytar; on Debian install libsecret-1-dev first.',
  );
}

/** Electron's own folder, downloaded where it can be. */
function electronFolder(): string | undefined {
  try {
    // Finding something to run the app with also tries the download.
    electronCommand();
  } catch {
    // No stand-in either: packing needs none.
  }
  return installedElectron();
}

function makeInstallers(options: InstallerOptions): number {
  // A secret that is not set reaches a workflow as an empty text, which would be taken for a certificate.
  const env = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''));
  const { status } = spawnSync(process.execPath, installerArguments(options), {
    cwd: ROOT,
    stdio: 'inherit',
    env,
  });
  return status ?? 1;
}

/** @returns the exit code */
function packWithoutElectron(): number {
  const output = join(DIST, 'not-runnable');
  if (process.platform !== 'linux') {
    console.error("Electron's binary cannot be downloaded, so there is nothing to make installers from.");
    return 1;
  }
  console.log("Electron's binary cannot be downloaded: what would ship is put into dist/not-runnable.");
  const electron = mkdtempSync(join(tmpdir(), 'sandglass-no-electron-'));
  try {
    writeDummyElectron(electron);
    return makeInstallers({ electron, output, targets: ['--dir'] });
  } finally {
    rmSync(electron, { recursive: true });
  }
}

assertKeytar();
const packages = await shippedPackages();
writeThirdParty(packages);
const bill = JSON.stringify(shippedBill(lockfileBill(), packages), null, 2);
writeFileSync(join(DIST, 'sandglass.cdx.json'), `${bill}\n`);
packCommand(DIST, LICENCE_TEXTS);
const electron = electronFolder();
process.exitCode =
  electron === undefined
    ? packWithoutElectron()
    : makeInstallers({
        electron,
        output: DIST,
        targets: process.argv.slice(2),
        updatesFrom: process.env['SANDGLASS_UPDATES_FROM'] ?? null,
      });
