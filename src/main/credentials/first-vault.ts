import { SandglassError } from '../../shared/errors.ts';
import type { KeyPair, Vault } from './vault.ts';

/**
 * Keeps keys in the first of several vaults that is there at all. A locked one is there: it is not passed over, or a
 * key that somebody put behind a lock would end up beside it.
 */
export class FirstVault implements Vault {
  #vaults: readonly [Vault, ...Vault[]];
  readonly #moved: () => void;

  /** @param moved called when a vault proved absent and the next one is used from then on */
  constructor(vaults: readonly [Vault, ...Vault[]], moved: () => void) {
    this.#vaults = vaults;
    this.#moved = moved;
  }

  get keeps(): 'keychain' | 'memory' {
    return this.#vaults[0].keeps;
  }

  read(account: string): Promise<KeyPair | null> {
    return this.#ask((vault) => vault.read(account));
  }

  save(account: string, pair: KeyPair): Promise<void> {
    return this.#ask((vault) => vault.save(account, pair));
  }

  remove(account: string): Promise<boolean> {
    return this.#ask((vault) => vault.remove(account));
  }

  async #ask<T>(call: (vault: Vault) => Promise<T>): Promise<T> {
    const [first, next, ...others] = this.#vaults;
    try {
      return await call(first);
    } catch (error) {
      if (!(error instanceof SandglassError) || error.code !== 'keychain-absent' || next === undefined)
        throw error;
      this.#vaults = [next, ...others];
      this.#moved();
      return this.#ask(call);
    }
  }
}
