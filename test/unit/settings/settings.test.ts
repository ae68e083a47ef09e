import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assertSound, Settings, type Account } from '../../../src/main/settings/settings.ts';
import { DEFAULT_KEY_TEMPLATE } from '../../../src/shared/share.ts';
import { FULL } from './full-account.ts';

const KEYCHAIN: Account = { keys: { in: 'keychain' } };

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandglass-settings-'));
  path = join(folder, 'settings.json');
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const write = (value: unknown) => {
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value));
};
const stored = () => JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
const withAccount = (account: unknown) => ({ version: 1, accounts: { mine: account } });

describe('settings', () => {
  it('are the defaults where there is no file, and none is made by looking', async () => {
    const settings = await Settings.open(join(folder, 'absent'));
    expect([settings.keyTemplate, settings.accounts]).toEqual([DEFAULT_KEY_TEMPLATE, {}]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('fill what a file leaves out', async () => {
    write({ version: 1 });
    const settings = await Settings.open(folder);
    expect([settings.keyTemplate, settings.accounts]).toEqual([DEFAULT_KEY_TEMPLATE, {}]);
  });

  it('keep what the file says', async () => {
    write({ version: 1, keyTemplate: '{name}', accounts: { mine: FULL }, regions: {} });
    const settings = await Settings.open(folder);
    expect([settings.keyTemplate, settings.accounts]).toEqual(['{name}', { mine: FULL }]);
  });

  it.each([
    ['an empty file', ''],
    ['half a file', '{"version":1,"accounts":{'],
    ['no object', '[]'],
    ['null', 'null'],
    ['no version', {}],
    ['a newer version', { version: 2 }],
    ['a setting that nobody knows', { version: 1, colour: 'red' }],
    ['an account with a key in it', withAccount({ ...KEYCHAIN, secretAccessKey: 'hunter2' })],
    ['an account without keys', withAccount({})],
    ['keys in a place that nobody knows', withAccount({ keys: { in: 'file' } })],
    ['an account without a name', { version: 1, accounts: { '': KEYCHAIN } }],
    [
      'an endpoint with a password',
      withAccount({ ...KEYCHAIN, endpoint: 'https://user:hunter2@example.org' }),
    ],
    ['an endpoint that is none', withAccount({ ...KEYCHAIN, endpoint: 'example.org' })],
    ['a template that is no text', { version: 1, keyTemplate: 7 }],
  ])('refuse %s, and leave the file as it is', async (_what, content) => {
    write(content);
    const before = readFileSync(path);
    const failure = await Settings.open(folder).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'settings-damaged' });
    expect(String(failure)).not.toContain('hunter2');
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(folder)).toEqual(['settings.json']);
  });

  it('cannot be read where a folder lies in their place', async () => {
    mkdirSync(path);
    await expect(Settings.open(folder)).rejects.toMatchObject({
      code: 'settings-damaged',
      message: 'settings.json cannot be read.',
    });
  });
});

describe('an account', () => {
  it('is there after it was added, and after the file was read again', async () => {
    const settings = await Settings.open(folder);
    await settings.addAccount('mine', FULL);
    expect(settings.account('mine')).toEqual(FULL);
    expect((await Settings.open(folder)).accounts).toEqual({ mine: FULL });
  });

  it('is gone after it was removed, and no other with it', async () => {
    const settings = await Settings.open(folder);
    await settings.addAccount('one', KEYCHAIN);
    await settings.addAccount('two', FULL);
    await settings.removeAccount('one');
    expect(Object.keys(settings.accounts)).toEqual(['two']);
    expect((await Settings.open(folder)).accounts).toEqual({ two: FULL });
  });

  it('of a name that is taken is refused, and the first stays', async () => {
    const settings = await Settings.open(folder);
    await settings.addAccount('mine', FULL);
    await expect(settings.addAccount('mine', KEYCHAIN)).rejects.toMatchObject({ code: 'account-exists' });
    expect(settings.account('mine')).toEqual(FULL);
  });

  it.each(['mine', 'constructor', 'toString', 'hasOwnProperty'])(
    'called %s is unknown until it is added',
    async (name) => {
      const settings = await Settings.open(folder);
      expect(() => settings.account(name)).toThrow(expect.objectContaining({ code: 'account-unknown' }));
      expect(() => {
        settings.assertNew(name);
      }).not.toThrow();
      await settings.addAccount(name, FULL);
      expect(settings.account(name)).toEqual(FULL);
    },
  );

  it.each(['constructor', 'with space', 'ünïcode', 'a.b_c@d-e', '日本'])('may be called %s', async (name) => {
    await (await Settings.open(folder)).addAccount(name, FULL);
    expect((await Settings.open(folder)).account(name)).toEqual(FULL);
  });

  it('changes nothing of objects in general, whatever it is called', async () => {
    const settings = await Settings.open(folder);
    await settings.addAccount('constructor', FULL);
    expect(({} as Record<string, unknown>)['endpoint']).toBeUndefined();
    expect(Object.getPrototypeOf(settings.accounts)).toBe(Object.prototype);
  });

  it.each([
    'https://user:hunter2@example.org',
    'https://user@example.org',
    'https://:hunter2@example.org',
    'https://example.org/?X-Amz-Signature=hunter2',
    'ftp://example.org',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'example.org:9000',
    'https://',
    '',
  ])('with the endpoint %j is refused, and nothing is written', async (endpoint) => {
    const settings = await Settings.open(folder);
    const failure = await settings
      .addAccount('mine', { ...KEYCHAIN, endpoint })
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'bad-usage' });
    expect(String(failure)).not.toContain('hunter2');
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    { ...KEYCHAIN, region: '' },
    { ...KEYCHAIN, bucket: 'ab' },
    { keys: { in: 'profile', profile: '' } } as const,
  ])('such as %j is refused', (account) => {
    expect(() => {
      assertSound('mine', account);
    }).toThrow(expect.objectContaining({ code: 'bad-usage' }));
  });

  it.each(['http://127.0.0.1:9000', 'https://minio.example.org/s3/', 'http://[::1]:9000'])(
    'may have the endpoint %s',
    (endpoint) => {
      expect(() => {
        assertSound('mine', { ...KEYCHAIN, endpoint });
      }).not.toThrow();
    },
  );
});

