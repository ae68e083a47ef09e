import type { TransferPlan } from '../../shared/transfer-state.ts';
import { isDigest } from './etag-check.ts';
import { partRange, type PartRange } from './part-plan.ts';
import type { ArrivedPart } from './part-queue.ts';
import type { UploadPorts } from './ports.ts';
import { withRetries } from './retry-policy.ts';

/**
 * The parts of a multipart upload that are on the server and hold just what the file holds now. Each is hashed, which
 * takes a small part of the time that sending takes; whatever differs is sent again, so that a file which changed
 * while nobody looked cannot become an object of old and new pieces.
 * @throws SandglassError upload-gone, file-changed, file-unreadable, and what the server answers
 */
export async function* arrivedParts(
  { target, file, patience }: UploadPorts,
  plan: TransferPlan,
  uploadId: string,
  signal: AbortSignal,
): AsyncGenerator<ArrivedPart & { readonly range: PartRange }> {
  const listed = await withRetries(() => target.parts(uploadId), patience, signal);
  for (const { partNumber, etag, size } of listed) {
    signal.throwIfAborted();
    if (partNumber > plan.partCount) continue;
    const range = partRange(plan, partNumber);
    if (size !== range.length) continue;
    const md5 = await file.md5(range.offset, range.length);
    if (isDigest(etag, md5)) yield { range, etag, md5 };
  }
}
