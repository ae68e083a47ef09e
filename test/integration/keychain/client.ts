/** Runs inside a session: reads a list of steps on stdin, prints what each came to as one JSON line. */
import { spawnSync } from 'node:child_process';
import { json } from 'node:stream/consumers';
import { inspect } from 'node:util';
import { Keychain, leaveAtOnce } from '../../../src/main/platform/keychain.ts';
import { asSandglassError } from '../../../src/shared/errors.ts';
import type { KeyPair } from '../../../src/main/credentials/vault.ts';

export type Step =
  | { readonly do: 'read'; readonly account: string }
  | { readonly do: 'remove'; readonly account: string }
  | { readonly do: 'save'; readonly account: string; readonly pair: KeyPair }
  | { readonly do: 'lock' };

export interface Script {
  readonly steps: readonly Step[];
  /** In milliseconds. */
  readonly timeout?: number;
}

/** `whole` is everything that a careless log could print of the error. */
export type Result =
  | { readonly answer: KeyPair | boolean | null }
  | { readonly code: string; readonly next: string; readonly whole: string };

const LOCK = [
  '--session',
  '--print-reply',
  '--dest=org.freedesktop.secrets',
  '/org/freedesktop/secrets',
  'org.freedesktop.Secret.Service.Lock',
  'array:objpath:/org/freedesktop/secrets/collection/login',
];

async function take(keychain: Keychain, step: Step): Promise<KeyPair | boolean | null> {
  switch (step.do) {
    case 'read':
      return keychain.read(step.account);
    case 'remove':
      return keychain.remove(step.account);
    case 'lock':
      return spawnSync('dbus-send', LOCK).status === 0;
    case 'save':
      await keychain.save(step.account, step.pair);
      return true;
  }
}

function refused(thrown: unknown): Result {
  const error = asSandglassError(thrown);
  return { code: error.code, next: error.next ?? '', whole: inspect(thrown, { depth: 9, showHidden: true }) };
}

const { steps, timeout } = (await json(process.stdin)) as Script;
const keychain = new Keychain(timeout === undefined ? {} : { timeout });
for (const step of steps) {
  const result: Result = await take(keychain, step).then((answer) => ({ answer }), refused);
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
if (keychain.waiting) leaveAtOnce(3);
