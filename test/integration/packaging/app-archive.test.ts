import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { execFileSync } from 'node:child_process';
import { getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installedElectron } from '../../../scripts/packaging/electron-folder.ts';
import { namedFuses, PROMISED_FUSES } from '../../../scripts/packaging/fuses.ts';
import { reachableModules } from '../../../scripts/packaging/module-graph.ts';
import type { ShippedPackage } from '../../../scripts/packaging/bundled-packages.ts';
import { lockfileBill, shippedBill } from '../../../scripts/packaging/bill-of-materials.ts';
import {
  shippedPackages,
  thirdPartyPage,
  writeLicenceTexts,
} from '../../../scripts/packaging/third-party.ts';
import { asar, CAN_PACK_DEBIAN, packDebian, type PackedApp } from '../../packaging/packed-app.ts';

const ROOT = join(import.meta.dirname, '../../..');
const MIB = 1024 ** 2;

let app: PackedApp;
let archive: string;
let shipped: ShippedPackage[];

beforeAll(async () => {
  if (!CAN_PACK_DEBIAN) return;
  shipped = await shippedPackages();
  writeLicenceTexts(shipped);
  app = await packDebian();
  archive = join(app.resources, 'app.asar');
});

afterAll(() => (CAN_PACK_DEBIAN ? app.remove() : undefined));

/** Every file under a folder, relative to it. */
function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)))
    .sort();
}

function archivedFiles(): string[] {
  return asar
    .listPackage(archive, { isPack: false })
    .map((path) => path.slice(1))
    .filter((path) => asar.statFile(archive, path).files === undefined)
    .sort();
}

/** What may be in the archive; the bundler names chunks by their content. */
const EXPECTED = [
  /^package\.json$/,
  /^assets\/tray(Template(@2x)?)?\.png$/,
  /^out\/main\/(index|chunks\/[\w-]+)\.js$/,
  /^out\/preload\/index\.cjs$/,
  /^out\/renderer\/index\.html$/,
  /^out\/renderer\/assets\/[\w-]+\.(js|css|woff2)$/,
  /^node_modules\/keytar\/(package\.json|LICENSE\.md|lib\/keytar\.js|build\/Release\/keytar\.node)$/,
];

describe.skipIf(!CAN_PACK_DEBIAN)('the archive of the app', () => {
  it('holds what is on the list and nothing else: no sources, no tests, no documents, no maps, no .env', () => {
    const strangers = archivedFiles().filter((path) => !EXPECTED.some((pattern) => pattern.test(path)));
    expect(strangers).toEqual([]);
  });

  it('holds every module that the app’s main process leads to, and none that only the command does', () => {
    const wanted = reachableModules(join(ROOT, 'out/main'), 'index.js').map((file) => `out/main/${file}`);
    expect(archivedFiles().filter((path) => path.startsWith('out/main/'))).toEqual(wanted);
    expect(wanted).not.toContain('out/main/cli.js');
  });

  it('keeps all JavaScript inside, and of keytar lets only the native file out', () => {
    const outside = filesUnder(`${archive}.unpacked`);
    expect(outside).toEqual(['node_modules/keytar/build/Release/keytar.node']);
    expect(asar.statFile(archive, outside[0]!).unpacked).toBe(true);
  });

  it('has a package.json that tells nothing of how the app is developed', () => {
    const metadata = JSON.parse(asar.extractFile(archive, 'package.json').toString()) as object;
    expect(metadata).toMatchObject({ name: 'sandglass', type: 'module', main: 'out/main/index.js' });
    expect(metadata).not.toHaveProperty('scripts');
    expect(metadata).not.toHaveProperty('devDependencies');
  });

  it('knows no folder of the machine that packed it, and no key', () => {
    const bytes = readFileSync(archive).toString('latin1');
    expect(bytes).not.toContain(ROOT);
    expect(bytes.match(/\bA[KS]IA[A-Z0-9]{16}\b/g)).toBeNull();
    expect(bytes).not.toMatch(/sourceMappingURL=(?!data:)[\w./-]+\.map/);
  });

  it('takes less than 25 MB with all that ships beside Electron', () => {
    const beside = filesUnder(app.resources).map((path) => statSync(join(app.resources, path)).size);
    expect(beside.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(25 * MIB);
    expect(statSync(archive).size).toBeGreaterThan(MIB);
  });
});

describe.skipIf(!CAN_PACK_DEBIAN)('what lies beside the archive', () => {
  it('is the licences, and no place of updates where none is configured, whatever tokens there are', () => {
    const resources = filesUnder(app.resources).filter((path) => !path.startsWith('app.asar'));
    expect(resources).toEqual(['LICENSE.txt', 'apparmor-profile', 'third-party-licences.txt']);
  });
});

describe.skipIf(!CAN_PACK_DEBIAN)('what others wrote', () => {
  it('is listed in THIRD-PARTY.md as it ships today; else run npm run third-party', () => {
    expect(readFileSync(join(ROOT, 'THIRD-PARTY.md'), 'utf8')).toBe(thirdPartyPage(shipped));
  });

  it('is what is in the bundle: the SDK and the window’s framework, and no tool of development', () => {
    const names = shipped.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['@aws-sdk/client-s3', 'undici', 'svelte', 'zod', 'keytar']),
    );
    for (const tool of ['vitest', 'typescript', 'electron-builder', 'prebuild-install']) {
      expect(names).not.toContain(tool);
    }
  });

  it('comes with its licences in full', () => {
    const texts = readFileSync(join(app.resources, 'third-party-licences.txt'), 'utf8');
    for (const { name, version } of shipped) expect(texts).toContain(`\n${name} ${version}\n`);
    expect(texts).toContain('Apache License');
  });

  it('is in the bill of materials, package by package, with Electron and the digest of each', () => {
    const bill = shippedBill(lockfileBill(), shipped);
    const listed = bill.components.map(({ name, version }) => `${name}@${version}`);
    const wanted = shipped.map(({ name, version }) => `${name}@${version}`);
    expect(listed.filter((entry) => !entry.startsWith('electron@')).sort()).toEqual(
      [...new Set(wanted)].sort(),
    );
    expect(listed.some((entry) => entry.startsWith('electron@'))).toBe(true);
    for (const component of bill.components) expect(component).toHaveProperty('hashes.0.content');
  });
});

describe.skipIf(!CAN_PACK_DEBIAN)('the fuses', () => {
  it('of what was packed are the table’s', async () => {
    const wire = await getCurrentFuseWire(join(app.folder, 'sandglass-app'));
    expect(namedFuses(wire)).toEqual(PROMISED_FUSES);
  });

  // What stands for Electron's binary here has a wire that we wrote ourselves.
  const electron = installedElectron();
  it.skipIf(electron === undefined)(
    'in the wire of Electron’s own binary are as many as in the table',
    async () => {
      const program = execFileSync(process.execPath, ['-p', "require('electron')"], { encoding: 'utf8' });
      const wire = await getCurrentFuseWire(program.trim());
      expect(Object.keys(namedFuses(wire))).toEqual(Object.keys(PROMISED_FUSES));
    },
  );
});
