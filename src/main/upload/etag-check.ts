import type { PutAnswer } from './ports.ts';

const MD5_HEX = /^"?([0-9a-f]{32})"?$/i;

/**
 * Tells whether an ETag names the bytes that were sent. It is their MD5 where the server does not encrypt with keys of
 * its own; a server whose ETags are something else shows it by its second answer, and is believed from then on, since
 * the signed Content-MD5 guards the bytes as well.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html
 */
export class ETagCheck {
  #strangers = 0;

  /** @param md5 of the bytes, in base64 */
  names({ etag, encrypted }: PutAnswer, md5: string): boolean {
    const [, hex] = MD5_HEX.exec(etag) ?? [];
    if (hex === undefined || encrypted || sameDigest(hex, md5)) return true;
    return ++this.#strangers > 1;
  }
}

/** Whether an MD5 in hexadecimal and one in base64 are the same. */
export function sameDigest(hex: string, base64: string): boolean {
  return Buffer.from(hex, 'hex').equals(Buffer.from(base64, 'base64'));
}

/** Whether the ETag of a part is the MD5 of these bytes. */
export function isDigest(etag: string, md5: string): boolean {
  const [, hex] = MD5_HEX.exec(etag) ?? [];
  return hex !== undefined && sameDigest(hex, md5);
}
