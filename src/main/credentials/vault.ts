/** A long-lived key pair: the only secret that Sandglass ever stores. */
export interface KeyPair {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Keeps one key pair for each account name. Locked is not empty: a vault that cannot look says so. */
export interface Vault {
  /** What keeps the keys: the operating system's keychain, or this process's memory, forgotten on quit. */
  readonly keeps: 'keychain' | 'memory';
  /** @throws SandglassError keychain-absent, keychain-locked */
  read(account: string): Promise<KeyPair | null>;
  /** @throws SandglassError keychain-absent, keychain-locked */
  save(account: string, pair: KeyPair): Promise<void>;
  /** Says whether there was a pair to remove. @throws SandglassError keychain-absent, keychain-locked */
  remove(account: string): Promise<boolean>;
}
