import type { S3Client } from '@aws-sdk/client-s3';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Credentials } from '../../../src/main/credentials/credentials.ts';
import type { EndpointVariant } from '../../../src/shared/endpoint-variant.ts';
import { bucketLocation } from '../../../src/main/signing/location.ts';
import { presign } from '../../../src/main/signing/presigner.ts';
import { s3Client } from '../../../src/main/signing/s3-client.ts';
import { ServerClock } from '../../../src/main/signing/server-clock.ts';
import { recomputed } from './recomputed-signature.ts';

/** The keys and the day of the examples in AWS's reference. */
const KEYS: Credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const DAY = Date.UTC(2013, 4, 24);
const ACCESS_POINT = 'arn:aws:s3:us-west-2:123456789012:accesspoint/my-ap';
const OUTPOST =
  'arn:aws:s3-outposts:us-east-1:111122223333:outpost/op-01ac5d28a6a232904/accesspoint/example-outpost-access-point';

function clientAt(bucket: string, region: string, variants: readonly EndpointVariant[] = []): S3Client {
  const location = bucketLocation(bucket, { variants }, region);
  return s3Client(location, KEYS, new ServerClock({ now: () => DAY }));
}

async function link(
  bucket: string,
  region: string,
  seconds = 86_400,
  variants: readonly EndpointVariant[] = [],
) {
  const signable = { verb: 'get-object', bucket, key: 'test.txt' } as const;
  const moment = { signedAt: DAY, expiresInSeconds: seconds };
  return (await presign(clientAt(bucket, region, variants), signable, moment)).url;
}

const scopeOf = (url: string) =>
  new URL(url).searchParams.get('X-Amz-Credential')?.split('/').slice(1).join('/');

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('the recomputation that these tests measure by', () => {
  const example = (signature: string) =>
    [
      'https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256',
      'X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request',
      `X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=${signature}`,
    ].join('&');

  // https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
  it('gives the string to sign and the signature of the example in AWS’s reference', () => {
    const { stringToSign, signature } = recomputed(example(''), KEYS.secretAccessKey);
    expect(stringToSign.split('\n')).toEqual([
      'AWS4-HMAC-SHA256',
      '20130524T000000Z',
      '20130524/us-east-1/s3/aws4_request',
      '3bfa292879f6447bbcda7001decf97f4a54dc650c8942174ae0a9121cf58ad04',
    ]);
    expect(signature).toBe('aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404');
  });

  it('gives another for any other letter', () => {
    const { signature } = recomputed(example('').replace('test.txt', 'test.txu'), KEYS.secretAccessKey);
    expect(signature).not.toBe('aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404');
  });

  /** As “aws s3 presign” of AWS CLI 2.9.19 made it on that day with those keys, from the example in the S3 guide. */
  it('gives the signature that the AWS CLI makes for an Outpost', () => {
    const url = [
      'https://example-outpost-access-point-111122223333.op-01ac5d28a6a232904.s3-outposts.us-east-1.amazonaws.com',
      '/mydoc.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256',
      '&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3-outposts%2Faws4_request',
      '&X-Amz-Date=20130524T000000Z&X-Amz-Expires=604800&X-Amz-SignedHeaders=host',
    ].join('');
    expect(recomputed(url, KEYS.secretAccessKey).signature).toBe(
      '7a5626da5e2800f0a65147ffe29a0eb7cf173946b4b94dcea61805c1f6efa1f9',
    );
  });
});

