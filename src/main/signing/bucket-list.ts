import { ListBucketsCommand } from '@aws-sdk/client-s3';
import type { Credentials } from '../credentials/credentials.ts';
import { bucketLocation, firstRegion, unaccelerated, type Endpoint } from './location.ts';
import type { ClientFor } from './region-finder.ts';
import { sdkFailure, sdkRefusal } from './sdk-failure.ts';

const NOT_LISTED: ReadonlySet<number> = new Set([401, 403, 405, 501]);

/**
 * The names of the buckets that these keys may list; null where they may not, which is no reason not to share.
 * @throws SandglassError unreachable, credentials-refused, credentials-expired
 */
export async function listBuckets(
  endpoint: Endpoint,
  credentials: Credentials,
  clientFor: ClientFor,
): Promise<string[] | null> {
  const client = clientFor(bucketLocation('', unaccelerated(endpoint), firstRegion(endpoint)), credentials);
  try {
    const { Buckets = [] } = await client.send(new ListBucketsCommand({}));
    return Buckets.flatMap(({ Name }) => Name ?? []);
  } catch (error) {
    const failure = sdkFailure(error, { doing: 'list', bucket: '' });
    if (failure.code === 'access-denied') return null;
    // Keys for one bucket are told so in each store's own words, and some stores list for nobody.
    const status = sdkRefusal(error)?.status;
    if (failure.code === 'refused' && NOT_LISTED.has(status ?? 0)) return null;
    throw failure;
  }
}
