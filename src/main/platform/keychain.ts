import { z } from 'zod';
import { SandglassError } from '../../shared/errors.ts';
import type { KeyPair, Vault } from '../credentials/vault.ts';
import { keychainRefusal, keytarMissing, promptUnanswered } from './keychain-refusal.ts';

/** The three verbs of keytar that are used. Its own types are absent wherever its install was skipped. */
export interface Keytar {
  readonly getPassword: (service: string, account: string) => Promise<string | null>;
  readonly setPassword: (service: string, account: string, secret: string) => Promise<void>;
  readonly deletePassword: (service: string, account: string) => Promise<boolean>;
}

export interface KeychainOptions {
  /** Under which name the operating system files the entries. */
  readonly service?: string;
  /** How long one answer may take, in milliseconds: a person may be typing the keyring's password. */
  readonly timeout?: number;
  readonly platform?: NodeJS.Platform;
  readonly load?: () => Promise<Keytar>;
}

/** Windows' CRED_MAX_CREDENTIAL_BLOB_SIZE, in bytes. Refused everywhere, so that accounts can move. */
const MOST_BYTES = 2560;
const TWO_MINUTES = 120_000;
const KEY_PAIR = z.object({ accessKeyId: z.string().min(1), secretAccessKey: z.string().min(1) });

/** Keeps key pairs in the operating system's keychain: Secret Service, macOS Keychain, Windows Credentials. */
export class Keychain implements Vault {
  readonly keeps = 'keychain';
  readonly #service: string;
  readonly #timeout: number;
  readonly #platform: NodeJS.Platform;
  readonly #load: () => Promise<Keytar>;
  #keytar: Promise<Keytar> | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #waiting = false;

  constructor(options: KeychainOptions = {}) {
    this.#service = options.service ?? 'Sandglass';
    this.#timeout = options.timeout ?? TWO_MINUTES;
    this.#platform = options.platform ?? process.platform;
    this.#load = options.load ?? loadKeytar;
  }

  /**
   * True while the operating system has not answered. A process that ends in this state the usual way hangs
   * until the prompt is answered, because Node joins its threads; see `leaveAtOnce`.
   */
  get waiting(): boolean {
    return this.#waiting;
  }

  /**
   * Null only where the keychain is open and has no such account.
   * @throws SandglassError keychain-absent, keychain-locked; bad-usage (an impossible account name);
   * no-credentials (another program wrote something else there)
   */
  async read(account: string): Promise<KeyPair | null> {
    checkName(account);
    const secret = await this.#surely((keytar) => keytar.getPassword(this.#service, account));
    return secret === null ? null : keyPairOf(account, secret);
  }

  /**
   * Keeps the pair, in place of an older one. Where the answer takes too long it may still be kept later,
   * once the keyring's prompt is answered.
   * @throws SandglassError keychain-absent, keychain-locked; bad-usage (an impossible account name, or a pair
   * longer than the 2560 bytes that Windows holds)
   */
  async save(account: string, { accessKeyId, secretAccessKey }: KeyPair): Promise<void> {
    checkName(account);
    const secret = JSON.stringify({ accessKeyId, secretAccessKey });
    const bytes = Buffer.byteLength(secret);
    if (bytes > MOST_BYTES) {
      throw new SandglassError('bad-usage', `This key pair is too long for a keychain (${bytes} bytes).`, {
        next: `Check that only the two keys were pasted: together they may take ${MOST_BYTES} bytes.`,
      });
    }
    const hidden = [secret, secretAccessKey, accessKeyId];
    await this.#ask((keytar) => keytar.setPassword(this.#service, account, secret), hidden);
  }

  /**
   * False only where the keychain is open and had no such account.
   * @throws SandglassError keychain-absent, keychain-locked; bad-usage (an impossible account name)
   */
  async remove(account: string): Promise<boolean> {
    checkName(account);
    return this.#surely((keytar) => keytar.deletePassword(this.#service, account));
  }

  /**
   * libsecret answers "nothing there" for a locked keyring too, and only a write says which it was. The
   * entry written holds no secret, and stays: some keyrings ask the user before each deletion. keytar's
   * findCredentials would tell the two apart as well, but it crashes the process on a locked keyring.
   */
  async #surely<T>(look: (keytar: Keytar) => Promise<T>): Promise<T> {
    const answer = await this.#ask(look);
    if (answer !== null && answer !== false) return answer;
    if (this.#platform === 'darwin' || this.#platform === 'win32') return answer;
    await this.#ask((keytar) => keytar.setPassword(`${this.#service} (unlock check)`, 'unlocked', 'yes'));
    return this.#ask(look);
  }

  /** One call at a time: a prompt blocks one of Node's four I/O threads, and two prompts confuse a person. */
  async #ask<T>(call: (keytar: Keytar) => Promise<T>, hidden: readonly string[] = []): Promise<T> {
    const keytar = await this.#loaded();
    const late = new AbortController();
    const turn = this.#turn.then(() => {
      // Whoever asked was told that it failed: a pair must not be saved or removed behind their back.
      late.signal.throwIfAborted();
      this.#waiting = true;
      return call(keytar);
    });
    this.#turn = turn.then(
      () => (this.#waiting = false),
      () => (this.#waiting = false),
    );
    const timer = setTimeout(() => {
      late.abort(promptUnanswered(this.#timeout, this.#platform));
    }, this.#timeout);
    try {
      return await Promise.race([turn, rejectionOf(late.signal)]);
    } catch (error) {
      throw keychainRefusal(error, this.#platform, hidden);
    } finally {
      clearTimeout(timer);
    }
  }

  async #loaded(): Promise<Keytar> {
    this.#keytar ??= this.#load();
    try {
      return await this.#keytar;
    } catch (error) {
      throw keytarMissing(error, this.#platform);
    }
  }
}

/**
 * Ends the process with this code, even where a keychain's prompt is still open (`Keychain.waiting`):
 * replacing the process joins no threads. Where Node cannot do that (before 22.15, Windows) the process kills
 * itself, and the code is lost. Nothing that is still to be written to a file is waited for.
 */
export function leaveAtOnce(code: number): never {
  if ('execve' in process && process.platform !== 'win32') {
    process.execve('/bin/sh', ['sh', '-c', `exit ${code}`], {});
  }
  process.kill(process.pid, 'SIGKILL');
  throw new SandglassError('internal', 'The process outlived its own end.');
}

/** A variable, so that neither the compiler nor the bundler insists on a module that may be absent. */
const KEYTAR: string = 'keytar';

async function loadKeytar(): Promise<Keytar> {
  // It is CommonJS: only `default` is sure to carry every function.
  const module = (await import(KEYTAR)) as { default: Keytar };
  return module.default;
}

function rejectionOf(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => {
      reject(signal.reason as SandglassError);
    });
  });
}

/** The native side ends a name at its first NUL, and would hand out another account's keys. */
function checkName(account: string): void {
  if (account !== '' && !account.includes('\0')) return;
  throw new SandglassError('bad-usage', 'An account needs a name, and a name has no NUL in it.', {
    next: 'Give the account another name.',
  });
}

/** The parser's own errors quote what they read, so neither their text nor their cause goes any further. */
function keyPairOf(account: string, secret: string): KeyPair {
  let value: unknown;
  try {
    value = JSON.parse(secret);
  } catch {
    value = undefined;
  }
  const { success, data } = KEY_PAIR.safeParse(value);
  if (success) return data;
  throw new SandglassError('no-credentials', `What the keychain holds for “${account}” is not a key pair.`, {
    next: 'Remove the account, then add it again.',
  });
}
