import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CAN_PACK_DEBIAN, packDebian, type PackedApp } from '../../packaging/packed-app.ts';

const { version: VERSION } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8'),
) as { version: string };
const ICON_EDGES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];

let app: PackedApp;
let content: string[];
let desktopFile: string;

beforeAll(async () => {
  if (!CAN_PACK_DEBIAN) return;
  app = await packDebian();
  content = execFileSync('dpkg-deb', ['-c', app.deb], { encoding: 'utf8' }).trim().split('\n');
  desktopFile = join(app.installed, 'usr/share/applications/sandglass-app.desktop');
});

afterAll(() => (CAN_PACK_DEBIAN ? app.remove() : undefined));

const paths = () => content.map((line) => line.replace(/^.* \.\//, '/'));
const control = (field: string) =>
  execFileSync('dpkg-deb', ['-f', app.deb, field], { encoding: 'utf8' }).trim();

function desktopEntry(): Record<string, string> {
  const lines = readFileSync(desktopFile, 'utf8').trim().split('\n').slice(1);
  const pairs = lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]);
  return Object.fromEntries(pairs) as Record<string, string>;
}

describe.skipIf(!CAN_PACK_DEBIAN)('the Debian package', () => {
  it('puts the app, its desktop file and an icon of every size where Debian looks for them', () => {
    const icons = ICON_EDGES.map((edge) => `/usr/share/icons/hicolor/${edge}x${edge}/apps/sandglass-app.png`);
    const app = ['sandglass-app', 'chrome-sandbox', 'resources/app.asar', 'LICENSES.chromium.html'];
    const wanted = [...app.map((file) => `/opt/Sandglass/${file}`), ...icons];
    expect(paths()).toEqual(expect.arrayContaining(wanted));
  });

  it('puts nothing anywhere else, and leaves the name of the command to the command', () => {
    const elsewhere = /^\/(?!(opt\/Sandglass|usr\/share\/(icons|applications))\/)(.*[^/])$/;
    expect(paths().filter((path) => elsewhere.test(path))).toEqual([]);
    expect(paths().filter((path) => path.endsWith('/sandglass'))).toEqual([]);
  });

  it('gives every file to root, and lets nobody else write', () => {
    const open = content.filter((line) => !/^[dl-]r.x?.*/.test(line) || !line.includes('root/root'));
    expect(open).toEqual([]);
    expect(content.filter((line) => /^-(.{4}w|.{7}w)/.test(line))).toEqual([]);
  });

  it('says what it is and what it needs, libsecret for the keychain among it', () => {
    expect([control('Package'), control('Version'), control('Architecture')]).toEqual([
      'sandglass',
      VERSION,
      'amd64',
    ]);
    expect(control('Depends')).toMatch(/\blibsecret-1-0\b/);
    expect(control('Maintainer')).toMatch(/^The Sandglass authors <.+@.+>$/);
    expect(control('Description').split('\n')[0]).toMatch(/^Share a file/);
  });
});

describe.skipIf(!CAN_PACK_DEBIAN)('the desktop file', () => {
  it('is valid, as freedesktop.org’s own tool has it', () => {
    const { status, stdout, stderr } = spawnSync('desktop-file-validate', [desktopFile], {
      encoding: 'utf8',
    });
    expect([status, stdout, stderr]).toEqual([0, '', '']);
  });

  it('would be found invalid were it not', () => {
    const broken = join(app.installed, 'broken.desktop');
    writeFileSync(broken, readFileSync(desktopFile, 'utf8').replace('Network;FileTransfer;', 'Sharing;'));
    expect(spawnSync('desktop-file-validate', [broken]).status).not.toBe(0);
  });

  it('lets “Open with” hand over many files, as paths and not as addresses', () => {
    expect(desktopEntry()['Exec']).toBe('/opt/Sandglass/sandglass-app %F');
  });

  it('offers the app for documents, pictures, sound and film, and not for what nothing else opens', () => {
    const types = desktopEntry()['MimeType']?.split(';') ?? [];
    expect(types).toEqual(
      expect.arrayContaining(['application/pdf', 'image/png', 'audio/mpeg', 'video/mp4', 'text/plain']),
    );
    expect(types).not.toContain('application/octet-stream');
    expect(types).not.toContain('inode/directory');
  });

  it('is found by what people look for, and by its window', () => {
    const { Keywords, StartupWMClass, Icon } = desktopEntry();
    expect(Keywords?.split(';')).toEqual(expect.arrayContaining(['S3', 'presigned', 'share']));
    expect([StartupWMClass, Icon]).toEqual(['Sandglass', 'sandglass-app']);
  });
});
