import { SandglassError } from '../../shared/errors.ts';

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

/** It is sent as it is, in a header and in links. https://www.rfc-editor.org/rfc/rfc9110#name-field-values */
const KEY_ID = /^[\x21-\x7e]+$/;

/** The pair and nothing beside it. @throws SandglassError bad-usage for a key id that no server can be told */
export function soundKeyPair({ accessKeyId, secretAccessKey }: KeyPair): KeyPair {
  if (KEY_ID.test(accessKeyId)) return { accessKeyId, secretAccessKey };
  throw new SandglassError(
    'bad-usage',
    'This is no access key id: it holds spaces or characters that no server takes.',
    {
      next: 'Copy it again, without what stands around it.',
    },
  );
}
