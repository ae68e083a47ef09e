import { Refusal } from './refusals.ts';

/** Offsets in bytes, both included. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * The range that a header asks for. As on S3, several ranges at once and what is no range at all get the whole.
 * @param size of the object in bytes
 * @throws Refusal InvalidRange
 */
export function byteRange(header: string | undefined, size: number): ByteRange | null {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (header === undefined || from === undefined || to === undefined || (from === '' && to === ''))
    return null;
  if (from !== '' && to !== '' && Number(to) < Number(from)) return null;
  const first = from === '' ? Math.max(size - Number(to), 0) : Number(from);
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (first <= last) return { first, last };
  throw new Refusal('InvalidRange', { fields: { RangeRequested: header, ActualObjectSize: size } });
}
