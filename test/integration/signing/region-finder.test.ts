import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { BucketLocation } from '../../../src/main/signing/location.ts';
import { RegionFinder, type RegionMemory } from '../../../src/main/signing/region-finder.ts';
import { s3Client } from '../../../src/main/signing/s3-client.ts';
import { ServerClock } from '../../../src/main/signing/server-clock.ts';
import { systemClock } from '../../../src/main/platform/system-time.ts';

/**
 * Answers as AWS documents; no server at hand redirects between regions, and none is in an opt-in region.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
interface ScriptedAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

let server: Server | undefined;
afterEach(() => server?.close());

const KEYS = { accessKeyId: 'AKIASCRIPT', secretAccessKey: 'secret' };
const errorBody = (code: string, more = '') => `<Error><Code>${code}</Code>${more}</Error>`;

/** A server that gives these answers to HEAD and GET, and the lines of what it was asked. */
async function scripted(answers: Readonly<Record<string, ScriptedAnswer>>) {
  const asked: string[] = [];
  const listening = createServer((request, response) => {
    const method = request.method ?? '';
    asked.push(`${method} ${(request.url ?? '').split('?')[0] ?? ''}`);
    const { status, headers = {}, body = '' } = answers[method] ?? { status: 500 };
    response.writeHead(status, headers).end(method === 'HEAD' ? undefined : body);
  });
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
  const remembered = new Map<string, string | null>();
  const memory: RegionMemory = {
    forgetRegion: (endpoint, bucket) => forget(endpoint, bucket),
    regionOf: (endpoint, bucket) => remembered.get(`${endpoint ?? ''} ${bucket}`),
    rememberRegion: (endpoint, bucket, region) => {
      remembered.set(`${endpoint ?? ''} ${bucket}`, region);
      return Promise.resolve();
    },
  };
  const forget = (endpoint: string | undefined, bucket: string) => {
    remembered.delete(`${endpoint ?? ''} ${bucket}`);
    return Promise.resolve();
  };
  const clock = new ServerClock(systemClock);
  const finder = new RegionFinder(memory, (location, keys) => s3Client(location, keys, clock));
  const locate = (region?: string) => finder.locate('mine', { url, ...(region ? { region } : {}) }, KEYS);
  return { asked, locate, clock, forget: () => finder.forget('mine', { url }) };
}

test('takes the region from the header of HeadBucket, and asks only once', async () => {
  const { asked, locate, forget } = await scripted({
    HEAD: { status: 200, headers: { 'x-amz-bucket-region': 'eu-west-3' } },
  });
  expect(await locate()).toMatchObject({ bucket: 'mine', region: 'eu-west-3', pathStyle: true });
  expect(await locate()).toMatchObject({ region: 'eu-west-3' });
  expect(asked).toEqual(['HEAD /mine/']);
  await forget();
  await locate();
  expect(asked).toEqual(['HEAD /mine/', 'HEAD /mine/']);
});

test('takes it from a redirect’s header, also where the caller named another region', async () => {
  const { asked, locate } = await scripted({
    HEAD: { status: 301, headers: { 'x-amz-bucket-region': 'af-south-1' } },
  });
  expect(await locate('us-west-2')).toMatchObject({ region: 'af-south-1' });
  expect(asked).toEqual(['HEAD /mine/']);
});

test('takes it from a refusal’s header, where the keys may not look at the bucket', async () => {
  const { locate } = await scripted({
    HEAD: { status: 403, headers: { 'x-amz-bucket-region': 'us-gov-west-1' } },
  });
  expect(await locate()).toMatchObject({ region: 'us-gov-west-1' });
});

test('asks again with GET where HEAD’s 400 has no header, and takes it from the body', async () => {
  const { asked, locate } = await scripted({
    HEAD: { status: 400 },
    GET: { status: 400, body: errorBody('AuthorizationHeaderMalformed', '<Region>eu-central-1</Region>') },
  });
  expect(await locate()).toMatchObject({ region: 'eu-central-1' });
  expect(asked).toEqual(['HEAD /mine/', 'GET /mine/']);
});

test('keeps the configured region where the server tells none, and remembers that it does not', async () => {
  const { asked, locate } = await scripted({
    HEAD: { status: 403 },
    GET: { status: 403, body: errorBody('AccessDenied') },
  });
  expect(await locate('my-region')).toMatchObject({ region: 'my-region' });
  expect(await locate()).toMatchObject({ region: 'us-east-1' });
  expect(asked).toHaveLength(2);
});

test('says at once that the keys are wrong, and remembers nothing', async () => {
  const { asked, locate } = await scripted({
    HEAD: { status: 403 },
    GET: { status: 403, body: errorBody('SignatureDoesNotMatch') },
  });
  await expect(locate()).rejects.toMatchObject({ code: 'credentials-refused' });
  await expect(locate()).rejects.toMatchObject({ code: 'credentials-refused' });
  expect(asked).toHaveLength(4);
});

test('says that there is no such bucket, or that the server is busy', async () => {
  const missing = await scripted({ HEAD: { status: 404 } });
  await expect(missing.locate()).rejects.toMatchObject({ code: 'no-such-bucket' });
  server?.close();
  const busy = await scripted({ HEAD: { status: 503 } });
  await expect(busy.locate()).rejects.toMatchObject({ code: 'server-busy', retryable: true });
});

test('learns the server’s clock on the way, from a refusal too', async () => {
  const tomorrow = new Date(Date.now() + 86_400_000);
  const headers = { 'x-amz-bucket-region': 'eu-west-3', date: tomorrow.toUTCString() };
  const { locate, clock } = await scripted({ HEAD: { status: 403, headers } });
  await locate();
  expect(Math.abs(clock.now() - tomorrow.getTime())).toBeLessThan(10_000);
});

