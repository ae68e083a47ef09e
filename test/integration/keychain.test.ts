import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeHome, missingForKeyring, removeHome, runInSession } from './keychain/session.ts';
import type { KeyPair } from '../../src/main/credentials/vault.ts';
import type { Result, Script, Step } from './keychain/client.ts';
import type { Outcome, SessionOptions } from './keychain/session.ts';

const CLIENT = fileURLToPath(new URL('keychain/client.ts', import.meta.url));
const CANARY = 'canary/wJalrXUtnFEMI+K7MDENG';
const PAIR: KeyPair = { accessKeyId: 'AKIACANARY', secretAccessKey: CANARY };
const OTHER: KeyPair = { accessKeyId: 'AKIAOTHER', secretAccessKey: 'another/secret' };

const save = (account: string, pair = PAIR): Step => ({ do: 'save', account, pair });
const read = (account: string): Step => ({ do: 'read', account });
const remove = (account: string): Step => ({ do: 'remove', account });
const LOCK: Step = { do: 'lock' };

const missing = missingForKeyring();
const skipped = missing !== undefined && process.env.CI !== 'true';

let home: string;
beforeEach(async () => {
  home = await makeHome();
});
afterEach(() => removeHome(home));

async function run(script: Script, options: SessionOptions = {}): Promise<Outcome & { results: Result[] }> {
  const stdin = JSON.stringify(script);
  const outcome = await runInSession(home, [process.execPath, CLIENT], { ...options, stdin });
  const lines = outcome.stdout.split('\n').filter((line) => line !== '');
  return { ...outcome, results: lines.map((line) => JSON.parse(line) as Result) };
}

async function take(steps: readonly Step[], options: SessionOptions = {}): Promise<Result[]> {
  const { results, stderr } = await run({ steps }, options);
  expect(results, stderr).toHaveLength(steps.length);
  return results;
}

/** A person who never answers: the keyring's prompt starts, and nothing comes of it. */
async function installSilentPrompter(): Promise<void> {
  const folder = join(home, 'dbus-1', 'services');
  await mkdir(folder, { recursive: true });
  const service = '[D-BUS Service]\nName=org.gnome.keyring.SystemPrompter\nExec=/bin/sleep 600\n';
  await writeFile(join(folder, 'org.gnome.keyring.SystemPrompter.service'), service);
}

const locked = expect.objectContaining({ code: 'keychain-locked' }) as Result;
const absent = expect.objectContaining({ code: 'keychain-absent' }) as Result;

describe.skipIf(skipped)(`A real keyring${missing === undefined ? '' : ` (${missing})`}`, () => {
  test('gives back the pair that was saved', async () => {
    expect(await take([save('work'), read('work')])).toEqual([{ answer: true }, { answer: PAIR }]);
  });

  test('answers null for an account that it does not have', async () => {
    expect(await take([save('work'), read('home'), read('wor')])).toEqual([
      { answer: true },
      { answer: null },
      { answer: null },
    ]);
  });

  test('puts a newer pair in the place of the older one', async () => {
    expect(await take([save('work'), save('work', OTHER), read('work')])).toEqual([
      { answer: true },
      { answer: true },
      { answer: OTHER },
    ]);
  });

  test('says whether there was a pair to remove, and removes that one only', async () => {
    const steps = [save('a'), save('b', OTHER), remove('a'), remove('a'), read('a'), read('b')];
    const answers = [true, true, true, false, null, OTHER];
    expect(await take(steps)).toEqual(answers.map((answer) => ({ answer })));
  });

  test.each(['Büro – 東京 🗝️', 'a b/c=d,e\'"\\', 'Sandglass', '-v'])(
    'keeps an account named %s',
    async (name) => {
      expect(await take([save(name), read(name), read(`${name}2`), remove(name)])).toEqual([
        { answer: true },
        { answer: PAIR },
        { answer: null },
        { answer: true },
      ]);
    },
  );

  test('still has the account in another process of the next session', async () => {
    await take([save('work')]);
    expect(await take([read('work')])).toEqual([{ answer: PAIR }]);
  });

  test('holds the longest pair that Windows would, and refuses one byte more', async () => {
    const rest = JSON.stringify({ accessKeyId: 'A', secretAccessKey: '' }).length;
    const longest = { accessKeyId: 'A', secretAccessKey: 'x'.repeat(2560 - rest) };
    const longer = { accessKeyId: 'A', secretAccessKey: 'x'.repeat(2561 - rest) };
    expect(await take([save('work', longest), read('work'), save('work', longer), read('work')])).toEqual([
      { answer: true },
      { answer: longest },
      expect.objectContaining({ code: 'bad-usage' }),
      { answer: longest },
    ]);
  });

  test('leaves the secret nowhere in its home, neither in plain text nor in base64', async () => {
    await take([save('work'), LOCK, save('work')]);
    const files = await readdir(home, { recursive: true, withFileTypes: true });
    const names = files.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    expect(names.some((name) => name.endsWith('login.keyring'))).toBe(true);
    for (const name of names) {
      const bytes = await readFile(name);
      expect(bytes.includes(CANARY), name).toBe(false);
      expect(bytes.includes(Buffer.from(CANARY).toString('base64').slice(0, 20)), name).toBe(false);
    }
  });
});

