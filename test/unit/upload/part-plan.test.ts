import { describe, expect, it } from 'vitest';
import {
  MAX_OBJECT_BYTES,
  MAX_PART_BYTES,
  MAX_PARTS,
  MIN_PART_BYTES,
  partRange,
  planParts,
  USUAL_PART_BYTES,
} from '../../../src/main/upload/part-plan.ts';

const MIB = 1024 ** 2;
const SIZES = [
  ...[USUAL_PART_BYTES - 1, USUAL_PART_BYTES, USUAL_PART_BYTES + 1, 3 * USUAL_PART_BYTES, 100 * MIB + 7],
  ...[MAX_PARTS * USUAL_PART_BYTES, MAX_PARTS * USUAL_PART_BYTES + 1, 5 * 1024 ** 4],
  ...[MAX_PARTS * 9 * MIB, MAX_PARTS * 9 * MIB + 1, MAX_OBJECT_BYTES - 1, MAX_OBJECT_BYTES],
];

describe('the plan of a file', () => {
  it.each([
    [0, 1],
    [1, 1],
    [8 * MIB, 1],
    [8 * MIB + 1, 2],
    [16 * MIB, 2],
    [80_000 * MIB, 10_000],
  ])('of %d bytes has %d parts of 8 MiB', (size, partCount) => {
    expect(planParts(size)).toEqual({ size, partSize: 8 * MIB, partCount });
  });

  it('takes larger parts, of whole MiB, where ten thousand of 8 MiB would not do', () => {
    expect(planParts(80_000 * MIB + 1)).toMatchObject({ partSize: 9 * MIB, partCount: 8889 });
    expect(planParts(MAX_OBJECT_BYTES)).toMatchObject({ partSize: MAX_PART_BYTES, partCount: MAX_PARTS });
  });

  it.each(SIZES)('of %d bytes keeps every limit of S3', (size) => {
    const { partSize, partCount } = planParts(size);
    expect(partCount).toBeLessThanOrEqual(MAX_PARTS);
    expect(partSize).toBeGreaterThanOrEqual(MIN_PART_BYTES);
    expect(partSize).toBeLessThanOrEqual(MAX_PART_BYTES);
    expect(partSize % MIB).toBe(0);
  });

  it('is refused for a file that no object can hold', () => {
    expect(() => planParts(MAX_OBJECT_BYTES + 1)).toThrow(
      expect.objectContaining({ code: 'file-too-large' }),
    );
  });
});

describe('the parts of a file', () => {
  it.each(SIZES)('of %d bytes touch each other, the last alone being shorter', (size) => {
    const plan = planParts(size);
    const { partCount, partSize } = plan;
    expect(partRange(plan, 1).offset).toBe(0);
    for (const partNumber of new Set([1, 2, Math.ceil(partCount / 2), partCount - 1])) {
      if (partNumber < 1 || partNumber >= partCount) continue;
      const { offset, length } = partRange(plan, partNumber);
      expect(length).toBe(partSize);
      expect(partRange(plan, partNumber + 1).offset).toBe(offset + length);
    }
    const last = partRange(plan, partCount);
    expect(last.offset + last.length).toBe(size);
    expect(last.length).toBeGreaterThan(0);
    expect(last.length).toBeLessThanOrEqual(partSize);
  });

  it('of an empty file are one empty part', () => {
    expect(partRange(planParts(0), 1)).toEqual({ partNumber: 1, offset: 0, length: 0 });
  });
});
