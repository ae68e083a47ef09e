/** How a URL says which bucket it means. */
export type Addressing =
  | 'virtual-host'
  | 'path'
  | 'accelerate'
  | 'access-point'
  | 'multi-region-access-point'
  | 'object-lambda'
  | 'outpost'
  | 'directory-bucket'
  | 'website';

/** What a host name alone tells of the store behind it. */
export interface S3Host {
  /** The provider's name, or `custom` for a host of one's own (MinIO, Ceph, a domain in front of a bucket). */
  readonly provider: string;
  readonly isAws: boolean;
  readonly addressing: Addressing;
  /** False where the host is unknown, so that path style is no more than the likeliest guess. */
  readonly addressingCertain: boolean;
  /** Null where the bucket is the path's first segment. An access point is named by its ARN, as SDKs take it. */
  readonly bucket: string | null;
  /** Null where the host names no region. */
  readonly region: string | null;
}

/**
 * The words of the tables below. Whatever stands in [brackets] may be absent; all else stands for itself.
 * `{bucket}` is greedy because a bucket's name may hold dots, and even `.s3.`: the last endpoint is the real one.
 */
const WORDS: Readonly<Record<string, string>> = {
  bucket: '(?<bucket>.+)',
  awsRegion: '(?<region>[a-z]{2,4}(?:-[a-z]+)+-\\d+)',
  region: '(?<region>[a-z0-9-]+)',
  name: '(?<name>[a-z0-9-]+)',
  account: '(?<account>\\d{12})',
  outpost: '(?<outpost>op-[a-z0-9]+)',
  word: '[a-z0-9-]+',
  hex32: '[0-9a-f]{32}',
};

interface Form {
  readonly addressing: Addressing;
  readonly pattern: RegExp;
  /** For an endpoint that is named after no region and yet lies in one. */
  readonly region?: string;
}

const form = (addressing: Addressing, template: string, region?: string): Form => ({
  addressing,
  pattern: patternOf(template),
  ...(region === undefined ? {} : { region }),
});

/**
 * The forms in front of `.amazonaws.com`, the particular before the general. They follow the S3 user guide's
 * "Virtual hosting of buckets" and "Accessing S3 interface endpoints", and the endpoint rules of AWS's SDKs.
 */
const AWS_FORMS: readonly Form[] = [
  form('website', '{bucket}.s3-website-{awsRegion}'),
  form('website', '{bucket}.s3-website.{awsRegion}'),
  form('accelerate', '{bucket}.s3-accelerate[.dualstack]'),
  form('access-point', '{name}-{account}.s3-accesspoint[-fips][.dualstack].{awsRegion}'),
  form('access-point', '{name}-{account}.accesspoint.vpce-{word}.s3.{awsRegion}.vpce'),
  form('multi-region-access-point', '{bucket}.accesspoint.s3-global'),
  form('object-lambda', '{name}-{account}.s3-object-lambda[-fips].{awsRegion}'),
  form('outpost', '{name}-{account}.{outpost}.s3-outposts.{awsRegion}'),
  form('outpost', '{bucket}.op-{word}.s3-outposts.{awsRegion}'),
  form('outpost', '{bucket}.ec2.s3-outposts.{awsRegion}'),
  form('directory-bucket', '{bucket}.s3express[-fips]-{word}[.dualstack].{awsRegion}'),
  form('virtual-host', '{bucket}.bucket.vpce-{word}.s3.{awsRegion}.vpce'),
  form('path', 'bucket.vpce-{word}.s3.{awsRegion}.vpce'),
  form('virtual-host', '{bucket}.s3[-fips][.dualstack].{awsRegion}'),
  form('virtual-host', '{bucket}.s3[-fips]-{awsRegion}'),
  form('virtual-host', '{bucket}.s3-external-1', 'us-east-1'),
  form('virtual-host', '{bucket}.s3'),
  form('path', 's3[-fips][.dualstack].{awsRegion}'),
  form('path', 's3[-fips]-{awsRegion}'),
  form('path', 's3-external-1', 'us-east-1'),
  form('path', 's3'),
];

interface Partition {
  readonly suffix: string;
  readonly provider: string;
  /** The partition's name in an ARN. */
  readonly arn: string;
}

const AWS_PARTITIONS: readonly Partition[] = [
  { suffix: '.amazonaws.com.cn', provider: 'AWS China', arn: 'aws-cn' },
  { suffix: '.amazonaws.eu', provider: 'AWS European Sovereign Cloud', arn: 'aws-eusc' },
  { suffix: '.amazonaws.com', provider: 'AWS', arn: 'aws' },
];

/** GovCloud shares AWS's host names and is told by its regions alone. */
const GOVCLOUD = { suffix: '.amazonaws.com', provider: 'AWS GovCloud', arn: 'aws-us-gov' };

/** Everyone else: each template is the endpoint, which is path style as it is and virtual-hosted behind a bucket. */
const OTHER_PROVIDERS: readonly { readonly provider: string; readonly endpoints: readonly string[] }[] = [
  {
    provider: 'Cloudflare R2',
    endpoints: ['{hex32}.r2.cloudflarestorage.com', '{hex32}.{word}.r2.cloudflarestorage.com'],
  },
  { provider: 'Backblaze B2', endpoints: ['s3.{region}.backblazeb2.com'] },
  { provider: 'Wasabi', endpoints: ['s3.{region}.wasabisys.com', 's3.wasabisys.com'] },
  {
    provider: 'DigitalOcean Spaces',
    endpoints: ['{region}.cdn.digitaloceanspaces.com', '{region}.digitaloceanspaces.com'],
  },
  { provider: 'Google Cloud Storage', endpoints: ['storage.googleapis.com'] },
  { provider: 'Linode Object Storage', endpoints: ['{region}.linodeobjects.com'] },
  { provider: 'Scaleway Object Storage', endpoints: ['s3.{region}.scw.cloud'] },
  { provider: 'Hetzner Object Storage', endpoints: ['{region}.your-objectstorage.com'] },
  {
    provider: 'OVHcloud Object Storage',
    endpoints: ['s3.{region}[.io].cloud.ovh.net', 's3.{region}.perf.cloud.ovh.net'],
  },
  { provider: 'Vultr Object Storage', endpoints: ['{region}.vultrobjects.com'] },
  { provider: 'IBM Cloud Object Storage', endpoints: ['s3.{region}.cloud-object-storage.appdomain.cloud'] },
];

