import { create } from 'content-disposition';
import mime from 'mime';

/** What is stored with an object so that a recipient gets the file as it was called. */
export interface RecipientHeaders {
  readonly contentType: string;
  readonly contentDisposition: string;
}

/**
 * The Content-Type by the file's name, and a Content-Disposition that carries the name itself: RFC 5987's `filename*`
 * beside an ASCII `filename` for clients that know only that one.
 * https://www.rfc-editor.org/rfc/rfc6266
 */
export function recipientHeaders(given: string): RecipientHeaders {
  const name = given.toWellFormed();
  return {
    contentType: mime.getType(name) ?? 'application/octet-stream',
    contentDisposition: create(name, { type: 'attachment', fallback: asciiFallback(name) }),
  };
}

/**
 * Differs from the name wherever a client might read the plain parameter in its own way (percent signs are decoded by
 * some, backslashes and quotes unescaped by few), because the library adds `filename*` only to names that differ.
 */
export function asciiFallback(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7e]|[%"\\]/gu, '_');
}
