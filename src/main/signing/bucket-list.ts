import { ListBucketsCommand } from '@aws-sdk/client-s3';
import type { Credentials } from '../credentials/credentials.ts';
import { bucketLocation, DEFAULT_REGION, type Endpoint } from './location.ts';
import type { ClientFor } from './region-finder.ts';
import { sdkFailure } from './sdk-failure.ts';

/**
 * The names of the buckets that these keys may list; null where they may not, which is no reason not to share.
 * @throws SandglassError unreachable, credentials-refused, credentials-expired
 */
export async function listBuckets(
  endpoint: Endpoint,
  credentials: Credentials,
  clientFor: ClientFor,
): Promise<string[] | null> {
  const client = clientFor(bucketLocation('', endpoint, endpoint.region ?? DEFAULT_REGION), credentials);
  try {
    const { Buckets = [] } = await client.send(new ListBucketsCommand({}));
    return Buckets.flatMap(({ Name }) => Name ?? []);
  } catch (error) {
    const failure = sdkFailure(error, { doing: 'list', bucket: '' });
    if (failure.code === 'access-denied') return null;
    throw failure;
  } finally {
    client.destroy();
  }
}