const OTHER_FORMS: readonly (Form & { readonly provider: string })[] = OTHER_PROVIDERS.flatMap(
  ({ provider, endpoints }) =>
    endpoints.flatMap((endpoint) => [
      { provider, ...form('path', endpoint) },
      { provider, ...form('virtual-host', `{bucket}.${endpoint}`) },
    ]),
);

/**
 * Tells whose store a host is, and where it hides the bucket. Nothing is looked up: an unknown host comes back as
 * `custom` with path style, which is what nearly every store on a host of its own speaks, marked as uncertain.
 * @param hostname without a port; upper case and a closing dot do not matter
 */
export function recognisedHost(hostname: string): S3Host {
  const name = hostname.toLowerCase().replace(/\.$/, '');
  for (const partition of AWS_PARTITIONS) {
    if (name.endsWith(partition.suffix)) return awsHost(name.slice(0, -partition.suffix.length), partition);
  }
  for (const candidate of OTHER_FORMS) {
    const match = candidate.pattern.exec(name);
    if (match === null) continue;
    return {
      provider: candidate.provider,
      isAws: false,
      addressing: candidate.addressing,
      addressingCertain: true,
      bucket: match.groups?.['bucket'] ?? null,
      region: match.groups?.['region'] ?? null,
    };
  }
  return unknownHost('custom', false);
}

function awsHost(prefix: string, partition: Partition): S3Host {
  for (const candidate of AWS_FORMS) {
    const match = candidate.pattern.exec(prefix);
    if (match === null) continue;
    const found = match.groups ?? {};
    const region = found['region'] ?? candidate.region ?? null;
    const owner = region?.startsWith('us-gov-') === true ? GOVCLOUD : partition;
    return {
      provider: owner.provider,
      isAws: true,
      addressing: candidate.addressing,
      addressingCertain: true,
      bucket: found['bucket'] ?? accessPointArn(candidate.addressing, found, owner.arn),
      region,
    };
  }
  return unknownHost(partition.provider, true);
}

/** An access point's host hides the bucket behind it; its ARN is what AWS's tools take in the bucket's place. */
function accessPointArn(
  addressing: Addressing,
  found: Readonly<Record<string, string | undefined>>,
  partition: string,
): string | null {
  const { name, account, region, outpost } = found;
  if (name === undefined || account === undefined || region === undefined) return null;
  const arn = (service: string) => `arn:${partition}:${service}:${region}:${account}`;
  if (outpost !== undefined) return `${arn('s3-outposts')}:outpost/${outpost}/accesspoint/${name}`;
  return `${arn(addressing === 'object-lambda' ? 's3-object-lambda' : 's3')}:accesspoint/${name}`;
}

function unknownHost(provider: string, isAws: boolean): S3Host {
  return { provider, isAws, addressing: 'path', addressingCertain: false, bucket: null, region: null };
}

function patternOf(template: string): RegExp {
  const source = template
    .replaceAll('.', '\\.')
    .replaceAll('[', '(?:')
    .replaceAll(']', ')?')
    .replace(/\{(\w+)\}/g, (_, word: string) => WORDS[word] ?? '');
  return new RegExp(`^${source}$`);
}

/** Which object a URL means, and what is odd in how its path says so. */
export interface S3Object {
  readonly bucket: string | null;
  /** Decoded; null where the URL means the bucket itself. */
  readonly key: string | null;
  readonly problems: readonly string[];
}

/**
 * Finds the bucket and the key. Exactly one slash is taken off: S3 allows keys that begin with one.
 * @param path as written in the URL, still percent-encoded, with its dot segments
 */
export function objectAt(host: S3Host, path: string): S3Object {
  const problems: string[] = [];
  const [, first = '', rest = ''] = /^\/?([^/]*)\/?(.*)$/s.exec(path) ?? [];
  const encodedBucket = host.bucket === null ? first : null;
  const encodedKey = host.bucket === null ? rest : path.replace(/^\//, '');
  const key = percentDecoded(encodedKey);
  const bucket = encodedBucket === null ? host.bucket : (percentDecoded(encodedBucket) ?? encodedBucket);
  if (key === null) problems.push('Its path holds a “%” that does not begin a UTF-8 character.');
  if (encodedKey.includes('+')) {
    problems.push('Its path holds a bare “+”, which AWS reads as a space; a “+” in a key must be %2B.');
  }
  if (/(^|\/)(\.|%2e){1,2}(\/|$)/i.test(path)) {
    problems.push(
      'Its path holds “.” or “..” between slashes: browsers resolve them, and so ask for another key.',
    );
  }
  if (host.addressing === 'website')
    problems.push('It points at a website endpoint, which knows no signatures.');
  return { bucket: bucket === '' ? null : bucket, key: (key ?? encodedKey) || null, problems };
}

/** A text with its percent escapes undone, or null where they are broken or not UTF-8. */
export function percentDecoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
