import { SandglassError } from '../../shared/errors.ts';
import { accessPointAt } from '../signing/access-point.ts';
import { bucketLocation, firstRegion, type Endpoint } from '../signing/location.ts';
import { assertPlace, type Account } from '../settings/settings.ts';

/** A name for what has none yet: no rule about endpoints minds it. */
const UNNAMED = 'bucket';

/** It is part of host names and of every signature. */
const REGION = /^[a-z0-9][a-z0-9._-]{0,63}$/i;

/** Where an account's buckets are reached, and how. */
export function endpointOf({ endpoint, region, pathStyle, variants }: Account): Endpoint {
  return {
    ...(endpoint === undefined ? {} : { url: endpoint }),
    ...(region === undefined ? {} : { region }),
    ...(pathStyle === undefined ? {} : { pathStyle }),
    ...(variants === undefined ? {} : { variants }),
  };
}

/**
 * Refuses an account of which it can be told beforehand that no link of it would work: a FIPS endpoint with
 * acceleration, say. What hangs on the bucket's own region is told when that is known.
 * @throws SandglassError bad-usage
 */
export function assertReachableAccount(account: Account): void {
  assertPlace(account);
  assertRegion(account.region);
  if (account.variants === undefined) return;
  const endpoint = endpointOf(account);
  const { bucket = UNNAMED } = account;
  bucketLocation(bucket, endpoint, accessPointAt(bucket)?.region ?? firstRegion(endpoint));
}

function assertRegion(region: string | undefined): void {
  if (region === undefined || REGION.test(region)) return;
  throw new SandglassError('bad-usage', 'No region is called this.', {
    next: 'Take it as your provider writes it, such as eu-central-1.',
  });
}
