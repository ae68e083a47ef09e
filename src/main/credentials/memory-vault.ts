import type { KeyPair, Vault } from './vault.ts';

/** For a machine without a keychain: keys live as long as the process and touch no disk. */
export class MemoryVault implements Vault {
  readonly keeps = 'memory';
  readonly #pairs = new Map<string, KeyPair>();

  read(account: string): Promise<KeyPair | null> {
    return Promise.resolve(this.#pairs.get(account) ?? null);
  }

  save(account: string, pair: KeyPair): Promise<void> {
    this.#pairs.set(account, pair);
    return Promise.resolve();
  }

  remove(account: string): Promise<boolean> {
    return Promise.resolve(this.#pairs.delete(account));
  }
}
