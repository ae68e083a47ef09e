import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect, type ConnectionFlags } from '../../../src/main/command/connection.ts';
import type { AwsConfig, Rooms } from '../../../src/main/command/context.ts';
import type { CredentialOrigin, CredentialSource } from '../../../src/main/credentials/credentials.ts';
import { Settings, type Account } from '../../../src/main/settings/settings.ts';
import { scriptedContext } from './scripted-context.ts';

const MINE: Account = {
  keys: { in: 'keychain' },
  ...{
    endpoint: 'https://minio.example.org',
    region: 'mine-1',
    pathStyle: false,
    bucket: 'films',
    prefix: 'in',
  },
};
const BARE: Account = { keys: { in: 'keychain' } };

interface World {
  readonly env?: Readonly<Record<string, string>>;
  readonly profiles?: Readonly<Record<string, AwsConfig>>;
  readonly accounts?: Readonly<Record<string, Account>>;
}

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandglass-connection-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function connected(flags: ConnectionFlags, { env = {}, profiles = {}, accounts = {} }: World = {}) {
  const settings = await Settings.open(folder);
  for (const [name, account] of Object.entries(accounts)) await settings.addAccount(name, account);
  const sourceOf = (origin: CredentialOrigin): CredentialSource => ({
    origin,
    resolve: () => Promise.reject(new Error('Nobody should ask for keys yet.')),
    forget: () => undefined,
  });
  const rooms = {
    settings,
    sourceOf,
    awsProfiles: () => Promise.resolve(profiles),
  } as Partial<Rooms> as Rooms;
  return connect(flags, scriptedContext(rooms, env), rooms);
}

const originOf = async (flags: ConnectionFlags, world?: World) =>
  (await connected(flags, world)).source.origin;
const endpointOf = async (flags: ConnectionFlags, world?: World) => (await connected(flags, world)).endpoint;

describe('whose keys are used', () => {
  const env = { AWS_ACCESS_KEY_ID: 'AKIA', AWS_PROFILE: 'envprofile' };
  const profiles = { default: {}, work: {} };
  const accounts = { mine: MINE };

  it('is said by --account before anything else', async () => {
    expect(await originOf({ account: 'mine' }, { env, profiles, accounts })).toEqual({
      kind: 'account',
      name: 'mine',
    });
  });

  it('is said by --profile before the environment', async () => {
    expect(await originOf({ profile: 'work' }, { env, profiles, accounts })).toEqual({
      kind: 'profile',
      name: 'work',
    });
  });

  it.each([
    ['the environment’s keys', { env, profiles, accounts }, { kind: 'environment' }],
    ['AWS_PROFILE', { env: { AWS_PROFILE: 'p' }, profiles, accounts }, { kind: 'profile', name: 'p' }],
    ['the only account', { profiles, accounts }, { kind: 'account', name: 'mine' }],
    ['the default profile', { profiles }, { kind: 'profile', name: 'default' }],
    [
      'the default profile, where there are two accounts',
      { profiles, accounts: { mine: MINE, other: BARE } },
      { kind: 'profile', name: 'default' },
    ],
    [
      'the machine’s role, where two accounts leave it open',
      { accounts: { a: BARE, b: BARE } },
      { kind: 'instance' },
    ],
    ['the machine’s role, where there is nothing', {}, { kind: 'instance' }],
    [
      'the machine’s role, where names are empty',
      { env: { AWS_ACCESS_KEY_ID: '', AWS_PROFILE: '' } },
      { kind: 'instance' },
    ],
  ] as const)('is without flags %s', async (_what, world, origin) => {
    expect(await originOf({}, world)).toEqual(origin);
  });

  it('cannot be an account that nobody saved', async () => {
    await expect(connected({ account: 'nobody' })).rejects.toMatchObject({ code: 'account-unknown' });
  });
});

