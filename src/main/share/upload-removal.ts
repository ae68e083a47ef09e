import { SandglassError } from '../../shared/errors.ts';
import { UNHEARD_UPLOAD, type ShareRecord } from '../history/share-record.ts';
import type { BucketObject } from '../signing/bucket-object.ts';
import { ownSince } from './journal.ts';

/** A part that lands after an abort is aborted again; more than so many rounds no upload takes. */
const MAX_ROUNDS = 5;
/** Uploads begun this many milliseconds before the share's own signature are somebody else's. */
const CLOCK_ROOM_MS = 60_000;

/**
 * Drops a multipart upload until the server lists nothing of it: parts that are on their way during an abort may land
 * after it, and are paid for.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html
 * @throws SandglassError where the server cannot be asked
 */
export async function removeUpload(object: BucketObject, uploadId: string): Promise<void> {
  try {
    for (let round = 1; round <= MAX_ROUNDS; round++) {
      await object.abortUpload(uploadId);
      if (!(await stillListed(object, uploadId))) return;
    }
  } catch (error) {
    if (!isGone(error)) throw error;
    return;
  }
  throw new SandglassError('refused', 'The server keeps parts of an upload that it was told to drop.', {
    next: 'Try again later.',
    retryable: true,
  });
}

/**
 * Drops what a request to begin an upload may have left whose answer was lost: every upload to just this key that was
 * begun since the share was made. Where others may upload to the key too, all is left alone: nothing tells theirs from
 * ours, and ours has no parts to pay for, as nobody knows its id.
 * @param since see `ownSince`
 */
export async function removeUnheard(object: BucketObject, since: number | null): Promise<void> {
  if (since === null) return;
  for (const { uploadId, initiatedAt } of await object.listUploads()) {
    if (initiatedAt >= since - CLOCK_ROOM_MS) await removeUpload(object, uploadId);
  }
}

/** Drops whatever the server may still hold of a share's upload. */
export async function removeLeftover(object: BucketObject, record: ShareRecord): Promise<void> {
  if (record.uploadId === null) return;
  if (record.uploadId === UNHEARD_UPLOAD) await removeUnheard(object, ownSince(record));
  else await removeUpload(object, record.uploadId);
}

/** Keys that may abort but not list are taken at the server's word. */
async function stillListed(object: BucketObject, uploadId: string): Promise<boolean> {
  try {
    return (await object.listParts(uploadId)).length > 0;
  } catch (error) {
    if (error instanceof SandglassError && error.code === 'access-denied') return false;
    throw error;
  }
}

function isGone(error: unknown): boolean {
  return error instanceof SandglassError && error.code === 'upload-gone';
}
