import { STATUS_CODES } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Fault, HeaderValues } from './fault.ts';
import { collected } from './flow.ts';

/** An answer on its way to the client. */
export interface Answer {
  readonly status: number;
  readonly reason: string;
  /** Names and values in turns, as they are on the wire. */
  readonly headers: readonly string[];
  /** Null where HTTP allows none or none is announced. */
  readonly body: AsyncIterable<Buffer> | null;
  /** As announced; null where no length is. */
  readonly bodyBytes: number | null;
}

type Rewrite = Extract<Fault, { kind: 'rewrite' }>;
type OwnAnswer = Extract<Fault, { kind: 'answer' }>;

/** The server's answer as it came. */
export function answerOf(response: IncomingMessage, method: string): Answer {
  const status = response.statusCode ?? 0;
  const length = response.headers['content-length'];
  const hasBody = method !== 'HEAD' && status !== 204 && status !== 304 && length !== '0';
  return {
    status,
    reason: response.statusMessage ?? '',
    headers: response.rawHeaders,
    body: hasBody ? response.iterator({ destroyOnReturn: false }) : null,
    bodyBytes: length === undefined ? null : Number(length),
  };
}

/** The server's answer with changes. The body is read whole where it is changed. */
export async function rewritten(answer: Answer, rewrite: Rewrite): Promise<Answer> {
  const { status = answer.status, set = {}, remove = [], body } = rewrite;
  const reason = status === answer.status ? answer.reason : (STATUS_CODES[status] ?? '');
  const dropped = [...remove, ...Object.keys(set)];
  const headers = [...without(answer.headers, dropped), ...Object.entries(set).flat()];
  if (body === undefined) return { ...answer, status, reason, headers };
  const before = answer.body === null ? Buffer.alloc(0) : await collected(answer.body);
  const after = typeof body === 'string' ? body : body(before.toString('utf8'));
  return withBody({ status, reason, headers }, Buffer.from(after));
}

/** An answer that no server gave. */
export function ownAnswer({ status, headers = {}, body = '' }: OwnAnswer, method: string): Answer {
  const reason = STATUS_CODES[status] ?? '';
  const answer = withBody({ status, reason, headers: flat(headers) }, Buffer.from(body));
  return method === 'HEAD' ? { ...answer, body: null } : answer;
}

/** The bytes of an answer as they go over the wire, and an end to the connection after them. */
export async function serialised(answer: Answer): Promise<Buffer> {
  const body = answer.body === null ? Buffer.alloc(0) : await collected(answer.body);
  const unframed = without(answer.headers, ['connection', 'keep-alive', 'transfer-encoding']);
  const framed = answer.body === null ? unframed : withLength(unframed, body.length);
  const lines = [`HTTP/1.1 ${answer.status} ${answer.reason}`];
  for (let at = 0; at < framed.length; at += 2) lines.push(`${framed[at] ?? ''}: ${framed[at + 1] ?? ''}`);
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\nConnection: close\r\n\r\n`, 'latin1'), body]);
}

function withBody(head: Pick<Answer, 'status' | 'reason' | 'headers'>, bytes: Buffer): Answer {
  const headers = withLength(without(head.headers, ['transfer-encoding']), bytes.length);
  return {
    ...head,
    headers,
    body: bytes.length === 0 ? null : once(bytes),
    bodyBytes: bytes.length,
  };
}

function withLength(headers: readonly string[], bytes: number): string[] {
  return [...without(headers, ['content-length']), 'Content-Length', String(bytes)];
}

function without(headers: readonly string[], names: readonly string[]): string[] {
  const dropped = new Set(names.map((name) => name.toLowerCase()));
  const isKept = (at: number): boolean => !dropped.has((headers[at - (at % 2)] ?? '').toLowerCase());
  return headers.filter((_, at) => isKept(at));
}

function flat(headers: HeaderValues): string[] {
  return Object.entries(headers).flat();
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  await Promise.resolve();
  yield bytes;
}
