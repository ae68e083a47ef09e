import { createHash, createHmac } from 'node:crypto';
import type { S3Request } from './request.ts';

export const ALGORITHM = 'AWS4-HMAC-SHA256';

/** Where and when a signature is good: the day as `yyyyMMdd`, the region and always the service `s3`. */
export interface Scope {
  readonly day: string;
  readonly region: string;
}

/**
 * The signature that a request ought to carry, in lower-case hex.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 * @param signedAt the signing time as `yyyyMMddTHHmmssZ`
 */
export function expectedSignature(
  request: S3Request,
  signed: { readonly scope: Scope; readonly signedAt: string; readonly headers: readonly string[] },
  payloadHash: string,
  secretAccessKey: string,
): string {
  const { day, region } = signed.scope;
  const canonical = canonicalRequest(request, signed.headers, payloadHash);
  // Header values come from the wire as Latin-1, one character for each byte: hashing them so hashes the bytes.
  const hash = createHash('sha256').update(canonical, 'latin1').digest('hex');
  const toSign = [ALGORITHM, signed.signedAt, `${day}/${region}/s3/aws4_request`, hash].join('\n');
  const key = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
  return hmac(key, toSign).toString('hex');
}

/** The request in the one form that both sides hash. */
export function canonicalRequest(
  request: S3Request,
  signedHeaders: readonly string[],
  payloadHash: string,
): string {
  return [
    request.method,
    // Unlike every other AWS service, S3 neither normalises the path nor encodes it twice.
    request.path.split('/').map(encoded).join('/'),
    canonicalQuery(request),
    ...signedHeaders.map((name) => `${name}:${(request.header(name) ?? '').trim().replace(/\s+/g, ' ')}`),
    '',
    signedHeaders.join(';'),
    payloadHash,
  ].join('\n');
}

function canonicalQuery(request: S3Request): string {
  return request.query
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [encoded(name), encoded(value)] as const)
    .sort(([aName, aValue], [bName, bValue]) => ascii(aName, bName) || ascii(aValue, bValue))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/** Percent-encodes all but RFC 3986's unreserved characters. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function ascii(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
