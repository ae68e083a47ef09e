import { SandglassError, type ErrorCode } from './errors.ts';
import { adviceFor } from './refusal-advice.ts';

/** What S3 said when it refused: its code where it gave one (HEAD answers have none), else the status alone. */
export interface S3Refusal {
  readonly status: number;
  readonly code?: string | undefined;
  readonly requestId?: string | undefined;
  /** The bucket's region, where S3 named it. */
  readonly region?: string | undefined;
  /** Whether the bucket keeps versions, and what was asked for is the mark that the object was deleted. */
  readonly isDeleteMarker?: boolean | undefined;
  /** The server's sentence. Known phrases are looked for in it; it is never shown, since it may hold anything. */
  readonly said?: string | undefined;
  /** How long ago the refused request was signed, in seconds, where that is known. */
  readonly signatureAgeSeconds?: number | undefined;
}

/** What was asked of S3, for the sentence a person reads: `upload to`, `read`, `delete from`. */
export interface Asked {
  readonly doing: string;
  readonly bucket: string;
}

interface Meaning {
  readonly code: ErrorCode;
  readonly retryable?: boolean;
  readonly message: (asked: Asked) => string;
  readonly next: string;
}

const KEYS: Omit<Meaning, 'message'> = {
  code: 'credentials-refused',
  next: 'Check the access key id and the secret access key, or connect the account anew.',
};
const EXPIRED: Meaning = {
  code: 'credentials-expired',
  message: () => 'The credentials have ended: S3 no longer accepts their token.',
  next: 'Renew them (for single sign-on: aws sso login), then try again.',
};
const MISSING_KEY: Meaning = {
  code: 'no-such-key',
  message: ({ bucket }) => `There is no such object in the bucket “${bucket}”.`,
  next: 'Check the key; it may have been deleted or renamed.',
};
const MISSING_BUCKET: Meaning = {
  code: 'no-such-bucket',
  message: ({ bucket }) => `There is no bucket “${bucket}” here.`,
  next: 'Check the name of the bucket and the endpoint.',
};
const REGION: Meaning = {
  code: 'wrong-region',
  message: ({ bucket }) => `The bucket “${bucket}” is in another region.`,
  next: 'Try again: the region of the bucket is then asked for anew.',
};
const TAKEN: Meaning = {
  code: 'key-taken',
  message: () => 'There is an object under this key already, and Sandglass never overwrites one.',
  next: 'Share under another key: put {random} into the key template.',
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
const BY_CODE: Readonly<Record<string, Meaning>> = {
  AccessDenied: {
    code: 'access-denied',
    message: ({ doing, bucket }) => `These credentials may not ${doing} the bucket “${bucket}”.`,
    next: 'Check the keys, or ask the bucket’s owner for the right.',
  },
  InvalidAccessKeyId: { ...KEYS, message: () => 'S3 does not know this access key id.' },
  SignatureDoesNotMatch: {
    ...KEYS,
    message: () => 'S3 does not accept the signature: the secret access key is wrong.',
  },
  ExpiredToken: EXPIRED,
  TokenRefreshRequired: EXPIRED,
  InvalidToken: { ...KEYS, message: () => 'S3 does not accept the session token.' },
  NoSuchBucket: MISSING_BUCKET,
  NoSuchKey: MISSING_KEY,
  NoSuchUpload: {
    code: 'upload-gone',
    message: () => 'S3 no longer knows this upload: it was cancelled, or it was removed as left over.',
    next: 'Share the file again.',
  },
  PermanentRedirect: REGION,
  TemporaryRedirect: REGION,
  AuthorizationHeaderMalformed: REGION,
  AuthorizationQueryParametersError: REGION,
  IllegalLocationConstraintException: REGION,
  PreconditionFailed: TAKEN,
  InvalidObjectState: {
    code: 'archived',
    message: () => 'The object is archived: nobody can download it until a copy of it is restored.',
    next: 'Restore it first (in S3’s console: Initiate restore), which takes minutes to hours; then make the link.',
  },
  RequestTimeTooSkewed: {
    code: 'clock-skewed',
    // The refusal itself tells the server's time, by which the next attempt is signed.
    retryable: true,
    message: () => 'This computer’s clock is more than 15 minutes off, so S3 refuses what it signs.',
    next: 'Set the clock, then try again.',
  },
  BadDigest: {
    code: 'refused',
    // The part is read again, hashed again and sent again: a bit that fell over on its way does so only once.
    retryable: true,
    message: () => 'The bytes were changed on their way: S3 got others than were sent.',
    next: 'Try again; if it stays so, something between here and the server changes what passes.',
  },
  EntityTooLarge: {
    code: 'file-too-large',
    message: () => 'The file is larger than this server takes.',
    next: 'Ask the provider for its largest object.',
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeleteMarker.html */
const DELETED = 'There is only a mark that the object was deleted; older versions of it may still be there.';
const FIND_VERSION = {
  next: 'Choose one of its versions, and make the link to that.',
  command: 'sandglass ls --versions names them, and sandglass link takes one with --version-id.',
};

const BY_STATUS: Readonly<Record<number, string>> = {
  301: 'PermanentRedirect',
  403: 'AccessDenied',
  404: 'NoSuchKey',
  412: 'PreconditionFailed',
};

/** Codes that S3 means as “send it again”; RequestTimeout is a 400, so the code decides before the status. */
const RETRYABLE_CODES: ReadonlySet<string> = new Set([
  'InternalError',
  'RequestTimeout',
  'RequestTimeoutException',
  'ServiceUnavailable',
  'SlowDown',
  'ThrottlingException',
  'OperationAborted',
  'IncompleteBody',
]);
const RETRYABLE_STATUSES: ReadonlySet<number> = new Set([429, 500, 502, 503, 504]);

/** The typed error for a refusal of S3. It repeats nothing of the server's text but the code and the request id. */
export function refusalError(refusal: S3Refusal, asked: Asked): SandglassError {
  const { status, code, requestId, region } = trusted(refusal);
  const { said, signatureAgeSeconds, isDeleteMarker } = refusal;
  if (isDeleteMarker && (status === 404 || status === 405)) {
    return new SandglassError('no-such-key', DELETED, { ...FIND_VERSION, requestId });
  }
  if (RETRYABLE_CODES.has(code ?? '') || RETRYABLE_STATUSES.has(status)) {
    return new SandglassError(
      'server-busy',
      `The server could not take the request now (${code ?? status}).`,
      {
        next: 'Try again in a while.',
        retryable: true,
        requestId,
      },
    );
  }
  const named = code ?? BY_STATUS[status] ?? '';
  const meaning = Object.hasOwn(BY_CODE, named) ? BY_CODE[named] : undefined;
  const advice =
    meaning === undefined || meaning.code === 'access-denied'
      ? adviceFor({ code: named, said, signatureAgeSeconds }, asked)
      : null;
  if (advice) {
    return new SandglassError('access-denied', advice.message, { next: advice.next, requestId });
  }
  if (!meaning) {
    const said = [code, `status ${status}`].filter(Boolean).join(', ');
    return new SandglassError(
      'refused',
      `S3 refused to ${asked.doing} the bucket “${asked.bucket}” (${said}).`,
      {
        next: 'Look the code up with your provider; the request id helps them.',
        requestId,
      },
    );
  }
  const next =
    meaning.code === 'wrong-region' && region ? `It is in ${region}. ${meaning.next}` : meaning.next;
  const { retryable = false } = meaning;
  return new SandglassError(meaning.code, meaning.message(asked), { next, requestId, retryable });
}

/** A server, or a proxy in between, may write anything into its answer, the request's own secrets too. */
function trusted({ status, code, requestId, region }: S3Refusal): S3Refusal {
  const kept = (text: string | undefined, shape: RegExp) =>
    text !== undefined && shape.test(text) ? text : undefined;
  return {
    status,
    code: kept(code, /^[A-Za-z][A-Za-z0-9.]{0,63}$/),
    requestId: kept(requestId, /^[\w+/=.:-]{1,128}$/),
    region: kept(region, /^[a-z0-9-]{1,64}$/),
  };
}
