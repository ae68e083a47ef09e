import { asSandglassError, SandglassError } from '../../shared/errors.ts';
import type { TransferPlan } from '../../shared/transfer-state.ts';
import type { ShareRecord } from '../history/share-record.ts';
import type { BucketAccess } from '../signing/bucket-access.ts';
import { ObjectTags, type Tags } from '../signing/object-tags.ts';
import type { Patience } from '../upload/ports.ts';
import { withRetries } from '../upload/retry-policy.ts';

/** What a share's upload may have left undone: see `mendTags`. A single PUT takes its tags with it, or is refused. */
export async function mendObject(
  { key, description }: Pick<ShareRecord, 'key' | 'description'>,
  access: Pick<BucketAccess, 'client' | 'location'>,
  { partCount }: Pick<TransferPlan, 'partCount'>,
  patience: Patience,
): Promise<SandglassError | null> {
  const tags = description?.tags;
  if (tags === undefined || partCount === 1) return null;
  const object = new ObjectTags(() => access.client(), access.location.bucket, key);
  return mendTags(object, tags, access.location.endpoint === undefined, patience);
}

/**
 * Looks whether an object that was made of parts has the tags that its upload was begun with, and puts them where the
 * server has dropped them, as Ceph RGW does. Tags that others have put meanwhile, such as a malware scan's, are kept:
 * PutObjectTagging replaces the whole set. The object is there and its link works either way.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html
 * @param areKept where the server is known to keep them: nothing is put there unless they are seen to be missing
 * @returns what is to be said where they could not be put; null where they are there. Never rejects.
 */
export async function mendTags(
  object: Pick<ObjectTags, 'read' | 'write'>,
  wanted: Tags,
  areKept: boolean,
  patience: Patience,
): Promise<SandglassError | null> {
  const { signal } = new AbortController();
  const found = await withRetries(() => object.read(), patience, signal).catch(() => null);
  if (found === null ? areKept : hasAll(found, wanted)) return null;
  try {
    await withRetries(() => object.write({ ...found, ...wanted }), patience, signal);
    return null;
  } catch (error) {
    const { code, message, next, requestId } = asSandglassError(error);
    const what =
      found === null
        ? 'Whether its tags were kept cannot be told'
        : 'Its tags are missing, because the server dropped them';
    return new SandglassError(code, `${what}, and they cannot be put again: ${message}`, { next, requestId });
  }
}

function hasAll(found: Tags, wanted: Tags): boolean {
  return Object.entries(wanted).every(([name, value]) => Object.hasOwn(found, name) && found[name] === value);
}
