import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  accountSource,
  environmentSource,
  instanceSource,
  profileSource,
} from '../../../src/main/credentials/credential-sources.ts';
import type { CredentialSource } from '../../../src/main/credentials/credentials.ts';
import { MemoryVault } from '../../../src/main/credentials/memory-vault.ts';
import { BucketAccess } from '../../../src/main/signing/bucket-access.ts';
import { ServerClock } from '../../../src/main/signing/server-clock.ts';
import { metadataServer } from './metadata-server.ts';

const HOUR = 3_600_000;
const clock = { now: () => Date.now() };
const LOCATION = { bucket: 'films', region: 'eu-west-1', pathStyle: false };

let home: string;
let server: Server;
let url: string;
/** What the scripted service answers. */
let answer: (request: IncomingMessage, body: string) => string;
let asked: string[];

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'sandglass-ends-'));
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) vi.stubEnv(name, undefined);
  vi.stubEnv('HOME', home);
  vi.stubEnv('AWS_CONFIG_FILE', join(home, 'config'));
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(home, 'credentials'));
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  asked = [];
  server = createServer((request, response) => {
    void text(request).then((body) => {
      asked.push(
        `${request.method} ${request.url?.split('?')[0]} ${/Action=(\w+)/.exec(body)?.[1] ?? ''}`.trim(),
      );
      response.end(answer(request, body));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => {
  vi.unstubAllEnvs();
  server.close();
  server.closeAllConnections();
  rmSync(home, { recursive: true, force: true });
});

const config = (...lines: string[]) => {
  writeFileSync(join(home, 'config'), lines.join('\n'));
};
const wholeSecond = (at: number) => Math.floor(at / 1000) * 1000;
const iso = (at: number) => new Date(at).toISOString();
const KEYS = { AccessKeyId: 'ASIA1', SecretAccessKey: 's' };

/** STS's answer, as XML. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
function stsAnswers(action: string, end: number): void {
  const credentials = `<AccessKeyId>ASIA1</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>${iso(end)}</Expiration>`;
  answer = () =>
    `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result><Credentials>${credentials}</Credentials></${action}Result></${action}Response>`;
  vi.stubEnv('AWS_ENDPOINT_URL_STS', url);
}

function signIn(session: string): void {
  const cache = join(home, '.aws', 'sso', 'cache');
  mkdirSync(cache, { recursive: true });
  const token = { accessToken: 'bearer', expiresAt: iso(Date.now() + 9 * HOUR), region: 'eu-west-1' };
  const name = `${createHash('sha1').update(session).digest('hex')}.json`;
  writeFileSync(join(cache, name), JSON.stringify(token));
}

interface Kind {
  readonly kind: string;
  /** How long the token lives, in milliseconds. */
  readonly lives: number;
  readonly source: (end: number) => CredentialSource | Promise<CredentialSource>;
  readonly asks: readonly string[];
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html#PresignedUrl-Expiration */
const KINDS: readonly Kind[] = [
  {
    kind: 'a role that a profile assumes (12 hours at the most)',
    lives: 12 * HOUR,
    source: (end) => {
      stsAnswers('AssumeRole', end);
      config(
        ...['[profile owner]', 'aws_access_key_id=A', 'aws_secret_access_key=s'],
        ...['[profile role]', 'role_arn=arn:aws:iam::1:role/R', 'source_profile=owner'],
      );
      return profileSource('role', clock);
    },
    asks: ['POST / AssumeRole'],
  },
  {
    kind: 'a web identity',
    lives: HOUR,
    source: (end) => {
      stsAnswers('AssumeRoleWithWebIdentity', end);
      writeFileSync(join(home, 'token'), 'a.web.token');
      config(
        ...[
          '[profile web]',
          'role_arn=arn:aws:iam::1:role/R',
          `web_identity_token_file=${join(home, 'token')}`,
        ],
      );
      return profileSource('web', clock);
    },
    asks: ['POST / AssumeRoleWithWebIdentity'],
  },
  {
    kind: 'single sign-on',
    lives: 8 * HOUR,
    source: (end) => {
      const roleCredentials = {
        accessKeyId: 'ASIA1',
        secretAccessKey: 's',
        sessionToken: 't',
        expiration: end,
      };
      answer = () => JSON.stringify({ roleCredentials });
      vi.stubEnv('AWS_ENDPOINT_URL_SSO', url);
      signIn('work');
      config(
        ...['[profile sso]', 'sso_session=work', 'sso_account_id=123456789012', 'sso_role_name=reader'],
        ...['[sso-session work]', 'sso_start_url=https://example.awsapps.com/start', 'sso_region=eu-west-1'],
      );
      return profileSource('sso', clock);
    },
    asks: ['GET /federation/credentials'],
  },
  {
    kind: 'a credential_process',
    lives: 2 * HOUR,
    source: (end) => {
      const printed = { Version: 1, ...KEYS, SessionToken: 't', Expiration: iso(end) };
      writeFileSync(join(home, 'printed.json'), JSON.stringify(printed));
      config('[profile process]', `credential_process = cat ${join(home, 'printed.json')}`);
      return profileSource('process', clock);
    },
    asks: [],
  },
  {
    kind: 'a session token in the environment (GetSessionToken, 36 hours at the most)',
    lives: 36 * HOUR,
    source: (end) => {
      vi.stubEnv('AWS_ACCESS_KEY_ID', 'ASIA1');
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', 's');
      vi.stubEnv('AWS_SESSION_TOKEN', 't');
      vi.stubEnv('AWS_CREDENTIAL_EXPIRATION', iso(end));
      return environmentSource(clock);
    },
    asks: [],
  },
  {
    kind: 'a container',
    lives: 6 * HOUR,
    source: (end) => {
      answer = () => JSON.stringify({ ...KEYS, Token: 't', Expiration: iso(end) });
      vi.stubEnv('AWS_CONTAINER_CREDENTIALS_FULL_URI', `${url}/creds`);
      return instanceSource(process.env, clock);
    },
    asks: ['GET /creds'],
  },
];

const sevenDays = { kind: 'seconds', seconds: 604_800 } as const;
const linkFrom = (source: CredentialSource) =>
  new BucketAccess(LOCATION, source, new ServerClock(clock)).link('k', sevenDays);

describe('a link of seven days, signed by', () => {
  it('an IAM user’s keys, lives for seven days', async () => {
    const vault = new MemoryVault();
    await vault.save('mine', { accessKeyId: 'AKIA1', secretAccessKey: 's' });
    const { expiry, endUncertain } = await linkFrom(accountSource('mine', vault, clock));
    expect(expiry.expiresAt - expiry.signedAt).toBe(168 * HOUR);
    expect([expiry.limitedBy, endUncertain]).toEqual([null, false]);
  });

  it('an IAM user’s keys in a profile, lives for seven days', async () => {
    config('[profile user]', 'aws_access_key_id=AKIA1', 'aws_secret_access_key=s');
    const { expiry } = await linkFrom(profileSource('user', clock));
    expect([expiry.expiresAt - expiry.signedAt, expiry.limitedBy]).toEqual([168 * HOUR, null]);
  });

  it.each(KINDS)('$kind, ends when that does', async ({ lives, source, asks }) => {
    const end = Date.now() + lives;
    const { url: link, expiry, endUncertain } = await linkFrom(await source(end));
    // Some services tell whole seconds.
    expect(Math.abs(expiry.expiresAt - wholeSecond(end))).toBeLessThanOrEqual(1000);
    expect(expiry.expiresAt).toBeLessThanOrEqual(end);
    expect([expiry.limitedBy, endUncertain]).toEqual(['credentials', false]);
    expect(expiry.requestedExpiresAt - expiry.signedAt).toBe(168 * HOUR);
    expect(Number(new URL(link).searchParams.get('X-Amz-Expires'))).toBe(
      (expiry.expiresAt - expiry.signedAt) / 1000,
    );
    expect(new URL(link).searchParams.get('X-Amz-Security-Token')).toBe('t');
    expect(asked).toEqual(asks);
  });

  it('an instance’s role, ends after about six hours', async () => {
    const end = wholeSecond(Date.now() + 6 * HOUR);
    const service = await metadataServer(() => ({ ...KEYS, Token: 't', Expiration: iso(end) }));
    vi.stubEnv('AWS_EC2_METADATA_SERVICE_ENDPOINT', service.url);
    try {
      const { expiry } = await linkFrom(instanceSource({}, clock));
      expect([expiry.expiresAt, expiry.limitedBy]).toEqual([end, 'credentials']);
    } finally {
      service.close();
    }
  });

  it('a token that does not tell its end, says so', async () => {
    config('[profile t]', 'aws_access_key_id=ASIA1', 'aws_secret_access_key=s', 'aws_session_token=t');
    expect(await linkFrom(profileSource('t', clock))).toMatchObject({
      endUncertain: true,
      expiry: { limitedBy: null },
    });
  });
});

describe('a profile whose keys change on disk', () => {
  it('gives the new ones to whoever asks next', async () => {
    const write = (id: string) => {
      writeFileSync(join(home, 'credentials'), `[work]\naws_access_key_id=${id}\naws_secret_access_key=s\n`);
    };
    write('AKIAOLD');
    const first = profileSource('work', clock);
    expect((await first.resolve()).accessKeyId).toBe('AKIAOLD');
    write('AKIANEW');
    expect((await profileSource('work', clock).resolve()).accessKeyId).toBe('AKIANEW');
    first.forget();
    expect((await first.resolve()).accessKeyId).toBe('AKIANEW');
  });
});
