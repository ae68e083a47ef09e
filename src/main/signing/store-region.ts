import { recognisedHost } from '../../shared/s3-host.ts';

/**
 * Stores whose endpoint settles the region, so that asking is of no use, or needs a right that keys made for one
 * bucket lack. `in-host` takes the region that the host names, whatever was configured: an AWS_REGION that is meant
 * for AWS would make dead links here.
 *
 * All other stores are asked, MinIO, Ceph and Swift among them. MinIO and Swift may insist on a region of their own,
 * and name it in a refusal; Ceph takes any. MinIO tells its region to HEAD only where one is set:
 * https://github.com/apache/opendal/issues/2654
 *
 * What they have in common is built in: path style unless the account says otherwise; no checksum that S3 does not
 * demand; never an ACL header, which R2 refuses and B2 takes only where it says what the bucket says; 7 days at most.
 */
const SETTLED: Readonly<Record<string, Settled>> = {
  // “The region for an R2 bucket is auto”, whatever location a bucket has; links live 1 second to 7 days.
  // https://developers.cloudflare.com/r2/api/s3/api/ https://developers.cloudflare.com/r2/api/s3/presigned-urls/
  'Cloudflare R2': { region: 'auto' },
  // An account has one region, and its endpoint names it; keys for one bucket may lack listAllBucketNames.
  // https://www.backblaze.com/docs/cloud-storage-call-the-s3-compatible-api
  // https://www.backblaze.com/docs/cloud-storage-s3-compatible-app-keys
  'Backblaze B2': { region: 'in-host' },
  // Each region has its service URL; the one without a region is us-east-1. Path style is what Wasabi recommends.
  // https://docs.wasabi.com/docs/what-are-the-service-urls-for-wasabis-different-storage-regions
  // https://docs.wasabi.com/docs/rest-api-introduction
  // Some have a second name, which is no region's: s3.nl-1.wasabisys.com is eu-central-1.
  Wasabi: {
    ...{ region: 'in-host', else: 'us-east-1' },
    alsoCalled: {
      ...{ 'nl-1': 'eu-central-1', 'de-1': 'eu-central-2', 'uk-1': 'eu-west-1' },
      ...{ 'fr-1': 'eu-west-2', 'uk-2': 'eu-west-3', 'it-1': 'eu-south-1' },
    },
  },
  // The credential’s scope holds the region’s slug, which is the endpoint’s first label.
  // https://docs.digitalocean.com/reference/api/spaces/
  'DigitalOcean Spaces': { region: 'in-host' },
};

interface Settled {
  readonly region: string;
  /** For a host that names none. */
  readonly else?: string;
  /** Names in hosts for regions that are called otherwise. */
  readonly alsoCalled?: Readonly<Record<string, string>>;
}

/** What an endpoint's address tells of the region that its buckets are signed for. */
export interface StoreRegion {
  /** Null where the address tells none. */
  readonly region: string | null;
  /** Whether it holds for every bucket there, so that no server need be asked. */
  readonly settled: boolean;
}

export function storeRegion(url: string | undefined): StoreRegion {
  if (url === undefined) return { region: null, settled: false };
  const { provider, region } = recognisedHost(new URL(url).hostname);
  const rule = SETTLED[provider];
  if (rule === undefined) return { region, settled: false };
  const named = region === null ? null : (rule.alsoCalled?.[region] ?? region);
  const told = rule.region === 'in-host' ? (named ?? rule.else ?? null) : rule.region;
  return { region: told, settled: told !== null };
}
