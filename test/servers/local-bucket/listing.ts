import { Refusal } from './refusals.ts';
import type { S3Request } from './request.ts';

/** S3 never lists more than this at once. */
const LARGEST_PAGE = 1000;

/** One page of keys: those that are listed, and the common prefixes that stand for many. */
export interface KeyPage {
  readonly keys: readonly string[];
  readonly prefixes: readonly string[];
  /** After which entry the next page begins; null on the last page. */
  readonly next: string | null;
}

/** S3 lists in the order of the keys' UTF-8 bytes, which is not the order in which JavaScript compares strings. */
export function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/** Cuts one page out of all keys. `after` is a key or a common prefix; both are passed over with all they hold. */
export function keyPage(
  all: readonly string[],
  asked: {
    readonly prefix: string;
    readonly delimiter: string;
    readonly after: string;
    readonly size: number;
  },
): KeyPage {
  const { prefix, delimiter, after, size } = asked;
  const entries = new Set<string>();
  const groups = new Set<string>();
  for (const key of all.filter((candidate) => candidate.startsWith(prefix)).sort(byBytes)) {
    const cut = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const entry = cut < 0 ? key : key.slice(0, cut + delimiter.length);
    if (after !== '' && byBytes(entry, after) <= 0) continue;
    entries.add(entry);
    if (cut >= 0) groups.add(entry);
  }
  const listed = [...entries].slice(0, size);
  return {
    keys: listed.filter((entry) => !groups.has(entry)),
    prefixes: listed.filter((entry) => groups.has(entry)),
    next: size > 0 && entries.size > size ? (listed.at(-1) ?? null) : null,
  };
}

/**
 * A number from the query that says how much to list, at most 1,000.
 * @throws Refusal InvalidArgument
 */
export function pageSize(request: S3Request, name: string): number {
  return Math.min(countParameter(request, name, LARGEST_PAGE), LARGEST_PAGE);
}

/** A count from the query, or the fallback. @throws Refusal InvalidArgument */
export function countParameter(request: S3Request, name: string, fallback: number): number {
  const value = request.parameter(name);
  if (value === undefined) return fallback;
  if (/^\d{1,10}$/.test(value)) return Number(value);
  throw new Refusal('InvalidArgument', {
    message: `Provided ${name} not an integer or within integer range`,
    fields: { ArgumentName: name, ArgumentValue: value },
  });
}

/** Tokens are opaque to clients, so that they cannot be mistaken for keys. */
export function tokenFor(entry: string): string {
  return Buffer.from(entry).toString('base64url');
}

export function entryOf(token: string): string {
  return Buffer.from(token, 'base64url').toString();
}
