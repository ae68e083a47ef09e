import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { keychainRefusal } from '../../src/main/platform/keychain-refusal.ts';
import { Keychain } from '../../src/main/platform/keychain.ts';
import { SandglassError } from '../../src/shared/errors.ts';
import type { Keytar } from '../../src/main/platform/keychain.ts';

const SECRET = 'canary/wJalrXUtnFEMI';
const PAIR = { accessKeyId: 'AKIACANARY', secretAccessKey: SECRET };
const never = new Promise<never>(() => undefined);

function fakeKeytar(verbs: Partial<Keytar> = {}): Keytar {
  return {
    getPassword: vi.fn(() => Promise.resolve(null)),
    setPassword: vi.fn(() => Promise.resolve()),
    deletePassword: vi.fn(() => Promise.resolve(false)),
    ...verbs,
  };
}

const keychainOn = (keytar: Keytar, platform: NodeJS.Platform = 'linux'): Keychain =>
  new Keychain({ platform, load: () => Promise.resolve(keytar), timeout: 1000 });

async function refusalOf(promise: Promise<unknown>): Promise<SandglassError> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(SandglassError);
  return error as SandglassError;
}

describe('What the operating system says', () => {
  test.each([
    ['Cannot autolaunch D-Bus without X11 $DISPLAY', 'linux', 'keychain-absent', 'dbus-run-session'],
    ['Could not connect: No such file or directory', 'linux', 'keychain-absent', 'dbus-run-session'],
    [
      'The name org.freedesktop.secrets was not provided by any .service files',
      'linux',
      'keychain-absent',
      'gnome-keyring',
    ],
    [
      'Error calling StartServiceByName for org.freedesktop.secrets: Process exited with status 1',
      'linux',
      'keychain-absent',
      'gnome-keyring',
    ],
    ['Cannot create an item in a locked collection', 'linux', 'keychain-locked', 'login keyring'],
    [
      'Object does not exist at path “/org/freedesktop/secrets/collection/login”',
      'linux',
      'keychain-locked',
      'login keyring',
    ],
    [
      'Objekt existiert nicht am Pfad „/org/freedesktop/secrets/collection/login“',
      'linux',
      'keychain-locked',
      'login keyring',
    ],
    ['User interaction is not allowed.', 'darwin', 'keychain-locked', 'security unlock-keychain'],
    ['A default keychain could not be found.', 'darwin', 'keychain-absent', 'Keychain Access'],
    ['A specified logon session does not exist.', 'win32', 'keychain-locked', 'Log in to Windows'],
    ['something nobody has met yet', 'linux', 'keychain-locked', 'login keyring'],
  ] as const)('“%s” on %s is %s', (message, platform, code, next) => {
    const refusal = keychainRefusal(new Error(message), platform);
    expect(refusal.code).toBe(code);
    expect(refusal.next).toContain(next);
    expect(refusal.cause).toMatchObject({ message });
  });

  test('is told without the keys, should it ever quote them', async () => {
    const quoting = fakeKeytar({
      setPassword: (service, account, secret) =>
        Promise.reject(new Error(`bad item ${service} ${account} ${secret} ${SECRET}`)),
    });
    const refusal = await refusalOf(keychainOn(quoting).save('work', PAIR));
    const whole = inspect(refusal, { depth: 9, showHidden: true });
    expect(whole).toContain('bad item Sandglass work');
    expect(whole).not.toContain(SECRET);
    expect(whole).not.toContain(PAIR.accessKeyId);
  });

  test.each([
    SECRET,
    `{"accessKeyId":"${SECRET}"}`,
    `["${SECRET}"`,
    '{"accessKeyId":"","secretAccessKey":""}',
  ])('is told without what another program wrote there (%#)', async (entry) => {
    const odd = fakeKeytar({ getPassword: () => Promise.resolve(entry) });
    const refusal = await refusalOf(keychainOn(odd).read('work'));
    expect(refusal.code).toBe('no-credentials');
    expect(inspect(refusal, { depth: 9, showHidden: true })).not.toContain(SECRET);
  });
});

