import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import setFuses, { executableOf } from '../../scripts/packaging/after-pack.ts';
import { writeDummyElectron } from '../../scripts/packaging/electron-folder.ts';
import { fuseConfig, namedFuses, PROMISED_FUSES } from '../../scripts/packaging/fuses.ts';

/** What is promised, written a second time: a slip in the table must not go unseen. */
const PROMISED = {
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
  WasmTrapHandlers: true,
};

let folder: string;

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'sandglass-fuses-')), 'electron');
});

afterEach(() => rm(join(folder, '..'), { recursive: true }));

const packed = (platform = 'linux') => ({
  appOutDir: folder,
  electronPlatformName: platform,
  packager: { appInfo: { productFilename: 'Sandglass' }, executableName: 'electron' },
});

describe('the table of fuses', () => {
  it('says of every fuse that this version of Electron knows whether it is on', () => {
    expect(PROMISED_FUSES).toEqual(PROMISED);
    const known = Object.keys(FuseV1Options).filter((name) => Number.isNaN(Number(name)));
    expect(Object.keys(PROMISED_FUSES).sort()).toEqual(known.sort());
  });

  it('has macOS signed again, for changing a fuse breaks the signature', () => {
    expect(fuseConfig('darwin')).toMatchObject({
      resetAdHocDarwinSignature: true,
      strictlyRequireAllFuses: true,
    });
    expect(fuseConfig('win32').resetAdHocDarwinSignature).toBe(false);
  });
});

describe('packing', () => {
  it('burns the table into the wire', async () => {
    writeDummyElectron(folder);
    const before = namedFuses(await getCurrentFuseWire(join(folder, 'electron')));
    expect(before).toMatchObject({ RunAsNode: true, OnlyLoadAppFromAsar: false });
    await setFuses(packed());
    expect(namedFuses(await getCurrentFuseWire(join(folder, 'electron')))).toEqual(PROMISED);
  });

  it('is refused where Electron has a tenth fuse that the table says nothing of', async () => {
    writeDummyElectron(folder, '1011000111');
    const whole = await readFile(join(folder, 'electron'));
    await expect(setFuses(packed())).rejects.toThrow(/has 10 fuses/);
    expect(await readFile(join(folder, 'electron'))).toEqual(whole);
  });

  it('is refused where Electron lacks one that the table promises', async () => {
    writeDummyElectron(folder, '10110001');
    await expect(setFuses(packed())).rejects.toThrow(/not long enough/);
  });

  it('is refused where Electron has a fuse that can be set no more', async () => {
    writeDummyElectron(folder, '10110001r');
    await expect(setFuses(packed())).rejects.toThrow(/WasmTrapHandlers/);
  });

  it('finds the program by the name that it has on each system', () => {
    expect(executableOf(packed('darwin'))).toBe(join(folder, 'Sandglass.app'));
    expect(executableOf(packed('win32'))).toBe(join(folder, 'Sandglass.exe'));
    expect(executableOf(packed('linux'))).toBe(join(folder, 'electron'));
  });
});
