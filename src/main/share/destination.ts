import { randomBytes } from 'node:crypto';
import type { InvitationTerms } from '../../shared/invitation.ts';
import type { LinkOverrides } from '../../shared/link-overrides.ts';
import type { ObjectDescription } from '../../shared/object-description.ts';
import type { CredentialSource } from '../credentials/credentials.ts';
import type { ShareRecord } from '../history/share-record.ts';
import { BucketAccess, type SignedLink } from '../signing/bucket-access.ts';
import type { BucketLocation, Endpoint } from '../signing/location.ts';
import type { ServerClock } from '../signing/server-clock.ts';
import type { Credentials } from '../credentials/credentials.ts';

/** A bucket to share from, and whose keys to use. */
export interface Destination {
  readonly bucket: string;
  readonly endpoint: Endpoint;
  readonly source: CredentialSource;
}

/** Names whose buckets are meant: two servers may each have a bucket of one name. */
export function accountPrint({ endpoint, source }: Omit<Destination, 'bucket'>): string {
  return JSON.stringify([endpoint, source.origin]);
}

export interface BucketLocator {
  /** Asks anew the next time: what was remembered proved wrong. */
  forget(bucket: string, endpoint: Endpoint): Promise<void>;
  locate(bucket: string, endpoint: Endpoint, credentials: Credentials): Promise<BucketLocation>;
}

/** Access to the destination's bucket, its region found. */
export async function accessTo(
  destination: Destination,
  locator: BucketLocator,
  clock: ServerClock,
): Promise<BucketAccess> {
  const { bucket, endpoint, source } = destination;
  const location = await locator.locate(bucket, endpoint, await source.resolve());
  return new BucketAccess(location, source, clock);
}

export interface SharedThing {
  readonly name: string;
  readonly key: string;
  readonly size: number | null;
  readonly status: ShareRecord['status'];
  readonly path: string | null;
  readonly journal: ShareRecord['journal'];
  readonly holder: string | null;
  readonly versionId?: string;
  readonly overrides?: LinkOverrides;
  readonly invitation?: InvitationTerms;
  readonly description?: ObjectDescription;
}

/** What history keeps of a link that was just signed. */
export function newRecord(
  thing: SharedThing,
  access: BucketAccess,
  source: CredentialSource,
  signed: SignedLink,
): ShareRecord {
  return {
    id: randomBytes(5).toString('hex'),
    ...thing,
    location: access.location,
    origin: source.origin,
    uploadId: null,
    sharedAt: signed.expiry.signedAt,
    ...linkFields(signed),
  };
}

/** The part of a record that a new link changes. */
export function linkFields({ expiry, signer }: SignedLink) {
  return {
    signer,
    signedAt: expiry.signedAt,
    expiresInSeconds: expiry.expiresInSeconds,
    requestedExpiresAt: expiry.requestedExpiresAt,
    limitedBy: expiry.limitedBy,
  };
}
