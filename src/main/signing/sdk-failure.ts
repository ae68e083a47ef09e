import { asSandglassError, SandglassError } from '../../shared/errors.ts';
import { refusalError, type Asked, type S3Refusal } from '../../shared/s3-refusal.ts';

/** What the SDK's errors carry beside their message; nothing of it but these fields is ever read. */
interface SdkError {
  readonly name?: string;
  readonly message?: string;
  readonly Code?: string;
  readonly code?: string;
  readonly Region?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
  readonly $response?: { readonly statusCode?: number; readonly headers?: Readonly<Record<string, string>> };
}

/** Names that the SDK gives to answers without a body; they are no codes of S3. */
const NAMELESS: ReadonlySet<string> = new Set([
  'Unknown',
  'UnknownError',
  'NotFound',
  'Error',
  '403',
  '404',
  '400',
  '301',
]);

/** The refusal in an error of the SDK, or null where no answer came at all. */
export function sdkRefusal(error: unknown): (S3Refusal & { readonly region?: string | undefined }) | null {
  const { name, message, Code, Region, $metadata, $response } = error as SdkError;
  const status = $response?.statusCode ?? $metadata?.httpStatusCode;
  if (status === undefined) return null;
  const code = [Code, name].find((given) => given !== undefined && !NAMELESS.has(given));
  return {
    status,
    code,
    requestId: $metadata?.requestId ?? $response?.headers?.['x-amz-request-id'],
    region: $response?.headers?.['x-amz-bucket-region'] ?? Region ?? regionInWords(code, message),
    ...($response?.headers?.['x-amz-delete-marker'] === 'true' ? { isDeleteMarker: true } : {}),
    said: message,
  };
}

/**
 * Some refusals name the bucket's region nowhere but in a sentence: Swift's “… is wrong; expecting 'NL'”, and AWS's for
 * regions that must be opted into, “The ap-east-1 location constraint is incompatible …”.
 */
const REGION_IN_WORDS: Readonly<Record<string, RegExp>> = {
  AuthorizationHeaderMalformed: /expecting '([A-Za-z0-9-]{1,64})'/,
  IllegalLocationConstraintException: /^The ([a-z]{2,4}(?:-[a-z]+)+-\d+) location constraint is incompatible/,
};

function regionInWords(code = '', message = ''): string | undefined {
  return REGION_IN_WORDS[code]?.exec(message)?.[1];
}

/** The typed error for whatever a client's `send` threw. */
export function sdkFailure(error: unknown, asked: Asked): SandglassError {
  if (error instanceof SandglassError) return error;
  const refusal = sdkRefusal(error);
  if (refusal && refusal.status < 300 && refusal.code === undefined) return unreadable(refusal.requestId);
  if (refusal) return refusalError(refusal, asked);
  const { code, name } = error as SdkError;
  // The SDK itself refuses a name that would lead elsewhere, before anything is sent.
  if (name === 'InvalidBucketName') return refusalError({ status: 404, code: 'NoSuchBucket' }, asked);
  const why = NETWORK.has(code ?? '') ? code : name === 'TimeoutError' ? 'timed out' : undefined;
  if (why === undefined) return asSandglassError(error);
  return new SandglassError('unreachable', `The server does not answer (${why}).`, {
    next: 'Check the network and the endpoint’s address.',
    retryable: true,
    cause: error,
  });
}

/** The server says yes in words that cannot be read: what was asked may be done, or not. */
function unreadable(requestId: string | undefined): SandglassError {
  return new SandglassError('refused', 'The server’s answer cannot be read.', {
    next: 'Try again; if it stays so, something between here and the server changes what passes.',
    retryable: true,
    requestId,
  });
}

/** What Node.js says of a request that got no answer; anything else the SDK throws is its own complaint. */
const NETWORK: ReadonlySet<string> = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'],
  ...['EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'EPROTO', 'CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ...['SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'ERR_TLS_CERT_ALTNAME_INVALID'],
]);
