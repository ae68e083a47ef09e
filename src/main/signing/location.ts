import { ENDPOINT_VARIANTS, type EndpointVariant } from '../../shared/endpoint-variant.ts';
import { SandglassError } from '../../shared/errors.ts';
import { accessPointAt } from './access-point.ts';
import { assertReachable } from './endpoint-variants.ts';
import { storeRegion } from './store-region.ts';

/** Where buckets are reached: AWS itself, or an endpoint of one's own. */
export interface Endpoint {
  /** An address such as https://minio.example.org; absent for AWS, whose endpoints follow from the region. */
  readonly url?: string;
  /** Bucket in the path instead of the host name. Absent: as fits the endpoint. */
  readonly pathStyle?: boolean;
  /** The region that was configured, to try first; the bucket's own is found where the server tells it. */
  readonly region?: string;
  /** How AWS is to be reached, where not by its regions' plain endpoints. */
  readonly variants?: readonly EndpointVariant[];
}

/** All that must be known of a bucket to sign for it without asking anybody. */
export interface BucketLocation {
  /** A bucket's name, or the ARN of an access point. */
  readonly bucket: string;
  readonly region: string;
  readonly endpoint?: string;
  readonly pathStyle: boolean;
  /** Absent where there are none. */
  readonly variants?: readonly EndpointVariant[];
}

/** The region of requests that name none, as AWS and most compatible services take it. */
export const DEFAULT_REGION = 'us-east-1';

/** Names that SDKs take for S3's global endpoint, which is in no region of its own. */
const GLOBAL_REGION = /^(aws-global|s3-external-1)$/;

/** AWS's public endpoints for all buckets of a region; those of a VPC are addresses that must be kept. */
const AWS_ENDPOINT =
  /^s3(?<fips>-fips)?(?<dualstack>\.dualstack)?(?:[.-](?<region>[a-z]{2,4}(?:-[a-z]+)+-\d+|external-1))?\.amazonaws\.(?:com|com\.cn|eu)$/;

/**
 * The location of a bucket once its region is known. An access point's ARN names its region itself, and is never put
 * into a path.
 * @throws SandglassError bad-usage where no link can be signed for it
 */
export function bucketLocation(bucket: string, endpoint: Endpoint, region: string): BucketLocation {
  const { url, pathStyle, variants } = awsByRegion(endpoint);
  const accessPoint = accessPointAt(bucket);
  const where = {
    bucket,
    region: accessPoint?.region ?? (GLOBAL_REGION.test(region) ? DEFAULT_REGION : region),
    pathStyle: accessPoint === null && (pathStyle ?? wantsPathStyle(url)),
  };
  const wanted = ENDPOINT_VARIANTS.filter((variant) => variants?.includes(variant));
  assertReachable({ ...where, accessPoint, url }, wanted);
  return {
    ...where,
    ...(url ? { endpoint: url } : {}),
    ...(wanted.length > 0 ? { variants: wanted } : {}),
  };
}

/**
 * The region to sign for where it needs no asking: an access point's own, or that of a store whose address settles it.
 * @throws SandglassError bad-usage for an Outpost's alias without a region, which only its owner can tell
 */
export function settledRegion(bucket: string, endpoint: Endpoint): string | null {
  const accessPoint = accessPointAt(bucket);
  if (accessPoint === null) {
    const { region, settled } = storeRegion(endpoint.url);
    return settled ? region : null;
  }
  const region = accessPoint.region ?? endpoint.region;
  if (region !== undefined) return region;
  throw new SandglassError('bad-usage', 'An Outpost’s alias does not tell its region.', {
    next: 'Name it with --region, or name the access point by its ARN.',
  });
}

/** The region to begin with: what the address tells, what was configured, or the usual one. */
export function firstRegion(endpoint: Endpoint): string {
  const { url, region } = awsByRegion(endpoint);
  const told = storeRegion(url);
  return (told.settled ? told.region : null) ?? region ?? told.region ?? DEFAULT_REGION;
}

/**
 * The same endpoint, without an address where that is one of AWS's public ones: a bucket may be in another region
 * than the address names, and a link must go to the bucket's own.
 */
export function awsByRegion(endpoint: Endpoint): Endpoint {
  const { url, ...others } = endpoint;
  const address = url === undefined ? null : new URL(url);
  const found = address && !address.port && AWS_ENDPOINT.exec(address.hostname)?.groups;
  if (!found || address.pathname !== '/') return endpoint;
  const { fips, dualstack, region } = found;
  const named = region === 'external-1' ? DEFAULT_REGION : region;
  const variants = new Set(others.variants);
  if (fips) variants.add('fips');
  if (dualstack) variants.add('dualstack');
  return {
    ...others,
    ...(named === undefined ? {} : { region: named }),
    ...(variants.size > 0 ? { variants: [...variants] } : {}),
  };
}

/** The endpoint for what is asked of buckets, not of objects: acceleration does not serve those. */
export function unaccelerated({ variants = [], ...others }: Endpoint): Endpoint {
  const kept = variants.filter((variant) => variant !== 'accelerate');
  return kept.length > 0 ? { ...others, variants: kept } : others;
}

/** Servers of one's own seldom have a host name for each bucket; AWS always has, also where its endpoint is named. */
function wantsPathStyle(url: string | undefined): boolean {
  return url !== undefined && !/\.amazonaws\.(com|com\.cn|eu)$/.test(new URL(url).hostname);
}