test.each([
  ['a redirect', 301, 'PermanentRedirect', '<Region>ap-northeast-3</Region>', 'ap-northeast-3'],
  [
    'a malformed signature’s refusal',
    400,
    'AuthorizationHeaderMalformed',
    '<Region>cn-north-1</Region>',
    'cn-north-1',
  ],
  [
    'an opt-in region’s refusal',
    400,
    'IllegalLocationConstraintException',
    '<Message>The ap-east-1 location constraint is incompatible for the region specific endpoint this request was sent to.</Message>',
    'ap-east-1',
  ],
  [
    'the refusal of OpenStack Swift',
    400,
    'AuthorizationHeaderMalformed',
    "<Message>The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'NL'</Message>",
    'NL',
  ],
  [
    'the refusal of MinIO',
    400,
    'AuthorizationHeaderMalformed',
    "<Message>The authorization header is malformed; the region is wrong; expecting 'home'.</Message><Region>home</Region>",
    'home',
  ],
])('takes it from the body of %s, where no header tells it', async (_what, status, code, more, region) => {
  const { asked, locate } = await scripted({
    HEAD: { status },
    GET: { status, body: errorBody(code, more) },
  });
  expect(await locate('us-east-1')).toMatchObject({ region });
  expect(asked).toEqual(['HEAD /mine/', 'GET /mine/']);
});

test('takes nothing that is no region’s name into the settings or a signature', async () => {
  const { locate } = await scripted({
    HEAD: { status: 301, headers: { 'x-amz-bucket-region': 'evil.example.org/' } },
    GET: { status: 403, body: errorBody('AccessDenied', '<Region>../..</Region>') },
  });
  expect(await locate('eu-west-1')).toMatchObject({ region: 'eu-west-1' });
});

describe('a finder of regions', () => {
  /** Remembers as the settings do, and refuses to ask anybody but those in `told`. */
  function finder(told: Readonly<Record<string, string>> = {}) {
    const remembered = new Map(Object.entries(told));
    const forgotten: string[] = [];
    const asked: BucketLocation[] = [];
    const memory: RegionMemory = {
      regionOf: (place, bucket) => remembered.get(`${place ?? 'aws'} ${bucket}`),
      rememberRegion: () => Promise.resolve(),
      forgetRegion: (place, bucket) => {
        forgotten.push(`${place ?? 'aws'} ${bucket}`);
        return Promise.resolve();
      },
    };
    const regions = new RegionFinder(memory, (location) => {
      asked.push(location);
      throw new Error('Nobody may be asked.');
    });
    return { regions, asked, forgotten };
  }

  test.each([
    ['arn:aws:s3:us-west-2:123456789012:accesspoint/my-ap', {}, 'us-west-2'],
    ['films', { url: 'https://s3.eu-central-003.backblazeb2.com', region: 'us-east-1' }, 'eu-central-003'],
    ['films', { url: 'https://fra1.digitaloceanspaces.com' }, 'fra1'],
  ])('asks nobody where %s at %j settles it', async (bucket, endpoint, region) => {
    const { regions, asked } = finder();
    expect(await regions.locate(bucket, endpoint, KEYS)).toMatchObject({ bucket, region });
    expect(asked).toEqual([]);
  });

  test('takes buckets of the same name in two partitions for two buckets', async () => {
    const { regions } = finder({
      'aws mine': 'eu-west-1',
      'aws-cn mine': 'cn-northwest-1',
      'aws-us-gov mine': 'us-gov-east-1',
    });
    const regionFrom = async (region: string) => (await regions.locate('mine', { region }, KEYS)).region;
    expect(await regionFrom('us-east-1')).toBe('eu-west-1');
    expect(await regionFrom('cn-north-1')).toBe('cn-northwest-1');
    expect(await regionFrom('us-gov-west-1')).toBe('us-gov-east-1');
  });

  test('forgets a bucket in every partition that it was told of, as nobody tells which was wrong', async () => {
    const { regions, forgotten } = finder({
      'aws mine': 'eu-west-1',
      'aws-cn mine': 'cn-north-1',
      'aws other': 'r',
    });
    await regions.forget('mine', {});
    expect(forgotten).toEqual(['aws mine', 'aws-cn mine']);
  });

  test.each([
    [{ region: 'eu-west-1' }, { region: 'eu-west-1' }],
    [{ url: 'https://s3.cn-north-1.amazonaws.com.cn', region: 'eu-west-1' }, { region: 'cn-north-1' }],
    [
      { region: 'us-gov-west-1', variants: ['fips'] as const },
      { region: 'us-gov-west-1', variants: ['fips'] },
    ],
    [{ region: 'eu-west-1', variants: ['accelerate'] as const }, { region: 'eu-west-1' }],
  ])('at %j asks first at %j: regional, never accelerated, never in the path', async (endpoint, location) => {
    const { regions, asked } = finder();
    await expect(regions.locate('mine', endpoint, KEYS)).rejects.toThrow();
    expect(asked).toEqual([{ bucket: 'mine', pathStyle: false, ...location }]);
  });

  test('asks nobody for what can never be reached', async () => {
    const { regions, asked } = finder();
    const endpoint = { region: 'eu-west-1', variants: ['accelerate'] as const };
    await expect(regions.locate('my.bucket', endpoint, KEYS)).rejects.toMatchObject({ code: 'bad-usage' });
    expect(asked).toEqual([]);
  });
});
