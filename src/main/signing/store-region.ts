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
const SETTLED: Readonly<Record<string, { readonly region: string; readonly else?: string }>> = {
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
  Wasabi: { region: 'in-host', else: 'us-east-1' },
  // The credential’s scope holds the region’s slug, which is the endpoint’s first label.
  // https://docs.digitalocean.com/reference/api/spaces/
  'DigitalOcean Spaces': { region: 'in-host' },
};

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
  const told = rule.region === 'in-host' ? (region ?? rule.else ?? null) : rule.region;
  return { region: told, settled: told !== null };
}
