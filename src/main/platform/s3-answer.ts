import { XMLParser } from 'fast-xml-parser';
import { SandglassError } from '../../shared/errors.ts';
import type { S3Refusal } from '../../shared/s3-refusal.ts';

/** An answer of undici's, read to its end. */
export interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** Hears the Date header of each answer. */
export interface DateListener {
  /** What it gives hears the header, and tells whether the clock that signed has proved wrong by it. */
  asking(): (date: string | null | undefined) => boolean;
}

const xml = new XMLParser({ parseTagValue: false });

/**
 * What S3 says in a refusal's XML body; a proxy's page is none, and the status alone must tell.
 * @param skewed whether the clock that signed has just proved wrong: S3 says AccessDenied of a presigned URL that has
 * not begun or has ended already, and means the clock
 */
export function readRefusal({ statusCode, headers }: Answer, body: string, skewed = false): S3Refusal {
  const told = parsed(body);
  const meansClock = skewed && statusCode === 403;
  return {
    status: statusCode,
    code: meansClock ? 'RequestTimeTooSkewed' : told?.Code,
    requestId: single(headers['x-amz-request-id']) ?? told?.RequestId,
    region: single(headers['x-amz-bucket-region']) ?? told?.Region,
    isDeleteMarker: single(headers['x-amz-delete-marker']) === 'true',
    said: told?.Message,
  };
}

interface ErrorBody {
  readonly Code?: string;
  readonly Message?: string;
  readonly RequestId?: string;
  readonly Region?: string;
}

function parsed(body: string): ErrorBody | undefined {
  try {
    return (xml.parse(body) as { Error?: ErrorBody }).Error;
  } catch {
    return undefined;
  }
}

const NO_CONNECTION: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** The typed error for a request that got no answer. An error of the body's own, such as a changed file, passes. */
export function connectionFailure(error: unknown): unknown {
  if (error instanceof SandglassError || (error as Error).name === 'AbortError') return error;
  const code = (error as NodeJS.ErrnoException).code ?? (error as Error).name;
  const [kind, what] = NO_CONNECTION.has(code)
    ? (['unreachable', 'The server cannot be reached'] as const)
    : code === 'IDLE'
      ? (['connection-lost', 'The connection to the server fell silent'] as const)
      : (['connection-lost', 'The connection to the server was lost'] as const);
  return new SandglassError(kind, `${what} (${code}).`, {
    next: 'Check the network and the endpoint’s address, then try again.',
    retryable: true,
    cause: error,
  });
}

export function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
