import { SandglassError } from './errors.ts';

/** Unguessable by its random piece, sorted by its date, and ending in the file's own name. */
export const DEFAULT_KEY_TEMPLATE = '{date}/{random}/{name}';

export interface KeyPieces {
  /** The file's own name, in whatever Unicode form the disk has it. */
  readonly name: string;
  /** Milliseconds since 1970; the date is told in UTC. */
  readonly now: number;
  readonly random: string;
  readonly prefix?: string | undefined;
}

/** S3's limit on a key, in bytes of UTF-8. https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
const MAX_KEY_BYTES = 1024;

/**
 * The key of a new object.
 * @throws SandglassError bad-usage for a piece that is none, and for a key that S3 or a browser would bend
 */
export function renderKey(template: string, { name, now, random, prefix = '' }: KeyPieces): string {
  const date = new Date(now).toISOString().slice(0, 10);
  // Windows allows half of a surrogate pair in a name; a URL cannot hold it.
  const pieces: Readonly<Record<string, string>> = { date, random, name: name.toWellFormed() };
  const rendered = template.replace(/\{(\w+)\}/g, (whole, piece: string) => {
    const value = Object.hasOwn(pieces, piece) ? pieces[piece] : undefined;
    if (value === undefined) throw badTemplate(`“${whole}” is not a piece of a key`);
    return value;
  });
  const key = prefix === '' || prefix.endsWith('/') ? prefix + rendered : `${prefix}/${rendered}`;
  if (new TextEncoder().encode(key).length > MAX_KEY_BYTES)
    throw badTemplate('the key is longer than 1024 bytes');
  // Browsers and HTTP clients resolve dot segments and merge slashes, so such a link would lead elsewhere.
  if (key.split('/').some((segment) => segment === '' || segment === '.' || segment === '..')) {
    throw badTemplate('a key must not hold an empty, “.” or “..” segment');
  }
  return key;
}

/** Whether a template leaves to chance that two files meet under one key. */
export function mayCollide(template: string): boolean {
  return !template.includes('{random}');
}

function badTemplate(why: string): SandglassError {
  return new SandglassError('bad-usage', `That key cannot be used: ${why}.`, {
    next: 'Check the prefix and the key template; its pieces are {date}, {random} and {name}.',
  });
}
