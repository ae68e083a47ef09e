import { create } from 'content-disposition';
import { SandglassError } from '../../shared/errors.ts';
import type { LinkOverrides } from '../../shared/link-overrides.ts';
import { checkCacheControl } from '../../shared/object-description.ts';
import { asciiFallback } from './object-headers.ts';

/** What a person wishes of the answer to a link. */
export interface LinkWishes {
  /** The name under which the recipient saves the file. */
  readonly downloadAs?: string | undefined;
  /** Shown in the browser where it can be, instead of being saved. */
  readonly inline?: boolean | undefined;
  readonly contentType?: string | undefined;
  readonly cacheControl?: string | undefined;
  /** Such as `de` or `en, fr`. */
  readonly contentLanguage?: string | undefined;
  readonly contentEncoding?: string | undefined;
  /** Until when a cache may keep the object, in milliseconds since 1970. */
  readonly cachedUntil?: number | undefined;
}

/** File systems take no longer name, in bytes of UTF-8. */
const MAX_NAME_BYTES = 255;
/** https://www.rfc-editor.org/rfc/rfc9110#name-media-type */
const MEDIA_TYPE =
  /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+( *; *[\w!#$&^.+-]+=([\w!#$&^.+-]+|"[\x20-\x21\x23-\x7e]*"))*$/;
const TOKENS = /^[\w-]+( *, *[\w-]+)*$/;

/**
 * The headers that a link chooses for its answer, or undefined where nothing is wished. A file that is shown inline
 * keeps its name for whoever saves it all the same.
 * @param key gives the name where none is wished
 * @throws SandglassError bad-usage
 */
export function overridesFor(key: string, wishes: LinkWishes): LinkOverrides | undefined {
  const {
    downloadAs,
    inline = false,
    contentType,
    cacheControl,
    contentLanguage,
    contentEncoding,
    cachedUntil,
  } = wishes;
  if (downloadAs !== undefined) checkName(downloadAs);
  if (contentType !== undefined) checkMediaType(contentType);
  if (cacheControl !== undefined) checkCacheControl(cacheControl);
  if (contentLanguage !== undefined) checkTokens(contentLanguage, 'language', 'Write it as de or en, fr.');
  if (contentEncoding !== undefined) checkTokens(contentEncoding, 'encoding', 'Write it as gzip or br.');
  const named = downloadAs ?? (inline ? (key.split('/').at(-1) ?? key) : undefined);
  const overrides: LinkOverrides = {
    ...(named === undefined ? {} : { contentDisposition: disposition(named, inline) }),
    ...(contentType === undefined ? {} : { contentType }),
    ...(cacheControl === undefined ? {} : { cacheControl }),
    ...(contentLanguage === undefined ? {} : { contentLanguage }),
    ...(contentEncoding === undefined ? {} : { contentEncoding }),
    ...(cachedUntil === undefined ? {} : { cachedUntil }),
  };
  return Object.keys(overrides).length > 0 ? overrides : undefined;
}

/** @throws SandglassError bad-usage for what is no media type, `image/*` included */
export function checkMediaType(type: string): void {
  if (type.length <= 255 && MEDIA_TYPE.test(type)) return;
  throw bad('That is no content type.', 'Write it as application/pdf or text/plain; charset=utf-8.');
}

function disposition(name: string, inline: boolean): string {
  // A key that ends with a slash leaves no name.
  if (name === '') return inline ? 'inline' : 'attachment';
  const given = name.toWellFormed();
  return create(given, { type: inline ? 'inline' : 'attachment', fallback: asciiFallback(given) });
}

function checkName(name: string): void {
  const fits = name.trim() !== '' && new TextEncoder().encode(name).length <= MAX_NAME_BYTES;
  if (fits && !/[/\\\p{Cc}]/u.test(name) && name !== '.' && name !== '..') return;
  throw bad(
    'That is no name for a file.',
    'Give a name alone, without slashes, of 255 bytes at the most, such as report.pdf.',
  );
}

function checkTokens(value: string, what: string, next: string): void {
  if (value.length > 255 || !TOKENS.test(value)) throw bad(`That is no ${what}.`, next);
}

function bad(message: string, next: string): SandglassError {
  return new SandglassError('bad-usage', message, { next });
}