describe('how AWS is reached', () => {
  it('is kept with the account', async () => {
    const added: Account = { ...KEYCHAIN, variants: ['dualstack', 'fips'] };
    await (await Settings.open(folder)).addAccount('mine', added);
    expect((await Settings.open(folder)).account('mine')).toEqual(added);
  });

  it('is as usual for an account of a file from before there was a choice', async () => {
    writeFileSync(path, JSON.stringify({ version: 1, accounts: { mine: KEYCHAIN } }));
    expect((await Settings.open(folder)).account('mine').variants).toBeUndefined();
  });

  it.each([[['ipv7']], [[]], ['fips'], [{ fips: true }]])('as %j is damage', async (variants) => {
    writeFileSync(path, JSON.stringify({ version: 1, accounts: { mine: { ...KEYCHAIN, variants } } }));
    await expect(Settings.open(folder)).rejects.toMatchObject({ code: 'settings-damaged' });
  });
});

describe('the region of a bucket', () => {
  it('is unknown until it was told, and told for its endpoint alone', async () => {
    const settings = await Settings.open(folder);
    await settings.rememberRegion(undefined, 'films', 'eu-west-1');
    await settings.rememberRegion('http://127.0.0.1:9000', 'films', null);
    for (const reader of [settings, await Settings.open(folder)]) {
      expect(reader.regionOf(undefined, 'films')).toBe('eu-west-1');
      expect(reader.regionOf('http://127.0.0.1:9000', 'films')).toBeNull();
      expect(reader.regionOf('http://127.0.0.1:9001', 'films')).toBeUndefined();
      expect(reader.regionOf(undefined, 'books')).toBeUndefined();
    }
  });

  it('is replaced where another is told', async () => {
    const settings = await Settings.open(folder);
    await settings.rememberRegion(undefined, 'films', null);
    await settings.rememberRegion(undefined, 'films', 'ap-south-1');
    expect(settings.regionOf(undefined, 'films')).toBe('ap-south-1');
  });
});

describe('the file of the settings', () => {
  it('is readable by its owner alone, also where it was not before, and leaves no other file beside it', async () => {
    writeFileSync(path, '{"version":1}', { mode: 0o644 });
    await (await Settings.open(folder)).addAccount('mine', FULL);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['settings.json']);
  });

  it('is made with its folder, which is its owner’s alone', async () => {
    const deep = join(folder, 'a', 'b');
    await (await Settings.open(deep)).addAccount('mine', FULL);
    expect(statSync(deep).mode & 0o777).toBe(0o700);
    expect(statSync(join(deep, 'settings.json')).mode & 0o777).toBe(0o600);
  });

  it('holds what was configured and its version', async () => {
    await (await Settings.open(folder)).addAccount('mine', FULL);
    expect(stored()).toEqual({
      version: 1,
      keyTemplate: DEFAULT_KEY_TEMPLATE,
      accounts: { mine: FULL },
      currentAccount: null,
      life: { kind: 'seconds', seconds: 86_400 },
      bandwidth: [],
      globalShortcut: null,
      ...{ goneAtEnd: false, language: 'system', regions: {} },
    });
  });

  it('that cannot be written leaves the settings as they were', async () => {
    const settings = await Settings.open(join(folder, 'later'));
    writeFileSync(join(folder, 'later'), 'a file where the folder should be');
    await expect(settings.addAccount('mine', FULL)).rejects.toMatchObject({ code: 'disk-full' });
    expect(settings.accounts).toEqual({});
  });
});
