import type { IncomingMessage } from 'node:http';

/** What a request is for, read from its method and query; `bucket` is whatever names no key. */
export type Operation =
  | 'create'
  | 'part'
  | 'complete'
  | 'abort'
  | 'list-parts'
  | 'put'
  | 'head'
  | 'get'
  | 'delete'
  | 'bucket'
  | 'other';

/** One request as the proxy saw it. It holds nothing of the signature, so that it may be printed. */
export interface Occasion {
  readonly operation: Operation;
  readonly method: string;
  /** As it was on the wire, still percent-encoded. */
  readonly path: string;
  /** Decoded; without signature, credential and session token. */
  readonly query: Readonly<Record<string, string>>;
  readonly partNumber: number | null;
  readonly uploadId: string | null;
  /** As announced; null where the request announces no length. */
  readonly bodyBytes: number | null;
  /** Counts from 1 over all requests of the same operation, method, path and part number. */
  readonly attempt: number;
  /** Which of the client's connections it came on, counted from 1. */
  readonly connection: number;
  /** Which request on that connection, counted from 1. */
  readonly requestOnConnection: number;
  /** How many bytes of bodies had been forwarded to the server before, over all requests. */
  readonly bytesSoFar: number;
}

type Place = Pick<Occasion, 'connection' | 'requestOnConnection' | 'bytesSoFar'>;

const SECRETS = /^(x-amz-(signature|credential|security-token)|signature|awsaccesskeyid)$/i;

/** Reads requests and counts how often each was tried. */
export class OccasionReader {
  readonly #attempts = new Map<string, number>();

  read(incoming: Pick<IncomingMessage, 'method' | 'url' | 'headers'>, place: Place): Occasion {
    const method = incoming.method ?? '';
    const [path = '', search = ''] = (incoming.url ?? '').split(/\?(.*)/s);
    const query = Object.fromEntries(
      [...new URLSearchParams(search)].filter(([name]) => !SECRETS.test(name)),
    );
    const length = incoming.headers['content-length'];
    const request = {
      operation: operationOf(method, path, query),
      method,
      path,
      query,
      partNumber: query['partNumber'] === undefined ? null : Number(query['partNumber']),
      uploadId: query['uploadId'] ?? null,
      bodyBytes: length === undefined ? null : Number(length),
    };
    return { ...request, attempt: this.#next(request), ...place };
  }

  #next({ operation, method, path, partNumber }: Omit<Occasion, 'attempt' | keyof Place>): number {
    const kind = JSON.stringify([operation, method, path, partNumber]);
    const count = (this.#attempts.get(kind) ?? 0) + 1;
    this.#attempts.set(kind, count);
    return count;
  }
}

function operationOf(method: string, path: string, query: Occasion['query']): Operation {
  if (!/^\/[^/]+\/./.test(path)) return 'bucket';
  const ofUpload = query['uploadId'] !== undefined;
  switch (method) {
    case 'PUT':
      return ofUpload ? 'part' : 'put';
    case 'POST':
      return ofUpload ? 'complete' : query['uploads'] === undefined ? 'other' : 'create';
    case 'GET':
      return ofUpload ? 'list-parts' : 'get';
    case 'DELETE':
      return ofUpload ? 'abort' : 'delete';
    case 'HEAD':
      return 'head';
    default:
      return 'other';
  }
}
