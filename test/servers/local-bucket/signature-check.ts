import { timingSafeEqual } from 'node:crypto';
import { expectedSignature } from './canonical-request.ts';
import { Refusal } from './refusals.ts';
import type { S3Request } from './request.ts';
import { signatureClaim } from './signature-claim.ts';
import type { SignatureClaim } from './signature-claim.ts';

/** The one identity that a local bucket knows. */
export interface Identity {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
  /** Where set, every request must carry this token, as with keys from STS. `endsAt` in milliseconds. */
  readonly sessionToken?: { readonly value: string; readonly endsAt?: number } | undefined;
}

const LARGEST_SKEW_MS = 15 * 60 * 1000;

/**
 * Lets a request pass that the identity signed, for this moment and this very content, and refuses any other.
 * Written against the specification and not with the signer's code, so that the two check each other.
 * @param nowMs the server's clock in milliseconds
 * @returns the hash that the body must have, or `UNSIGNED-PAYLOAD`
 * @throws Refusal as S3 would
 */
export function checkSignature(request: S3Request, identity: Identity, nowMs: number): string {
  const claim = signatureClaim(request);
  checkPayloadHash(claim.payloadHash);
  checkRegion(claim, identity);
  if (claim.accessKeyId !== identity.accessKeyId) throw new Refusal('InvalidAccessKeyId');
  checkToken(request, identity, nowMs);
  checkTime(claim, nowMs);
  checkSignedHeaders(request, claim);
  const expected = expectedSignature(request, claim, claim.payloadHash, identity.secretAccessKey);
  if (!same(expected, claim.signature)) throw new Refusal('SignatureDoesNotMatch');
  return claim.payloadHash;
}

function checkPayloadHash(hash: string): void {
  if (hash.startsWith('STREAMING-')) {
    throw new Refusal('NotImplemented', { fields: { Header: 'x-amz-content-sha256' } });
  }
  if (hash === 'UNSIGNED-PAYLOAD' || /^[0-9a-f]{64}$/.test(hash)) return;
  throw new Refusal('InvalidArgument', {
    message: 'x-amz-content-sha256 must be UNSIGNED-PAYLOAD or a valid sha256 value.',
  });
}

function checkRegion({ carrier, scope }: SignatureClaim, { region }: Identity): void {
  if (scope.region === region) return;
  const wrong = `the region '${scope.region}' is wrong; expecting '${region}'`;
  const fields = { Region: region };
  if (carrier === 'header') {
    const message = `The authorization header is malformed; ${wrong}`;
    throw new Refusal('AuthorizationHeaderMalformed', { message, fields });
  }
  const message = `Error parsing the X-Amz-Credential parameter; ${wrong}`;
  throw new Refusal('AuthorizationQueryParametersError', { message, fields });
}

function checkToken(request: S3Request, { sessionToken }: Identity, nowMs: number): void {
  const given = request.amz('x-amz-security-token');
  // A temporary key's id is unknown to S3 without its token.
  if (sessionToken !== undefined && given === undefined) throw new Refusal('InvalidAccessKeyId');
  if (given !== sessionToken?.value) throw new Refusal('InvalidToken');
  if (sessionToken?.endsAt !== undefined && nowMs >= sessionToken.endsAt) throw new Refusal('ExpiredToken');
}

function checkTime(claim: SignatureClaim, nowMs: number): void {
  const { signedAtMs, expiresInSeconds } = claim;
  const now = new Date(nowMs).toISOString();
  if (expiresInSeconds === null) {
    if (Math.abs(nowMs - signedAtMs) <= LARGEST_SKEW_MS) return;
    const fields = {
      RequestTime: claim.signedAt,
      ServerTime: now,
      MaxAllowedSkewMilliseconds: LARGEST_SKEW_MS,
    };
    throw new Refusal('RequestTimeTooSkewed', { fields });
  }
  if (signedAtMs - nowMs > LARGEST_SKEW_MS) {
    throw new Refusal('AccessDenied', { message: 'Request is not yet valid', fields: { ServerTime: now } });
  }
  const endsAtMs = signedAtMs + expiresInSeconds * 1000;
  if (nowMs < endsAtMs) return;
  const fields = {
    'X-Amz-Expires': expiresInSeconds,
    Expires: new Date(endsAtMs).toISOString(),
    ServerTime: now,
  };
  throw new Refusal('AccessDenied', { message: 'Request has expired', fields });
}

/** What is not signed could have been added on the way: S3 refuses any `x-amz-*` header of that kind. */
function checkSignedHeaders(request: S3Request, claim: SignatureClaim): void {
  const unsigned = request
    .headerNames()
    .filter((name) => name === 'host' || name.startsWith('x-amz-'))
    .filter((name) => !claim.headers.includes(name));
  if (unsigned.length === 0) return;
  throw new Refusal('AccessDenied', {
    message: 'There were headers present in the request which were not signed',
    fields: { HeadersNotSigned: unsigned.join(', ') },
  });
}

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
