import { SandglassError } from '../../shared/errors.ts';
import { refusalError, type Asked, type S3Refusal } from '../../shared/s3-refusal.ts';

/** What the SDK's errors carry beside their message; nothing of it but these fields is ever read. */
interface SdkError {
  readonly name?: string;
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
  const { name, Code, Region, $metadata, $response } = error as SdkError;
  const status = $response?.statusCode ?? $metadata?.httpStatusCode;
  if (status === undefined) return null;
  const code = [Code, name].find((given) => given !== undefined && !NAMELESS.has(given));
  return {
    status,
    code,
    requestId: $metadata?.requestId ?? $response?.headers?.['x-amz-request-id'],
    region: $response?.headers?.['x-amz-bucket-region'] ?? Region,
  };
}

/** The typed error for whatever a client's `send` threw. */
export function sdkFailure(error: unknown, asked: Asked): SandglassError {
  if (error instanceof SandglassError) return error;
  const refusal = sdkRefusal(error);
  return refusal ? refusalError(refusal, asked) : networkFailure(error);
}

/** The typed error for a request that got no answer. */
function networkFailure(error: unknown): SandglassError {
  const { code, name } = error as SdkError;
  return new SandglassError('unreachable', `The server does not answer (${code ?? name ?? 'no answer'}).`, {
    next: 'Check the network and the endpoint’s address.',
    retryable: true,
    cause: error,
  });
}
