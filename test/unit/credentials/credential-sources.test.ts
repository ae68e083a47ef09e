import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  environmentSource,
  instanceSource,
  profileSource,
} from '../../../src/main/credentials/credential-sources.ts';
import { SandglassError } from '../../../src/shared/errors.ts';
import { metadataServer } from './metadata-server.ts';

const systemClock = { now: () => Date.now() };
const iso = (at: number) => new Date(at).toISOString();
const inHours = (hours: number) => Date.now() + hours * 3_600_000;

let home: string;

beforeEach(() => {
  // A folder of its own for each test: the SDK remembers the files of ~/.aws by their paths.
  home = mkdtempSync(join(tmpdir(), 'sandglass-credentials-'));
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) vi.stubEnv(name, undefined);
  vi.stubEnv('HOME', home);
  vi.stubEnv('AWS_CONFIG_FILE', join(home, 'config'));
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(home, 'credentials'));
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

const writeConfig = (...lines: string[]) => {
  writeFileSync(join(home, 'config'), lines.join('\n'));
};

async function failureOf(work: Promise<unknown>): Promise<SandglassError> {
  const failure = await work.then(
    () => 'it succeeded',
    (error: unknown) => error,
  );
  if (failure instanceof SandglassError) return failure;
  throw new Error(`Not the error that was expected: ${inspect(failure)}`);
}

describe('a profile of ~/.aws', () => {
  it('gives its static keys', async () => {
    writeFileSync(
      join(home, 'credentials'),
      '[work]\naws_access_key_id=AKIAWORK\naws_secret_access_key=shh\n',
    );
    const source = profileSource('work', systemClock);
    expect(source.origin).toEqual({ kind: 'profile', name: 'work' });
    expect(await source.resolve()).toEqual({ accessKeyId: 'AKIAWORK', secretAccessKey: 'shh' });
  });

  it('gives the session token that stands beside its keys', async () => {
    writeConfig('[profile work]', 'aws_access_key_id=A', 'aws_secret_access_key=s', 'aws_session_token=t');
    expect(await profileSource('work', systemClock).resolve()).toEqual({
      accessKeyId: 'A',
      secretAccessKey: 's',
      sessionToken: 't',
    });
  });

  it('that is missing says how to see whether it works', async () => {
    writeConfig('[profile other]', 'region=eu-west-1');
    const failure = await failureOf(profileSource('work', systemClock).resolve());
    expect(failure.code).toBe('no-credentials');
    expect(failure.message).toBe('There are no usable credentials in the profile “work”.');
    expect(failure.next).toContain('aws sts get-caller-identity --profile work');
  });

  it('may stand behind an account, which is then its origin', () => {
    const origin = { kind: 'account', name: 'mine' } as const;
    expect(profileSource('work', systemClock, origin).origin).toEqual(origin);
  });

  it('asks a credential_process, and knows when its token ends', async () => {
    const end = iso(inHours(1));
    const answer = {
      Version: 1,
      AccessKeyId: 'ASIA1',
      SecretAccessKey: 's',
      SessionToken: 't',
      Expiration: end,
    };
    writeFileSync(join(home, 'answer.json'), JSON.stringify(answer));
    writeConfig('[profile work]', `credential_process = cat ${join(home, 'answer.json')}`);
    expect(await profileSource('work', systemClock).resolve()).toEqual({
      accessKeyId: 'ASIA1',
      secretAccessKey: 's',
      sessionToken: 't',
      expiration: new Date(end),
    });
  });

  it('repeats nothing of what a failing credential_process said', async () => {
    writeFileSync(join(home, 'fail.sh'), 'echo hunter2; echo hunter3 >&2; exit 1\n');
    writeConfig('[profile work]', `credential_process = sh ${join(home, 'fail.sh')} --password hunter4`);
    const failure = await failureOf(profileSource('work', systemClock).resolve());
    expect(failure.code).toBe('no-credentials');
    expect(`${inspect(failure, { depth: 9 })} ${failure.stack ?? ''}`).not.toContain('hunter');
    expect(failure.cause).toBeUndefined();
  });

  it('repeats nothing of what a credential_process said in place of JSON', async () => {
    writeConfig('[profile work]', 'credential_process = echo hunter2');
    const failure = await failureOf(profileSource('work', systemClock).resolve());
    expect(`${inspect(failure, { depth: 9 })} ${failure.stack ?? ''}`).not.toContain('hunter');
  });

  it('whose credential_process gives ended credentials asks to sign in again', async () => {
    const answer = { Version: 1, AccessKeyId: 'ASIA1', SecretAccessKey: 's', Expiration: iso(inHours(-1)) };
    writeFileSync(join(home, 'answer.json'), JSON.stringify(answer));
    writeConfig('[profile work]', `credential_process = cat ${join(home, 'answer.json')}`);
    expect((await failureOf(profileSource('work', systemClock).resolve())).code).toBe('credentials-expired');
  });

  it('whose single sign-on has ended asks to sign in again', async () => {
    const start = 'https://example.awsapps.com/start';
    writeConfig(
      ...['[profile sso]', `sso_start_url = ${start}`, 'sso_region = eu-west-1'],
      ...['sso_account_id = 111122223333', 'sso_role_name = Sharer'],
    );
    const cache = join(home, '.aws', 'sso', 'cache');
    mkdirSync(cache, { recursive: true });
    const token = { accessToken: 'hunter2', expiresAt: iso(inHours(-1)) };
    const file = `${createHash('sha1').update(start).digest('hex')}.json`;
    writeFileSync(join(cache, file), JSON.stringify(token));
    const failure = await failureOf(profileSource('sso', systemClock).resolve());
    expect(failure.code).toBe('credentials-expired');
    expect(failure.message).toBe('The sign-in behind the profile “sso” has ended.');
    expect(failure.next).toBe('Sign in again: aws sso login --profile sso.');
  });
});

