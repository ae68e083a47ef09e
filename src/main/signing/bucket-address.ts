import { HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { S3RequestPresigner } from '@aws-sdk/s3-request-presigner';
import { getEndpointFromInstructions } from '@smithy/core/endpoints';
import type { EndpointV2 } from '@smithy/types';

/** Where the requests for a bucket's objects go, and what signs them. */
export interface BucketAddress {
  /** The bucket is in its host name or at the end of its path. */
  readonly url: URL;
  readonly region: string;
  /** Signs by Version 4 for the service that is reached there. */
  readonly presigner: S3RequestPresigner;
}

/** Lives as long as the client: a client never goes elsewhere. */
const known = new WeakMap<S3Client, Map<string, Promise<BucketAddress>>>();

/**
 * Finds out, once for each client, where the SDK's rules lead; `getSignedUrl` does so for every request, which takes
 * seven times as long as to sign it.
 * @param bucket its name, or the ARN of an access point
 * @throws what the SDK says of an address that cannot be
 */
export function bucketAddress(client: S3Client, bucket: string): Promise<BucketAddress> {
  const addresses = known.get(client) ?? new Map<string, Promise<BucketAddress>>();
  known.set(client, addresses);
  const before = addresses.get(bucket);
  if (before) return before;
  const found = find(client, bucket);
  addresses.set(bucket, found);
  found.catch(() => addresses.delete(bucket));
  return found;
}

async function find(client: S3Client, bucket: string): Promise<BucketAddress> {
  const { config } = client;
  const asked = { Bucket: bucket, Key: 'any' };
  const endpoint: EndpointV2 = await getEndpointFromInstructions(asked, HeadObjectCommand, { ...config });
  const [scheme] = (endpoint.properties?.['authSchemes'] ?? []) as Scheme[];
  // An Outpost offers Version 4A first, which would sign for all regions, and never twice alike.
  const region = scheme?.signingRegion ?? (await config.region());
  return {
    url: endpoint.url,
    region,
    presigner: new S3RequestPresigner({
      ...config,
      region,
      ...(scheme?.signingName === undefined ? {} : { signingName: scheme.signingName }),
    }),
  };
}

/** What of the SDK's rules for endpoints says how a request is signed. */
interface Scheme {
  readonly signingName?: string;
  readonly signingRegion?: string;
}