describe('a link', () => {
  it.each([
    ['examplebucket', 'us-east-1', [], 'examplebucket.s3.us-east-1.amazonaws.com', 's3'],
    ['examplebucket', 'ap-east-1', [], 'examplebucket.s3.ap-east-1.amazonaws.com', 's3'],
    ['examplebucket', 'us-gov-west-1', [], 'examplebucket.s3.us-gov-west-1.amazonaws.com', 's3'],
    ['examplebucket', 'cn-north-1', [], 'examplebucket.s3.cn-north-1.amazonaws.com.cn', 's3'],
    ['examplebucket', 'eusc-de-east-1', [], 'examplebucket.s3.eusc-de-east-1.amazonaws.eu', 's3'],
    ['examplebucket', 'aws-global', [], 'examplebucket.s3.us-east-1.amazonaws.com', 's3'],
    [
      'my-ap-hrzrlukc5m36ft7okagglf3gmwluquse1b-s3alias',
      'us-west-2',
      [],
      /-s3alias\.s3\.us-west-2\.amazonaws\.com$/,
      's3',
    ],
    ['examplebucket', 'eu-west-1', ['dualstack'], 'examplebucket.s3.dualstack.eu-west-1.amazonaws.com', 's3'],
    ['examplebucket', 'us-east-2', ['fips'], 'examplebucket.s3-fips.us-east-2.amazonaws.com', 's3'],
    [
      'examplebucket',
      'us-gov-east-1',
      ['fips', 'dualstack'],
      'examplebucket.s3-fips.dualstack.us-gov-east-1.amazonaws.com',
      's3',
    ],
    ['examplebucket', 'eu-west-1', ['accelerate'], 'examplebucket.s3-accelerate.amazonaws.com', 's3'],
    [
      'examplebucket',
      'eu-west-1',
      ['accelerate', 'dualstack'],
      'examplebucket.s3-accelerate.dualstack.amazonaws.com',
      's3',
    ],
    [ACCESS_POINT, 'us-west-2', [], 'my-ap-123456789012.s3-accesspoint.us-west-2.amazonaws.com', 's3'],
    [
      ACCESS_POINT.replace('accesspoint/', 'accesspoint:'),
      'us-west-2',
      [],
      'my-ap-123456789012.s3-accesspoint.us-west-2.amazonaws.com',
      's3',
    ],
    [
      ACCESS_POINT,
      'us-west-2',
      ['dualstack'],
      'my-ap-123456789012.s3-accesspoint.dualstack.us-west-2.amazonaws.com',
      's3',
    ],
    [
      ACCESS_POINT,
      'us-west-2',
      ['fips'],
      'my-ap-123456789012.s3-accesspoint-fips.us-west-2.amazonaws.com',
      's3',
    ],
    [
      'arn:aws-cn:s3:cn-north-1:123456789012:accesspoint/my-ap',
      'cn-north-1',
      [],
      'my-ap-123456789012.s3-accesspoint.cn-north-1.amazonaws.com.cn',
      's3',
    ],
    [
      'arn:aws-us-gov:s3:us-gov-west-1:123456789012:accesspoint/my-ap',
      'us-gov-west-1',
      [],
      'my-ap-123456789012.s3-accesspoint.us-gov-west-1.amazonaws.com',
      's3',
    ],
    [
      OUTPOST,
      'us-east-1',
      [],
      'example-outpost-access-point-111122223333.op-01ac5d28a6a232904.s3-outposts.us-east-1.amazonaws.com',
      's3-outposts',
    ],
    [
      'example-outp-o01ac5d28a6a232904e8xz5w5ijx1qzlbp3i3kuse10--op-s3',
      'us-east-1',
      [],
      /--op-s3\.op-01ac5d28a6a232904\.s3-outposts\.us-east-1\.amazonaws\.com$/,
      's3-outposts',
    ],
  ] as const)(
    'to %s in %s, %j, goes to the host and is signed for the scope that AWS documents',
    async (bucket, region, variants, host, service) => {
      const url = await link(bucket, region, 86_400, variants);
      const { signature, carried } = recomputed(url, KEYS.secretAccessKey);
      expect(carried).toBe(signature);
      expect(new URL(url).hostname).toMatch(host);
      expect(new URL(url).pathname).toBe('/test.txt');
      const signedFor = region === 'aws-global' ? 'us-east-1' : region;
      expect(scopeOf(url)).toBe(`20130524/${signedFor}/${service}/aws4_request`);
      expect(new URL(url).searchParams.get('X-Amz-SignedHeaders')).toBe('host');
    },
  );

  it.each(['my.bucket', 'Old_Bucket'])(
    'to %s has the bucket in the path of its region’s endpoint, where no host name can hold it',
    async (bucket) => {
      const url = new URL(await link(bucket, 'eu-west-1'));
      expect([url.hostname, url.pathname]).toEqual(['s3.eu-west-1.amazonaws.com', `/${bucket}/test.txt`]);
    },
  );

  it.each([ACCESS_POINT, OUTPOST])(
    'to %s is signed for the region of the ARN, whatever was configured',
    async (bucket) => {
      const region = bucket.split(':')[3] ?? '';
      expect(scopeOf(await link(bucket, 'eu-north-1'))).toContain(`/${region}/`);
      expect(await link(bucket, 'eu-north-1')).toBe(await link(bucket, region));
    },
  );

  it.each([ACCESS_POINT, OUTPOST])(
    'to %s may live from 1 second to 7 days, and no other time',
    async (bucket) => {
      for (const seconds of [1, 604_800]) {
        const url = await link(bucket, 'us-east-1', seconds);
        expect(new URL(url).searchParams.get('X-Amz-Expires')).toBe(String(seconds));
      }
      for (const seconds of [0, 604_801]) {
        await expect(link(bucket, 'us-east-1', seconds)).rejects.toMatchObject({ code: 'expiry-invalid' });
      }
    },
  );

  it('is bent by none of the settings that AWS’s SDKs read for access points', async () => {
    const straight = [await link(ACCESS_POINT, 'us-east-1'), await link(OUTPOST, 'us-east-1')];
    vi.stubEnv('AWS_S3_USE_ARN_REGION', 'false');
    vi.stubEnv('AWS_S3_DISABLE_MULTIREGION_ACCESS_POINTS', 'false');
    vi.stubEnv('AWS_AUTH_SCHEME_PREFERENCE', 'sigv4a');
    vi.stubEnv('AWS_SIGV4A_SIGNING_REGION_SET', '*');
    expect([await link(ACCESS_POINT, 'us-east-1'), await link(OUTPOST, 'us-east-1')]).toEqual(straight);
  });
});
