import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Rooms } from '../../../src/main/command/context.ts';
import { runCommand } from '../../../src/main/command/program.ts';
import type {
  CredentialOrigin,
  Credentials,
  CredentialSource,
} from '../../../src/main/credentials/credentials.ts';
import { History } from '../../../src/main/history/history.ts';
import { Settings } from '../../../src/main/settings/settings.ts';
import { Links } from '../../../src/main/share/links.ts';
import { RegionFinder } from '../../../src/main/signing/region-finder.ts';
import { s3Client } from '../../../src/main/signing/s3-client.ts';
import { ServerClock } from '../../../src/main/signing/server-clock.ts';
import { recomputed } from '../signing/recomputed-signature.ts';
import { ACCESS_POINT, OUTPOST, RECORDED, RECORDED_VARIANTS, scope } from './recorded-presign.ts';
import { scriptedContext } from './scripted-context.ts';

/** The keys of AWS's examples, and the first second of the day that the examples are signed on. */
const KEYS: Credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const DAY = Date.UTC(2013, 4, 24);
let folder: string;
let history: History;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandglass-presign-'));
  history = History.open(join(folder, 'history.db'));
});

afterEach(() => {
  history.close();
  rmSync(folder, { recursive: true, force: true });
});

/** `sandglass` with real signing and a real history; servers tell no region, and take every link. */
async function sandglass(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const clock = new ServerClock({ now: () => DAY });
  const asked: string[] = [];
  const memory = {
    regionOf: () => null,
    rememberRegion: () => Promise.resolve(),
    forgetRegion: () => Promise.resolve(),
  };
  const sourceOf = (origin: CredentialOrigin) =>
    ({ origin, resolve: () => Promise.resolve(KEYS), forget: () => undefined }) satisfies CredentialSource;
  const locator = new RegionFinder(memory, (location, keys) => s3Client(location, keys, clock));
  const probe = {
    open: (url: string) => {
      asked.push(url);
      return Promise.resolve({ size: 3, restoredUntil: null });
    },
  };
  const rooms: Partial<Rooms> = {
    settings: await Settings.open(folder),
    history,
    sourceOf,
    awsProfiles: () => Promise.resolve({ work: { region: 'eu-west-1' } }),
    links: new Links({ shelf: history, locator, clock, probe, sourceOf }),
  };
  const context = scriptedContext(rooms, { AWS_ACCESS_KEY_ID: 'AKIA', ...env });
  const code = await runCommand(args, context);
  return { code, url: context.terminal.printed[0] ?? '', said: context.terminal.said.join('\n'), asked };
}

/** What a presigned URL means: where it goes, for what it is signed, and how long it lives. */
function meaningOf(url: string) {
  const [, origin, path] = /^(https?:\/\/[^/]+)([^?]*)\?/.exec(url) ?? [];
  const query = new URL(url).searchParams;
  const scope = query.get('X-Amz-Credential')?.split('/').slice(1).join('/');
  return [
    `${origin ?? ''}${path ?? ''}`,
    scope,
    query.get('X-Amz-Expires'),
    query.get('X-Amz-SignedHeaders'),
  ];
}