describe('the environment', () => {
  const stub = (values: Readonly<Record<string, string>>) => {
    for (const [name, value] of Object.entries(values)) vi.stubEnv(name, value);
  };
  const KEYS = { AWS_ACCESS_KEY_ID: 'AKIAENV', AWS_SECRET_ACCESS_KEY: 's' };

  it('gives a key pair', async () => {
    stub(KEYS);
    expect(await environmentSource(systemClock).resolve()).toEqual({
      accessKeyId: 'AKIAENV',
      secretAccessKey: 's',
    });
  });

  it('gives a token, and its end where it is told', async () => {
    const end = iso(inHours(1));
    stub({ ...KEYS, AWS_SESSION_TOKEN: 't', AWS_CREDENTIAL_EXPIRATION: end });
    expect(await environmentSource(systemClock).resolve()).toEqual({
      accessKeyId: 'AKIAENV',
      secretAccessKey: 's',
      sessionToken: 't',
      expiration: new Date(end),
    });
  });

  it('gives no token where it is empty', async () => {
    stub({ ...KEYS, AWS_SESSION_TOKEN: '' });
    expect(await environmentSource(systemClock).resolve()).not.toHaveProperty('sessionToken');
  });

  it('whose token has ended gives nothing', async () => {
    stub({ ...KEYS, AWS_SESSION_TOKEN: 't', AWS_CREDENTIAL_EXPIRATION: iso(inHours(-1)) });
    const failure = await failureOf(environmentSource(systemClock).resolve());
    expect([failure.code, failure.message]).toEqual([
      'credentials-expired',
      'The credentials from the environment have ended.',
    ]);
  });

  it.each([[{}], [{ AWS_ACCESS_KEY_ID: 'AKIAENV' }], [{ AWS_SECRET_ACCESS_KEY: 'hunter2' }]])(
    'with only %j has no credentials',
    async (values) => {
      stub(values);
      const failure = await failureOf(environmentSource(systemClock).resolve());
      expect(failure.code).toBe('no-credentials');
      expect(failure.next).toContain('--profile');
      expect(inspect(failure, { depth: 9 })).not.toContain('hunter');
    },
  );
});

describe('the machine’s role', () => {
  it('is asked of the metadata service, version 2', async () => {
    const end = new Date(Math.floor(inHours(6) / 1000) * 1000);
    const server = await metadataServer(() => ({
      ...{ AccessKeyId: 'ASIAROLE', SecretAccessKey: 's', Token: 't', Expiration: end.toISOString() },
    }));
    vi.stubEnv('AWS_EC2_METADATA_SERVICE_ENDPOINT', server.url);
    try {
      const source = instanceSource({}, systemClock);
      expect(await source.resolve()).toEqual({
        accessKeyId: 'ASIAROLE',
        secretAccessKey: 's',
        sessionToken: 't',
        expiration: end,
      });
      expect(server.lines).toEqual([
        'PUT /latest/api/token',
        'GET /latest/meta-data/iam/security-credentials/',
        'GET /latest/meta-data/iam/security-credentials/film-role',
      ]);
    } finally {
      server.close();
    }
  });

  it('does not exist where nobody answers', async () => {
    const server = await metadataServer(() => ({}));
    server.close();
    vi.stubEnv('AWS_EC2_METADATA_SERVICE_ENDPOINT', server.url);
    const failure = await failureOf(instanceSource({}, systemClock).resolve());
    expect([failure.code, failure.message]).toEqual([
      'no-credentials',
      'There are no usable credentials in this machine’s role.',
    ]);
  });
});
