import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SafeStorage } from 'electron';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SafeStorageVault } from '../../../src/main/shell/safe-storage-vault.ts';

const PAIR = { accessKeyId: 'AKIACANARY', secretAccessKey: 'canarySECRET' };
let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandglass-sealed-'));
  path = join(folder, 'sealed-keys.json');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Seals by turning every byte round; refuses to open while it is locked. */
function scriptedStorage({ backend = 'gnome_libsecret', available = true, locked = false } = {}) {
  const turned = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 0xff));
  return {
    getSelectedStorageBackend: () => backend,
    isAsyncEncryptionAvailable: () => Promise.resolve(available),
    encryptStringAsync: (text: string) => Promise.resolve(turned(Buffer.from(text))),
    decryptStringAsync: (sealed: Buffer) =>
      locked
        ? Promise.reject(new Error('canarySECRET is locked'))
        : Promise.resolve({ result: turned(sealed).toString(), shouldReEncrypt: false }),
  } as unknown as SafeStorage;
}

describe('keys that are sealed by the keychain', () => {
  it('come back in another process, and lie in the file unreadable to others', async () => {
    await new SafeStorageVault(scriptedStorage(), path, 'linux').save('mine', PAIR);
    expect(await new SafeStorageVault(scriptedStorage(), path, 'linux').read('mine')).toEqual(PAIR);
    expect(readFileSync(path, 'utf8')).not.toMatch(/canary/i);
    expect(statSync(path).mode & 0o077).toBe(0);
  });

  it('are none for an account that was never kept, or was removed', async () => {
    const vault = new SafeStorageVault(scriptedStorage(), path, 'linux');
    expect(await vault.read('mine')).toBeNull();
    await vault.save('mine', PAIR);
    expect([await vault.remove('mine'), await vault.remove('mine'), await vault.read('mine')]).toEqual([
      true,
      false,
      null,
    ]);
  });

  it.each(['basic_text', 'unknown'])('are never kept where the backend is %s', async (backend) => {
    const vault = new SafeStorageVault(scriptedStorage({ backend }), path, 'linux');
    await expect(vault.save('mine', PAIR)).rejects.toMatchObject({ code: 'keychain-absent' });
    expect(() => statSync(path)).toThrow();
  });

  it('are never kept where there is no encryption', async () => {
    const vault = new SafeStorageVault(scriptedStorage({ available: false }), path, 'darwin');
    await expect(vault.save('mine', PAIR)).rejects.toMatchObject({ code: 'keychain-absent' });
  });

  it('are locked, not missing, where the keychain does not open them', async () => {
    await new SafeStorageVault(scriptedStorage(), path, 'linux').save('mine', PAIR);
    const error: unknown = await new SafeStorageVault(scriptedStorage({ locked: true }), path, 'linux')
      .read('mine')
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'keychain-locked' });
    expect(String(error)).not.toContain('canarySECRET');
  });
});
