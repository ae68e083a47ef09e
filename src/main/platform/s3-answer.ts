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
  asking(): (date: string | null | undefined) => void;
}

const xml = new XMLParser({ parseTagValue: false });

/** What S3 says in a refusal's XML body; a proxy's page is none, and the status alone must tell. */
export function readRefusal({ statusCode, headers }: Answer, body: string): S3Refusal {
  const told = parsed(body);
  return {
    status: statusCode,
    code: told?.Code,
    requestId: single(headers['x-amz-request-id']) ?? told?.RequestId,
    region: single(headers['x-amz-bucket-region']) ?? told?.Region,
  };
}

interface ErrorBody {
  readonly Code?: string;
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
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** The typed error for a request that got no answer. An error of the body's own, such as a changed file, passes. */
export function connectionFailure(error: unknown): unknown {
  if (error instanceof SandglassError || (error as Error).name === 'AbortError') return error;
  const code = (error as NodeJS.ErrnoException).code ?? (error as Error).name;
  const [kind, what] = NO_CONNECTION.has(code)
    ? (['unreachable', 'The server cannot be reached'] as const)
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
