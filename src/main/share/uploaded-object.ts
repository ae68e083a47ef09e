import { SandglassError } from '../../shared/errors.ts';
import type { BucketAccess } from '../signing/bucket-access.ts';
import { BucketObject } from '../signing/bucket-object.ts';

/** What a share has not that this program did not upload. */
export const NOTHING_SENT = { path: null, journal: null, holder: null } as const;

/** Bytes; null where there is no such object. @throws SandglassError access-denied, unreachable */
export async function sizeOf(access: BucketAccess, key: string): Promise<number | null> {
  try {
    const object = new BucketObject(() => access.client(), access.location.bucket, key);
    return (await object.head()).size;
  } catch (error) {
    if (error instanceof SandglassError && error.code === 'no-such-key') return null;
    throw error;
  }
}
