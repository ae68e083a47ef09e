import { SandglassError } from '../../shared/errors.ts';
import type { TransferPlan } from '../../shared/transfer-state.ts';

const MIB = 1024 ** 2;

/** S3's limits. https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
export const MAX_PARTS = 10_000;
export const MIN_PART_BYTES = 5 * MIB;
export const MAX_PART_BYTES = 5 * 1024 * MIB;
/** 48.8 TiB: ten thousand parts of 5 GiB. */
export const MAX_OBJECT_BYTES = MAX_PARTS * MAX_PART_BYTES;

/** The part size as long as it fits: small enough to send again without pain, and to hold one in memory per worker. */
export const USUAL_PART_BYTES = 8 * MIB;

/** One part of a file: bytes from `offset`, `length` of them. Part numbers begin at 1. */
export interface PartRange {
  readonly partNumber: number;
  readonly offset: number;
  readonly length: number;
}

/**
 * Cuts a file of any size that S3 takes: parts of 8 MiB, or of as many whole MiB as ten thousand parts need.
 * What fits into one part, the empty file too, is sent as a single PUT.
 * @param size bytes
 * @throws SandglassError file-too-large
 */
export function planParts(size: number): TransferPlan {
  if (size > MAX_OBJECT_BYTES) {
    throw new SandglassError(
      'file-too-large',
      'The file is larger than 48.8 TiB, the largest object S3 can hold.',
      {
        next: 'Split the file and share the pieces.',
      },
    );
  }
  const needed = Math.ceil(size / MAX_PARTS / MIB) * MIB;
  const partSize = Math.max(USUAL_PART_BYTES, needed);
  return { size, partSize, partCount: Math.max(1, Math.ceil(size / partSize)) };
}

/** The bytes of one part; only the last may be shorter than the others. */
export function partRange(plan: TransferPlan, partNumber: number): PartRange {
  const offset = (partNumber - 1) * plan.partSize;
  return { partNumber, offset, length: Math.min(plan.partSize, plan.size - offset) };
}
