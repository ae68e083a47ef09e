/** Where buckets are reached: AWS itself, or an endpoint of one's own. */
export interface Endpoint {
  /** An address such as https://minio.example.org; absent for AWS, whose endpoints follow from the region. */
  readonly url?: string;
  /** Bucket in the path instead of the host name. Absent: as fits the endpoint. */
  readonly pathStyle?: boolean;
  /** The region that was configured, to try first; the bucket's own is found where the server tells it. */
  readonly region?: string;
}

/** All that must be known of a bucket to sign for it without asking anybody. */
export interface BucketLocation {
  readonly bucket: string;
  readonly region: string;
  readonly endpoint?: string;
  readonly pathStyle: boolean;
}

/** The region of requests that name none, as AWS and most compatible services take it. */
export const DEFAULT_REGION = 'us-east-1';

/** The location of a bucket once its region is known. */
export function bucketLocation(bucket: string, endpoint: Endpoint, region: string): BucketLocation {
  return {
    bucket,
    region,
    ...(endpoint.url ? { endpoint: endpoint.url } : {}),
    pathStyle: endpoint.pathStyle ?? wantsPathStyle(endpoint.url),
  };
}

/** Servers of one's own seldom have a host name for each bucket; AWS always has, also where its endpoint is named. */
function wantsPathStyle(url: string | undefined): boolean {
  return url !== undefined && !/\.amazonaws\.com(\.cn)?$/.test(new URL(url).hostname);
}
