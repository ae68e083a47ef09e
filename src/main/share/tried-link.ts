import { SandglassError } from '../../shared/errors.ts';
import type { RequestedLife } from '../../shared/expiry.ts';
import type { LinkOverrides } from '../../shared/link-overrides.ts';
import type { BucketAccess, SignedLink } from '../signing/bucket-access.ts';
import type { ServerClock } from '../signing/server-clock.ts';
import type { BucketLocator } from './destination.ts';

/** What opening a link as a recipient does told of the object. */
export interface Opened {
  /** Bytes; null where the server does not tell. */
  readonly size: number | null;
  /** When the copy that was restored from an archive is taken away, in milliseconds since 1970; null for all else. */
  readonly restoredUntil: number | null;
}

export interface ObjectProbe {
  /** @throws SandglassError as `refusalError` names it; archived where nobody can download it yet */
  open(url: string, bucket: string): Promise<Opened>;
}

export interface TrialPorts {
  readonly locator: Pick<BucketLocator, 'forget'>;
  readonly clock: ServerClock;
  readonly probe: ObjectProbe;
}

/** What a link is to lead to. */
export interface LinkAsked {
  readonly key: string;
  readonly life: RequestedLife;
  readonly overrides?: LinkOverrides | undefined;
  /** One version of the object; absent for the newest. */
  readonly versionId?: string | undefined;
}

export interface TriedLink {
  readonly signed: SignedLink;
  /** Bytes; null where the server does not tell, or could not be asked. */
  readonly size: number | null;
  /** Why the link could not be tried: the server does not answer. */
  readonly untried: SandglassError | null;
}

/**
 * A link that was opened before it is given out. Where it leads to a restored copy of an archived object it is signed
 * once more, to end no later than the copy.
 * @throws SandglassError where the link is dead, and what the credentials and the expiry throw
 */
export async function triedLink(
  ports: TrialPorts,
  access: BucketAccess,
  asked: LinkAsked,
): Promise<TriedLink> {
  const { clock, probe } = ports;
  const { key, life, overrides, versionId } = asked;
  const { offset } = clock;
  const signed = await access.link(key, life, overrides, { versionId });
  try {
    const { size, restoredUntil } = await probe.open(signed.url, access.location.bucket);
    const outlives = restoredUntil !== null && restoredUntil < signed.expiry.expiresAt;
    const shorter = outlives ? await access.link(key, life, overrides, { versionId, restoredUntil }) : signed;
    return { signed: shorter, size, untried: null };
  } catch (error) {
    // Refused for its date, perhaps: the answer has told the server's time, and a second link goes by it.
    if (clock.movedSince(offset)) return triedLink(ports, access, asked);
    if (error instanceof SandglassError && error.code === 'wrong-region') await forgetRegion(ports, access);
    if (error instanceof SandglassError && error.retryable) return { signed, size: null, untried: error };
    throw error;
  }
}

function forgetRegion({ locator }: TrialPorts, { location }: BucketAccess): Promise<void> {
  return locator.forget(location.bucket, location.endpoint ? { url: location.endpoint } : {});
}
