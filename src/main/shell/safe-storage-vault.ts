import { readFile } from 'node:fs/promises';
import type { SafeStorage } from 'electron';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { SandglassError } from '../../shared/errors.ts';
import type { KeyPair, Vault } from '../credentials/vault.ts';

const sealedPairs = z.record(z.string(), z.string());
const keyPair = z.object({ accessKeyId: z.string(), secretAccessKey: z.string() });

/** What Electron answers on Linux where it would encrypt with a key that anybody can read, or cannot tell. */
const NO_KEYCHAIN: readonly string[] = ['basic_text', 'unknown'];

/**
 * Keeps key pairs in a file that only this user's keychain can open, for machines where keytar cannot be loaded.
 * https://www.electronjs.org/docs/latest/api/safe-storage
 */
export class SafeStorageVault implements Vault {
  readonly keeps = 'keychain';
  readonly #storage: SafeStorage;
  readonly #path: string;
  readonly #platform: NodeJS.Platform;

  /** @param path the file of the sealed pairs */
  constructor(storage: SafeStorage, path: string, platform: NodeJS.Platform = process.platform) {
    this.#storage = storage;
    this.#path = path;
    this.#platform = platform;
  }

  async read(account: string): Promise<KeyPair | null> {
    await this.#assertKeychain();
    const pairs = await this.#sealed();
    const sealed = pairs.get(account);
    if (sealed === undefined) return null;
    try {
      const { result } = await this.#storage.decryptStringAsync(Buffer.from(sealed, 'base64'));
      return keyPair.parse(JSON.parse(result));
    } catch {
      throw new SandglassError('keychain-locked', 'The keychain does not open the keys of this account.', {
        next: 'Unlock the keychain and try again, or connect the account anew.',
      });
    }
  }

  async save(account: string, { accessKeyId, secretAccessKey }: KeyPair): Promise<void> {
    await this.#assertKeychain();
    const sealed = await this.#storage.encryptStringAsync(JSON.stringify({ accessKeyId, secretAccessKey }));
    const pairs = await this.#sealed();
    await this.#write(pairs.set(account, sealed.toString('base64')));
  }

  async remove(account: string): Promise<boolean> {
    await this.#assertKeychain();
    const pairs = await this.#sealed();
    const removed = pairs.delete(account);
    if (removed) await this.#write(pairs);
    return removed;
  }

  /** @throws SandglassError keychain-absent */
  async #assertKeychain(): Promise<void> {
    const open =
      this.#platform === 'linux' && NO_KEYCHAIN.includes(this.#storage.getSelectedStorageBackend());
    if (!open && (await this.#storage.isAsyncEncryptionAvailable())) return;
    throw new SandglassError('keychain-absent', 'There is no keychain that could seal the keys.', {
      next: 'Keys are kept until Sandglass quits; or use a profile of ~/.aws.',
    });
  }

  async #sealed(): Promise<Map<string, string>> {
    const text = await readFile(this.#path, 'utf8').catch(() => '{}');
    return new Map(Object.entries(sealedPairs.parse(JSON.parse(text))));
  }

  async #write(pairs: ReadonlyMap<string, string>): Promise<void> {
    await writeFileAtomic(this.#path, JSON.stringify(Object.fromEntries(pairs)), { mode: 0o600 });
  }
}