describe('Without keytar', () => {
  test.each(['linux', 'darwin', 'win32'] as const)('the keychain is absent on %s', async (platform) => {
    const load = (): Promise<Keytar> => Promise.reject(new Error("Cannot find package 'keytar'"));
    const keychain = new Keychain({ platform, load });
    for (const attempt of [keychain.read('work'), keychain.save('work', PAIR), keychain.remove('work')]) {
      const refusal = await refusalOf(attempt);
      expect(refusal.code).toBe('keychain-absent');
      expect(refusal.next).toContain(platform === 'linux' ? 'libsecret-1-0' : 'Install Sandglass again');
    }
  });

  test('nothing is loaded before it is needed, and then once', async () => {
    const load = vi.fn(() => Promise.resolve(fakeKeytar()));
    const keychain = new Keychain({ load });
    expect(load).not.toHaveBeenCalled();
    await keychain.save('a', PAIR);
    await keychain.save('b', PAIR);
    expect(load).toHaveBeenCalledTimes(1);
  });
});

describe('“Nothing there”', () => {
  test('counts on Linux only once a write has shown that the keyring is open', async () => {
    const keytar = fakeKeytar();
    expect(await keychainOn(keytar).read('work')).toBeNull();
    expect(keytar.setPassword).toHaveBeenCalledExactlyOnceWith('Sandglass (unlock check)', 'unlocked', 'yes');
  });

  test('is asked again when the write had the keyring unlocked', async () => {
    let open = false;
    const keytar = fakeKeytar({
      getPassword: () => Promise.resolve(open ? JSON.stringify(PAIR) : null),
      deletePassword: () => Promise.resolve(open),
      setPassword: () => {
        open = true;
        return Promise.resolve();
      },
    });
    expect(await keychainOn(keytar).read('work')).toEqual(PAIR);
    open = false;
    expect(await keychainOn(keytar).remove('work')).toBe(true);
  });

  test.each(['darwin', 'win32'] as const)(
    'needs no write on %s, where locked is an error',
    async (platform) => {
      const keytar = fakeKeytar();
      expect(await keychainOn(keytar, platform).read('work')).toBeNull();
      expect(await keychainOn(keytar, platform).remove('work')).toBe(false);
      expect(keytar.setPassword).not.toHaveBeenCalled();
    },
  );
});

describe('An account name', () => {
  test.each(['', 'work\0home'])('%j is refused before it reaches the keychain', async (name) => {
    const keytar = fakeKeytar();
    const keychain = keychainOn(keytar);
    for (const attempt of [keychain.read(name), keychain.save(name, PAIR), keychain.remove(name)]) {
      expect((await refusalOf(attempt)).code).toBe('bad-usage');
    }
    expect(keytar.getPassword).not.toHaveBeenCalled();
    expect(keytar.setPassword).not.toHaveBeenCalled();
  });
});

describe('A prompt that nobody answers', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  test('is keychain-locked when the time is up, and not before', async () => {
    const settled = vi.fn();
    const keychain = keychainOn(fakeKeytar({ getPassword: () => never }));
    const refusal = refusalOf(keychain.read('work').finally(settled));
    await vi.advanceTimersByTimeAsync(999);
    expect(settled).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect((await refusal).code).toBe('keychain-locked');
    expect(keychain.waiting).toBe(true);
  });

  test('does not get a second prompt on top, nor a save behind the back of who was refused', async () => {
    let answer: (value: null) => void = () => undefined;
    const keytar = fakeKeytar({ getPassword: () => new Promise((resolve) => (answer = resolve)) });
    const keychain = keychainOn(keytar, 'darwin');
    const refusals = [refusalOf(keychain.read('work')), refusalOf(keychain.save('work', PAIR))];
    await vi.advanceTimersByTimeAsync(1000);
    expect((await Promise.all(refusals)).map(({ code }) => code)).toEqual([
      'keychain-locked',
      'keychain-locked',
    ]);
    answer(null);
    await vi.advanceTimersByTimeAsync(1);
    expect(keytar.setPassword).not.toHaveBeenCalled();
    expect(keychain.waiting).toBe(false);
    await keychain.save('work', PAIR);
    expect(keytar.setPassword).toHaveBeenCalledTimes(1);
  });
});