describe.skipIf(skipped)(
  `A keyring that nobody can look into${missing === undefined ? '' : ` (${missing})`}`,
  () => {
    test('is locked, not empty, when it is locked while we run', async () => {
      const steps = [save('work'), LOCK, read('work'), read('home'), remove('work'), save('work', OTHER)];
      expect(await take(steps)).toEqual([{ answer: true }, { answer: true }, locked, locked, locked, locked]);
      expect(await take([read('work')])).toEqual([{ answer: PAIR }]);
    });

    test('is locked, not empty, when nobody has unlocked it since the login', async () => {
      await take([save('work')]);
      const steps = [read('work'), read('home'), remove('work'), save('work', OTHER)];
      expect(await take(steps, { keyring: 'locked' })).toEqual([locked, locked, locked, locked]);
      expect(await take([read('work')])).toEqual([{ answer: PAIR }]);
    });

    test('is locked when it has never been set up', async () => {
      expect(await take([read('work'), save('work')], { keyring: 'locked' })).toEqual([locked, locked]);
    });

    test('is locked when its prompt is not answered in time, and the process still ends', async () => {
      await take([save('work')]);
      await installSilentPrompter();
      const steps = [read('work'), read('work')];
      const { results, code } = await run({ steps, timeout: 300 }, { keyring: 'locked' });
      expect(results).toEqual([locked, locked]);
      expect(code).toBe(3);
    });

    test('is absent where no keyring is on the bus', async () => {
      const steps = [read('work'), save('work'), remove('work')];
      expect(await take(steps, { keyring: 'no-keyring' })).toEqual([absent, absent, absent]);
    });

    test('is absent where there is no session bus', async () => {
      const steps = [read('work'), save('work'), remove('work')];
      expect(await take(steps, { keyring: 'no-bus' })).toEqual([absent, absent, absent]);
      const env = { DBUS_SESSION_BUS_ADDRESS: `unix:path=${home}/nothing-here` };
      expect(await take(steps, { keyring: 'no-bus', env })).toEqual([absent, absent, absent]);
    });

    test.each(['locked', 'no-keyring', 'no-bus'] as const)(
      'tells what to do next, and never the secret (%s)',
      async (keyring) => {
        const { results, stderr } = await run({ steps: [save('work')] }, { keyring });
        expect(results).toEqual([
          expect.objectContaining({ next: expect.stringMatching(/\w{3}.*\.$/) as string }),
        ]);
        expect(JSON.stringify(results) + stderr).not.toContain(CANARY);
        expect(JSON.stringify(results) + stderr).not.toContain(PAIR.accessKeyId);
      },
    );
  },
);
