/** Every way in which Sandglass can refuse or fail, grouped as the command's exit codes group them. */
export type ErrorCode =
  | 'bad-usage'
  | 'expiry-invalid'
  | 'settings-damaged'
  | 'no-credentials'
  | 'credentials-expired'
  | 'credentials-refused'
  | 'account-unknown'
  | 'account-exists'
  | 'keychain-absent'
  | 'keychain-locked'
  | 'signer-gone'
  | 'access-denied'
  | 'no-such-bucket'
  | 'no-such-key'
  | 'key-taken'
  | 'archived'
  | 'wrong-region'
  | 'upload-gone'
  | 'upload-incomplete'
  | 'clock-skewed'
  | 'server-busy'
  | 'refused'
  | 'unreachable'
  | 'connection-lost'
  | 'file-missing'
  | 'file-is-directory'
  | 'file-unreadable'
  | 'file-changed'
  | 'file-too-large'
  | 'disk-full'
  | 'history-damaged'
  | 'history-busy'
  | 'share-unknown'
  | 'share-not-live'
  | 'cancelled'
  | 'interrupted'
  | 'internal';

export interface ErrorDetails {
  /** What the person can do now, as a sentence. */
  readonly next?: string | undefined;
  /** How the command does it, as a sentence: the window has buttons for that. */
  readonly command?: string | undefined;
  /** True where the same request may succeed if it is sent again. */
  readonly retryable?: boolean;
  /** S3's own id of the refused request: what the bucket's owner or the provider asks for. */
  readonly requestId?: string | undefined;
  readonly cause?: unknown;
}

/**
 * The one error that crosses a room's door. `message` says what happened, `next` what to do.
 * Neither ever holds a secret or a URL's query; the cause is kept as its name and scrubbed message only,
 * because SDK errors carry whole requests with them.
 */
export class SandglassError extends Error {
  override readonly name = 'SandglassError';
  readonly code: ErrorCode;
  readonly next: string | undefined;
  readonly command: string | undefined;
  readonly retryable: boolean;
  readonly requestId: string | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(withoutQueries(message), details.cause === undefined ? {} : { cause: scrubbed(details.cause) });
    this.code = code;
    this.next = details.next === undefined ? undefined : withoutQueries(details.next);
    this.command = details.command;
    this.retryable = details.retryable ?? false;
    this.requestId = details.requestId;
  }
}

/** Cuts the query and the user part from every URL in a text: a presigned URL's query is a bearer secret. */
export function withoutQueries(text: string): string {
  return text
    .replace(/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/]*@/gi, '$1')
    .replace(/(\b[a-z][a-z0-9+.-]*:\/\/[^\s?"'<>]*)\?[^\s"'<>]*/gi, '$1')
    .replace(
      /\b(X-Amz-(?:Signature|Credential|Security-Token)|AWSAccessKeyId|Signature)=[^\s&"'<>]+/gi,
      '$1=…',
    );
}

/** The error as it is, or an `internal` one that tells no more of an unexpected failure than its name. */
export function asSandglassError(error: unknown): SandglassError {
  if (error instanceof SandglassError) return error;
  const name = error instanceof Error ? error.name : typeof error;
  return new SandglassError('internal', `Something unexpected went wrong (${name}).`, {
    next: 'Try again; if it happens again, please report it.',
    cause: error,
  });
}

function scrubbed(cause: unknown): Error {
  const plain = new Error(withoutQueries(cause instanceof Error ? cause.message : String(cause)));
  plain.name = cause instanceof Error ? cause.name : 'Error';
  delete plain.stack;
  return plain;
}