describe('where the bucket is', () => {
  it('is said by the account', async () => {
    expect(await connected({ account: 'mine' }, { accounts: { mine: MINE } })).toMatchObject({
      endpoint: { url: 'https://minio.example.org', region: 'mine-1', pathStyle: false },
      bucket: 'films',
      prefix: 'in',
    });
  });

  it('is said by flags before the account', async () => {
    const flags = {
      account: 'mine',
      endpointUrl: 'http://127.0.0.1:9000',
      region: 'flag-1',
      pathStyle: true,
    };
    expect(await endpointOf(flags, { accounts: { mine: MINE } })).toEqual({
      url: 'http://127.0.0.1:9000',
      region: 'flag-1',
      pathStyle: true,
    });
  });

  it('is not said by the environment where an account is used', async () => {
    const env = { AWS_REGION: 'env-1', AWS_ENDPOINT_URL: 'https://env.example.org' };
    expect(await endpointOf({ account: 'bare' }, { env, accounts: { bare: BARE } })).toEqual({});
  });

  it.each([
    [{ AWS_REGION: 'a', AWS_DEFAULT_REGION: 'b' }, { region: 'a' }],
    [{ AWS_DEFAULT_REGION: 'b' }, { region: 'b' }],
    [{ AWS_ENDPOINT_URL_S3: 'https://a.org', AWS_ENDPOINT_URL: 'https://b.org' }, { url: 'https://a.org' }],
    [{ AWS_ENDPOINT_URL: 'https://b.org' }, { url: 'https://b.org' }],
    [{}, {}],
  ])('is said by the environment %j', async (env, endpoint) => {
    expect(await endpointOf({}, { env: { AWS_ACCESS_KEY_ID: 'AKIA', ...env } })).toEqual(endpoint);
  });

  it('is said by the profile that is used, after the environment', async () => {
    const profiles = {
      default: { region: 'default-1' },
      work: { region: 'work-1', endpointUrl: 'https://work.example.org' },
    };
    expect(await endpointOf({ profile: 'work' }, { profiles })).toEqual({
      url: 'https://work.example.org',
      region: 'work-1',
    });
    expect(await endpointOf({ profile: 'work' }, { profiles, env: { AWS_REGION: 'env-1' } })).toMatchObject({
      region: 'env-1',
    });
    expect(await endpointOf({}, { profiles, env: { AWS_ACCESS_KEY_ID: 'AKIA' } })).toEqual({
      region: 'default-1',
    });
    expect(await endpointOf({ profile: 'unheard-of' }, { profiles })).toEqual({});
  });

  it.each([
    'example.org',
    'ftp://example.org',
    'https://',
    '',
    'https://user:hunter2@example.org',
    'https://user@example.org',
    'https://example.org/?X-Amz-Signature=hunter2',
  ])('cannot be %j, whoever says it', async (url) => {
    const says: readonly [ConnectionFlags, World][] = [
      [{ endpointUrl: url }, {}],
      [
        {},
        {
          env: {
            AWS_ACCESS_KEY_ID: 'AKIA',
            ...(url ? { AWS_ENDPOINT_URL: url } : { AWS_ENDPOINT_URL: 'x' }),
          },
        },
      ],
    ];
    for (const [flags, world] of says) {
      const failure = await connected(flags, world).catch((error: unknown) => error);
      expect(failure).toMatchObject({ code: 'bad-usage' });
      expect(String(failure)).not.toContain('hunter2');
    }
  });
});

describe('the variant of AWS’s endpoint', () => {
  const keys = { AWS_ACCESS_KEY_ID: 'AKIA' };

  it.each([
    [{}, {}, undefined],
    [{ dualstack: true }, {}, ['dualstack']],
    [{ fips: true, dualstack: true }, {}, ['dualstack', 'fips']],
    [{ accelerate: true }, {}, ['accelerate']],
    [{}, { AWS_USE_DUALSTACK_ENDPOINT: 'true' }, ['dualstack']],
    [{}, { AWS_USE_FIPS_ENDPOINT: 'TRUE' }, ['fips']],
    [{}, { AWS_USE_FIPS_ENDPOINT: 'false' }, undefined],
    [{}, { AWS_USE_FIPS_ENDPOINT: '' }, undefined],
    [{ accelerate: true }, { AWS_USE_DUALSTACK_ENDPOINT: 'true' }, ['accelerate', 'dualstack']],
  ] as const)('is by flags %j and environment %j: %j', async (flags, env, variants) => {
    expect((await endpointOf(flags, { env: { ...keys, ...env } })).variants).toEqual(variants);
  });

  it('is said by the profile where the environment does not say otherwise', async () => {
    const profiles = { work: { variants: ['accelerate', 'fips'], pathStyle: true } as const };
    const flags = { profile: 'work' };
    expect(await endpointOf(flags, { profiles })).toEqual({
      variants: ['accelerate', 'fips'],
      pathStyle: true,
    });
    const env = { AWS_USE_FIPS_ENDPOINT: 'false' };
    expect((await endpointOf(flags, { profiles, env })).variants).toEqual(['accelerate']);
  });

  it.each([
    [{}, {}],
    [{ fips: true }, { variants: ['fips'] }],
  ])('is not said by the environment where an account is used, but by flags %j', async (flags, endpoint) => {
    const world = { env: { AWS_USE_FIPS_ENDPOINT: 'true' }, accounts: { bare: BARE } };
    expect(await endpointOf({ account: 'bare', ...flags }, world)).toEqual(endpoint);
  });

  it.each([
    [{}, ['dualstack', 'fips']],
    [{ fips: false }, ['dualstack']],
    [{ fips: false, dualstack: false }, undefined],
    [{ fips: false, accelerate: true }, ['accelerate', 'dualstack']],
  ])('is what the account holds, and what flags %j make of it: %j', async (flags, variants) => {
    const accounts = { bare: { ...BARE, variants: ['dualstack', 'fips'] as const } };
    expect((await endpointOf({ account: 'bare', ...flags }, { accounts })).variants).toEqual(variants);
  });
});
