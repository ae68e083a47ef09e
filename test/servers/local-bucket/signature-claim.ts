import { ALGORITHM } from './canonical-request.ts';
import type { Scope } from './canonical-request.ts';
import { Refusal } from './refusals.ts';
import type { RefusalCode } from './refusals.ts';
import type { S3Request } from './request.ts';

/** What a request says about its own signature, read but not yet believed. */
export interface SignatureClaim {
  readonly carrier: 'header' | 'query';
  readonly accessKeyId: string;
  readonly scope: Scope;
  /** As it was signed, `yyyyMMddTHHmmssZ`. */
  readonly signedAt: string;
  readonly signedAtMs: number;
  /** How long a presigned URL lives, in seconds; null for a signature in the header. */
  readonly expiresInSeconds: number | null;
  readonly headers: readonly string[];
  readonly signature: string;
  /** The hash of the body, or `UNSIGNED-PAYLOAD`. */
  readonly payloadHash: string;
}

const LONGEST_LIFE_SECONDS = 604_800;
const QUERY_NAMES = ['X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Signature', 'X-Amz-Date'].concat(
  'X-Amz-SignedHeaders',
  'X-Amz-Expires',
);

/**
 * Reads the claim from the Authorization header or from a presigned URL's query.
 * @throws Refusal AccessDenied where there is none, and S3's own refusal of each malformed piece
 */
export function signatureClaim(request: S3Request): SignatureClaim {
  const authorization = request.header('authorization');
  const presigned = request.query.some(([name]) => QUERY_NAMES.includes(name));
  if (authorization !== undefined && presigned) {
    throw new Refusal('InvalidRequest', {
      message:
        'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, ' +
        'Signature query string parameter or the Authorization header should be specified',
    });
  }
  if (authorization !== undefined) return headerClaim(request, authorization);
  if (presigned) return queryClaim(request);
  if (request.parameter('AWSAccessKeyId') !== undefined) throw unsupportedMechanism();
  throw new Refusal('AccessDenied');
}

function headerClaim(request: S3Request, authorization: string): SignatureClaim {
  const malformed = 'AuthorizationHeaderMalformed';
  if (!authorization.startsWith(`${ALGORITHM} `)) throw unsupportedMechanism();
  const [, credential, headers, signature] =
    /^\S+ +Credential=([^,]+), *SignedHeaders=([^,]+), *Signature=([0-9a-f]+)$/.exec(authorization) ?? [];
  if (!credential || !headers || !signature) throw new Refusal(malformed);
  const payloadHash = request.header('x-amz-content-sha256');
  if (payloadHash === undefined) {
    throw new Refusal('InvalidRequest', {
      message: 'Missing required header for this request: x-amz-content-sha256',
    });
  }
  const signedAt = request.header('x-amz-date') ?? basicForm(Date.parse(request.header('date') ?? ''));
  const signedAtMs = millisecondsOf(signedAt ?? '');
  if (signedAt === null || signedAtMs === null) {
    throw new Refusal('AccessDenied', {
      message: 'AWS authentication requires a valid Date or x-amz-date header',
    });
  }
  const { accessKeyId, scope } = credentialOf(credential, signedAt, malformed);
  const common = { accessKeyId, scope, signedAt, signedAtMs, signature, payloadHash };
  return { ...common, carrier: 'header', expiresInSeconds: null, headers: headers.split(';') };
}

function queryClaim(request: S3Request): SignatureClaim {
  const [algorithm, credential, signature, signedAt, headers, expires] = QUERY_NAMES.map((name) =>
    request.parameter(name),
  );
  if (!algorithm || !credential || !signature || !signedAt || !headers || !expires) {
    throw queryError(
      'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, ' +
        'X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
    );
  }
  if (algorithm !== ALGORITHM) throw queryError(`X-Amz-Algorithm only supports "${ALGORITHM}"`);
  const signedAtMs = millisecondsOf(signedAt);
  if (signedAtMs === null) {
    throw queryError(`X-Amz-Date must be in the ISO8601 Long Format "yyyyMMdd'T'HHmmss'Z'"`);
  }
  const expiresInSeconds = lifeOf(expires);
  const { accessKeyId, scope } = credentialOf(credential, signedAt, 'AuthorizationQueryParametersError');
  const payloadHash = request.amz('x-amz-content-sha256') ?? 'UNSIGNED-PAYLOAD';
  const common = { accessKeyId, scope, signedAt, signedAtMs, signature, payloadHash };
  return { ...common, carrier: 'query', expiresInSeconds, headers: headers.split(';') };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html: at most seven days. */
function lifeOf(expires: string): number {
  if (!/^-?\d+$/.test(expires)) throw queryError('X-Amz-Expires should be a number');
  const seconds = Number(expires);
  if (seconds < 0) throw queryError('X-Amz-Expires must be non-negative');
  if (seconds > LONGEST_LIFE_SECONDS) {
    throw queryError(
      'X-Amz-Expires must be less than a week (in seconds); ' +
        `that is, the given X-Amz-Expires must be less than ${LONGEST_LIFE_SECONDS} seconds`,
    );
  }
  return seconds;
}

function credentialOf(
  credential: string,
  signedAt: string,
  refusal: RefusalCode,
): { accessKeyId: string; scope: Scope } {
  const [accessKeyId, day, region, service, terminator, ...rest] = credential.split('/');
  if (!accessKeyId || !day || !region || terminator !== 'aws4_request' || rest.length > 0) {
    throw new Refusal(refusal, {
      message: 'The Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".',
    });
  }
  if (service !== 's3') throw new Refusal(refusal, { message: 'Incorrect service. This belongs to "s3".' });
  if (!signedAt.startsWith(day)) {
    throw new Refusal(refusal, {
      message: `Invalid credential date "${day}". This date is not the same as X-Amz-Date.`,
    });
  }
  return { accessKeyId, scope: { day, region } };
}

/** Null where the text is not a date of the form `yyyyMMddTHHmmssZ`. */
function millisecondsOf(signedAt: string): number | null {
  if (!/^\d{8}T\d{6}Z$/.test(signedAt)) return null;
  const milliseconds = Date.parse(
    signedAt.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'),
  );
  return Number.isNaN(milliseconds) ? null : milliseconds;
}

function basicForm(milliseconds: number): string | null {
  if (Number.isNaN(milliseconds)) return null;
  return new Date(milliseconds).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

function queryError(message: string): Refusal {
  return new Refusal('AuthorizationQueryParametersError', { message });
}

function unsupportedMechanism(): Refusal {
  return new Refusal('InvalidRequest', {
    message: `The authorization mechanism you have provided is not supported. Please use ${ALGORITHM}.`,
  });
}
