import { GetObjectCommand, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { describe, expect, it } from 'vitest';
import { objectAt, recognisedHost } from '../../../src/shared/s3-host.ts';

/** Provider, host, addressing, bucket, region; “-” where the host names none. */
const AWS = `
  AWS | photos.s3.amazonaws.com | virtual-host | photos | -
  AWS | s3.amazonaws.com | path | - | -
  AWS | photos.s3.eu-central-1.amazonaws.com | virtual-host | photos | eu-central-1
  AWS | s3.eu-central-1.amazonaws.com | path | - | eu-central-1
  AWS | photos.s3-us-west-2.amazonaws.com | virtual-host | photos | us-west-2
  AWS | s3-us-west-2.amazonaws.com | path | - | us-west-2
  AWS | photos.s3-external-1.amazonaws.com | virtual-host | photos | us-east-1
  AWS | s3-external-1.amazonaws.com | path | - | us-east-1
  AWS | photos.s3.dualstack.ap-southeast-2.amazonaws.com | virtual-host | photos | ap-southeast-2
  AWS | s3.dualstack.ap-southeast-2.amazonaws.com | path | - | ap-southeast-2
  AWS | photos.s3-fips.us-east-2.amazonaws.com | virtual-host | photos | us-east-2
  AWS | photos.s3-fips.dualstack.us-east-2.amazonaws.com | virtual-host | photos | us-east-2
  AWS | my.dotted.photos.s3.us-east-1.amazonaws.com | virtual-host | my.dotted.photos | us-east-1
  AWS | odd.s3.eu-west-1.s3.us-east-1.amazonaws.com | virtual-host | odd.s3.eu-west-1 | us-east-1
  AWS | photos.s3-accelerate.amazonaws.com | accelerate | photos | -
  AWS | photos.s3-accelerate.dualstack.amazonaws.com | accelerate | photos | -
  AWS | reports-123456789012.s3-accesspoint.us-west-2.amazonaws.com | access-point | arn:aws:s3:us-west-2:123456789012:accesspoint/reports | us-west-2
  AWS | q1-reports-123456789012.s3-accesspoint-fips.dualstack.us-west-2.amazonaws.com | access-point | arn:aws:s3:us-west-2:123456789012:accesspoint/q1-reports | us-west-2
  AWS | reports-123456789012.accesspoint.vpce-1a2b3c4d-5e6f.s3.us-east-1.vpce.amazonaws.com | access-point | arn:aws:s3:us-east-1:123456789012:accesspoint/reports | us-east-1
  AWS | mfz.mrap.accesspoint.s3-global.amazonaws.com | multi-region-access-point | mfz.mrap | -
  AWS | shrink-123456789012.s3-object-lambda.us-west-2.amazonaws.com | object-lambda | arn:aws:s3-object-lambda:us-west-2:123456789012:accesspoint/shrink | us-west-2
  AWS | reports-123456789012.op-01ac5d28a6a232904.s3-outposts.us-west-2.amazonaws.com | outpost | arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-01ac5d28a6a232904/accesspoint/reports | us-west-2
  AWS | reports-abc--op-s3.op-01ac5d28.s3-outposts.us-west-2.amazonaws.com | outpost | reports-abc--op-s3 | us-west-2
  AWS | cache--use1-az4--x-s3.s3express-use1-az4.us-east-1.amazonaws.com | directory-bucket | cache--use1-az4--x-s3 | us-east-1
  AWS | bucket.vpce-1a2b3c4d-5e6f.s3.us-east-1.vpce.amazonaws.com | path | - | us-east-1
  AWS | photos.bucket.vpce-1a2b3c4d-5e6f.s3.us-east-1.vpce.amazonaws.com | virtual-host | photos | us-east-1
  AWS | site.s3-website-us-east-1.amazonaws.com | website | site | us-east-1
  AWS | site.s3-website.eu-central-1.amazonaws.com | website | site | eu-central-1
  AWS GovCloud | photos.s3.us-gov-west-1.amazonaws.com | virtual-host | photos | us-gov-west-1
  AWS GovCloud | s3-fips-us-gov-west-1.amazonaws.com | path | - | us-gov-west-1
  AWS GovCloud | reports-123456789012.s3-accesspoint.us-gov-west-1.amazonaws.com | access-point | arn:aws-us-gov:s3:us-gov-west-1:123456789012:accesspoint/reports | us-gov-west-1
  AWS China | photos.s3.cn-north-1.amazonaws.com.cn | virtual-host | photos | cn-north-1
  AWS China | s3.cn-northwest-1.amazonaws.com.cn | path | - | cn-northwest-1
  AWS European Sovereign Cloud | photos.s3.eusc-de-east-1.amazonaws.eu | virtual-host | photos | eusc-de-east-1
`;
const OTHERS = `
  Cloudflare R2 | 0123456789abcdef0123456789abcdef.r2.cloudflarestorage.com | path | - | -
  Cloudflare R2 | photos.0123456789abcdef0123456789abcdef.r2.cloudflarestorage.com | virtual-host | photos | -
  Cloudflare R2 | 0123456789abcdef0123456789abcdef.eu.r2.cloudflarestorage.com | path | - | -
  Cloudflare R2 | photos.0123456789abcdef0123456789abcdef.fedramp.r2.cloudflarestorage.com | virtual-host | photos | -
  Backblaze B2 | s3.us-west-004.backblazeb2.com | path | - | us-west-004
  Backblaze B2 | photos.s3.us-west-004.backblazeb2.com | virtual-host | photos | us-west-004
  Wasabi | s3.wasabisys.com | path | - | -
  Wasabi | photos.s3.wasabisys.com | virtual-host | photos | -
  Wasabi | s3.eu-central-1.wasabisys.com | path | - | eu-central-1
  Wasabi | my.photos.s3.eu-central-1.wasabisys.com | virtual-host | my.photos | eu-central-1
  DigitalOcean Spaces | nyc3.digitaloceanspaces.com | path | - | nyc3
  DigitalOcean Spaces | photos.nyc3.digitaloceanspaces.com | virtual-host | photos | nyc3
  DigitalOcean Spaces | photos.nyc3.cdn.digitaloceanspaces.com | virtual-host | photos | nyc3
  Google Cloud Storage | storage.googleapis.com | path | - | -
  Google Cloud Storage | photos.storage.googleapis.com | virtual-host | photos | -
  Linode Object Storage | us-iad-10.linodeobjects.com | path | - | us-iad-10
  Linode Object Storage | photos.us-east-1.linodeobjects.com | virtual-host | photos | us-east-1
  Scaleway Object Storage | s3.fr-par.scw.cloud | path | - | fr-par
  Scaleway Object Storage | photos.s3.fr-par.scw.cloud | virtual-host | photos | fr-par
  Hetzner Object Storage | photos.fsn1.your-objectstorage.com | virtual-host | photos | fsn1
  OVHcloud Object Storage | s3.gra.io.cloud.ovh.net | path | - | gra
  Vultr Object Storage | photos.ewr1.vultrobjects.com | virtual-host | photos | ewr1
  IBM Cloud Object Storage | photos.s3.us-south.cloud-object-storage.appdomain.cloud | virtual-host | photos | us-south
`;

function rowsOf(table: string, isAws: boolean) {
  const lines = table.trim().split('\n');
  return lines.map((line) => {
    const [provider = '', host = '', addressing, ...names] = line.split('|').map((word) => word.trim());
    const [bucket, region] = names.map((name) => (name === '-' ? null : name));
    return [
      host,
      provider,
      { provider, isAws, addressing, addressingCertain: true, bucket, region },
    ] as const;
  });
}

describe('a host', () => {
  it.each([...rowsOf(AWS, true), ...rowsOf(OTHERS, false)])('%s belongs to %s', (host, _, told) => {
    expect(recognisedHost(host)).toEqual(told);
  });
  it.each([
    'localhost',
    '192.168.1.20',
    '[::1]',
    'minio.example.com',
    'photos.example.com',
    // Names that only look the part.
    's3.amazonaws.com.example.com',
    'notamazonaws.com',
    'xr2.cloudflarestorage.com.evil.example',
  ])('%s is nobody known, so path style is assumed and said to be an assumption', (host) => {
    expect(recognisedHost(host)).toEqual({
      provider: 'custom',
      isAws: false,
      addressing: 'path',
      addressingCertain: false,
      bucket: null,
      region: null,
    });
  });

  it('of AWS that is no S3 endpoint stays an assumption too', () => {
    expect(recognisedHost('sts.us-east-1.amazonaws.com')).toMatchObject({
      provider: 'AWS',
      isAws: true,
      addressing: 'path',
      addressingCertain: false,
    });
  });

  it('is the same in capitals and with a closing dot', () => {
    expect(recognisedHost('Photos.S3.EU-West-1.AmazonAWS.com.')).toEqual(
      recognisedHost('photos.s3.eu-west-1.amazonaws.com'),
    );
  });
});

describe('the object at a URL', () => {
  const path = recognisedHost('s3.us-east-1.amazonaws.com');
  const virtual = recognisedHost('photos.s3.us-east-1.amazonaws.com');
  const hosts = { path, virtual };

  it.each([
    ['path', '/photos/2026/cat.jpg', 'photos', '2026/cat.jpg'],
    ['path', '/photos', 'photos', null],
    ['path', '/photos/', 'photos', null],
    ['path', '/', null, null],
    ['path', '', null, null],
    ['path', '/tenant%3Aphotos/cat.jpg', 'tenant:photos', 'cat.jpg'],
    ['path', '/photos//cat.jpg', 'photos', '/cat.jpg'],
    ['virtual', '/2026/cat.jpg', 'photos', '2026/cat.jpg'],
    ['virtual', '//cat.jpg', 'photos', '/cat.jpg'],
    ['virtual', '/folder/', 'photos', 'folder/'],
    ['virtual', '/a%2Fb%20%2B%25%23%3F%F0%9F%8E%89', 'photos', 'a/b +%#?🎉'],
    ['virtual', '/', 'photos', null],
  ] as const)('of %s style at “%s” is in bucket %s under key %s', (style, at, bucket, key) => {
    expect(objectAt(hosts[style], at)).toEqual({ bucket, key, problems: [] });
  });

  it('keeps its bare plus, and says how AWS reads it', () => {
    const { key, problems } = objectAt(virtual, '/a+b');
    expect(key).toBe('a+b');
    expect(problems).toEqual([expect.stringContaining('%2B')]);
  });

  it.each(['/a/../b', '/./a', '/a/%2E%2e', '/a/.%2e/b'])(
    'with %s is warned of: browsers rewrite it',
    (at) => {
      expect(objectAt(virtual, at).problems).toEqual([expect.stringContaining('browsers resolve')]);
    },
  );

  it.each(['/a..b', '/.hidden', '/a/...'])('with %s is not warned of', (at) => {
    expect(objectAt(virtual, at).problems).toEqual([]);
  });

  it('with a broken escape is shown as written, and the break is named', () => {
    const { key, problems } = objectAt(virtual, '/100%-sure');
    expect(key).toBe('100%-sure');
    expect(problems).toEqual([expect.stringContaining('“%”')]);
  });

  it('behind a website endpoint is out of any signature’s reach', () => {
    const website = recognisedHost('site.s3-website-us-east-1.amazonaws.com');
    expect(objectAt(website, '/index.html').problems).toEqual([expect.stringContaining('website')]);
  });
});

describe('the links that the AWS SDK makes', () => {
  const presigned = async (config: S3ClientConfig, Bucket: string, Key: string, signingRegion?: string) => {
    const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI' };
    const client = new S3Client({ region: 'us-east-2', credentials, ...config });
    const options = signingRegion === undefined ? {} : { signingRegion };
    const url = new URL(await getSignedUrl(client, new GetObjectCommand({ Bucket, Key }), options));
    const host = recognisedHost(url.hostname);
    return { ...host, ...objectAt(host, url.pathname) };
  };

  it.each<[string, S3ClientConfig, string, object]>([
    ['virtual-hosted', {}, 'photos', { addressing: 'virtual-host' }],
    ['path style', { forcePathStyle: true }, 'photos', { addressing: 'path' }],
    ['for a bucket with dots', {}, 'my.photos', { addressing: 'path' }],
    ['for dual stack', { useDualstackEndpoint: true }, 'photos', { addressing: 'virtual-host' }],
    ['for FIPS', { useFipsEndpoint: true }, 'photos', { region: 'us-east-2' }],
    ['for acceleration', { useAccelerateEndpoint: true }, 'photos', { addressing: 'accelerate' }],
    ['for China', { region: 'cn-north-1' }, 'photos', { provider: 'AWS China' }],
    ['for GovCloud', { region: 'us-gov-west-1' }, 'photos', { provider: 'AWS GovCloud' }],
    ['for Europe', { region: 'eusc-de-east-1' }, 'photos', { provider: 'AWS European Sovereign Cloud' }],
    ['for Wasabi', { endpoint: 'https://s3.wasabisys.com' }, 'photos', { provider: 'Wasabi' }],
    [
      'for an access point elsewhere',
      { useArnRegion: true },
      'arn:aws:s3:us-west-2:123456789012:accesspoint/reports',
      { addressing: 'access-point', region: 'us-west-2' },
    ],
    [
      'for an object lambda',
      {},
      'arn:aws:s3-object-lambda:us-east-2:123456789012:accesspoint/shrink',
      { addressing: 'object-lambda', region: 'us-east-2' },
    ],
  ])('%s give back their bucket', async (_, config, bucket, told) => {
    expect(await presigned(config, bucket, 'cat.jpg')).toMatchObject({ bucket, key: 'cat.jpg', ...told });
  });

  it('for an outpost give back its access point', async () => {
    const bucket =
      'arn:aws:s3-outposts:us-east-2:123456789012:outpost/op-01ac5d28a6a232904/accesspoint/reports';
    expect(await presigned({}, bucket, 'cat.jpg', 'us-east-2')).toMatchObject({
      bucket,
      addressing: 'outpost',
    });
  });

  const KEYS = [
    'a space',
    'a+b',
    '100%',
    '%20',
    'what?',
    'a#b',
    'Grüße 🎉',
    'a&b=c',
    "it's (1)!*",
    '/x',
    'x//y/',
  ];
  it.each(KEYS)('give back the key “%s” to the letter', async (key) => {
    for (const forcePathStyle of [false, true]) {
      const told = await presigned({ forcePathStyle }, 'photos', key);
      expect(told).toMatchObject({ bucket: 'photos', key, problems: [] });
    }
  });
});