describe('sandglass link, with the arguments of aws s3 presign', () => {
  it.each(
    RECORDED.map(([args, address, signedFor, seconds = 3600]) => ({ args, address, signedFor, seconds })),
  )('$args prints a link of the same meaning', async ({ args, address, signedFor, seconds }) => {
    const { code, url, asked } = await sandglass(['link', ...args]);
    expect(code).toBe(0);
    expect(meaningOf(url)).toEqual([address, signedFor, String(seconds), 'host']);
    const { carried, signature } = recomputed(url, KEYS.secretAccessKey);
    expect(carried).toBe(signature);
    expect(asked).toEqual([url]);
  });

  it.each(RECORDED_VARIANTS)('reaches AWS as %s or %j says', async (variable, flags, region, address) => {
    const args = ['link', 's3://examplebucket/test.txt', '--region', region];
    const links = [await sandglass([...args, ...flags])];
    if (variable !== null) links.push(await sandglass(args, { [variable]: 'true' }));
    for (const { url } of links) expect(meaningOf(url)).toEqual([address, scope(region), '3600', 'host']);
  });

  it.each<readonly [args: readonly string[], address: string, signedFor: string]>([
    // The AWS CLI names no region in the host here, and keeps to an endpoint that may not be the bucket's.
    [
      ['s3://examplebucket/test.txt'],
      'https://examplebucket.s3.us-east-1.amazonaws.com/test.txt',
      scope('us-east-1'),
    ],
    [
      [
        's3://examplebucket/test.txt',
        '--region',
        'eu-west-1',
        '--endpoint-url',
        'https://s3.eu-west-1.amazonaws.com',
      ],
      'https://examplebucket.s3.eu-west-1.amazonaws.com/test.txt',
      scope('eu-west-1'),
    ],
    [
      ['s3://examplebucket/test.txt', '--region', 'eu-west-1', '--endpoint-url', 'https://s3.amazonaws.com'],
      'https://examplebucket.s3.eu-west-1.amazonaws.com/test.txt',
      scope('eu-west-1'),
    ],
    // It signs for us-east-1 here, which is not where the store says it is.
    [
      [
        's3://examplebucket/test.txt',
        '--region',
        'us-east-1',
        '--endpoint-url',
        'https://s3.eu-central-003.backblazeb2.com',
      ],
      'https://s3.eu-central-003.backblazeb2.com/examplebucket/test.txt',
      scope('eu-central-003'),
    ],
  ])(
    '%j prints a better link: regional, and signed for the region that will be asked',
    async (args, address, signedFor) => {
      const { url } = await sandglass(['link', ...args]);
      expect(meaningOf(url)).toEqual([address, signedFor, '3600', 'host']);
    },
  );

  it.each<readonly [args: readonly string[], words: RegExp]>([
    [['s3://arn:aws:s3::123456789012:accesspoint:mfzwi23gnjvgw.mrap/key'], /multi-region access point/],
    [['s3://arn:aws:s3-object-lambda:us-west-2:123456789012:accesspoint/my-olap/key'], /Object Lambda/],
    [['s3://my.bucket/test.txt', '--accelerate'], /dots/],
    [[`s3://${ACCESS_POINT}/key`, '--accelerate'], /Access points/],
    [[`s3://${OUTPOST}/key`, '--fips'], /Outposts/],
    [
      ['s3://examplebucket/test.txt', '--fips', '--endpoint-url', 'https://minio.example.org'],
      /address is given/,
    ],
    [['s3://examplebucket/test.txt', '--expires-in', '604801'], /7 days/],
    [['s3://examplebucket/test.txt', '--expires-in', '0'], /second/],
  ])('%j makes no link, and says why', async (args, words) => {
    const { code, url, said } = await sandglass(['link', ...args]);
    expect([code, url]).toEqual([2, '']);
    expect(said).toMatch(words);
  });
});

describe('the history of a link', () => {
  it.each([
    ['s3://examplebucket/test.txt', '--region', 'us-east-2', '--fips', '--dualstack'],
    ['s3://examplebucket/test.txt', '--region', 'eu-west-1', '--accelerate'],
    [`s3://${ACCESS_POINT}/key`, '--dualstack'],
    [`s3://${OUTPOST}/key`],
    ['s3://my.bucket/test.txt', '--region', 'cn-north-1'],
  ])('to %s %s %s gives it again, letter for letter', async (...args) => {
    const { url } = await sandglass(['link', ...args]);
    const [record] = history.list();
    expect(new URL(url).protocol).toBe('https:');
    expect((await sandglass(['copy', record?.id ?? ''])).url).toBe(url);
  });

  it('keeps which of AWS’s endpoints it goes to', async () => {
    await sandglass([
      'link',
      's3://examplebucket/test.txt',
      '--region',
      'us-east-2',
      '--fips',
      '--dualstack',
    ]);
    expect(history.list()[0]?.location).toEqual({
      bucket: 'examplebucket',
      region: 'us-east-2',
      pathStyle: false,
      variants: ['dualstack', 'fips'],
    });
  });
});
