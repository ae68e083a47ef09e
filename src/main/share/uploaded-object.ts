import { SandglassError } from '../../shared/errors.ts';
import type { BucketAccess } from '../signing/bucket-access.ts';
import { BucketObject, type ObjectHead } from '../signing/bucket-object.ts';

/** What a share has not that this program did not upload. */
export const NOTHING_SENT = { path: null, journal: null, holder: null } as const;

/** What the server says of it; null where there is no such object. @throws SandglassError access-denied, unreachable */
export async function headOf(access: BucketAccess, key: string): Promise<ObjectHead | null> {
  try {
    return await new BucketObject(() => access.client(), access.location.bucket, key).head();
  } catch (error) {
    if (error instanceof SandglassError && error.code === 'no-such-key') return null;
    throw error;
  }
}
