import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import type { ClientRequest, IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startFaultProxy } from './proxy.ts';
import type { Fault, FaultProxy, FaultProxyOptions } from './proxy.ts';

/** A request as it arrived at the server behind the proxy. */
export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** Grows while it arrives. */
  readonly body: () => Buffer;
  /** How the body ended. */
  readonly ended: Promise<'whole' | 'cut'>;
}

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
  readonly signal?: AbortSignal;
}

type Handler = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

/** A plain server, the proxy before it, and a client with connections of its own. */
export interface Rehearsal {
  readonly proxy: FaultProxy;
  readonly received: readonly Received[];
  /** How many connections the server has had. */
  readonly serverConnections: () => number;
  /** Begins a request without its body; the caller ends it. */
  readonly begin: (sent?: Sent) => ClientRequest;
  /** Sends a PUT of part 1 unless told otherwise. @throws Error with a `code` where the connection ends */
  readonly send: (sent?: Sent) => Promise<Reply>;
  readonly close: () => Promise<void>;
}

export const PART = '/bucket/key?partNumber=1&uploadId=u';

/** @param handler answers in place of the usual "done" with an ETag; the body is received in any case */
export async function rehearse(
  options: Omit<FaultProxyOptions, 'server'> = {},
  handler: Handler = answerDone,
): Promise<Rehearsal> {
  const received: Received[] = [];
  let connections = 0;
  const receive: Handler = (incoming, outgoing) => {
    received.push(receipt(incoming));
    handler(incoming, outgoing);
  };
  const server = createServer(receive).on('connection', () => (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const proxy = await startFaultProxy({ server: `http://127.0.0.1:${port}`, ...options });
  const agent = new Agent({ keepAlive: true });
  const begin = ({ method = 'PUT', path = PART, headers = {}, signal }: Sent = {}): ClientRequest =>
    request(proxy.endpoint + path, { method, headers, agent, ...(signal ? { signal } : {}) });
  return {
    proxy,
    received,
    serverConnections: () => connections,
    begin,
    send: (sent = {}) => {
      const outgoing = begin(sent);
      const reply = replyTo(outgoing);
      outgoing.end(sent.body);
      return reply;
    },
    close: async () => {
      agent.destroy();
      await proxy.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The fault strikes the first attempt of each request; the second shows that nothing else is harmed. */
export function rehearseFirst(
  fault: Fault | readonly Fault[],
  options: Omit<FaultProxyOptions, 'server' | 'fault'> = {},
  handler: Handler = answerDone,
): Promise<Rehearsal> {
  return rehearse({ ...options, fault: ({ attempt }) => (attempt === 1 ? fault : null) }, handler);
}

/** @throws Error with a `code` where the connection ends before the whole answer is there */
export async function replyTo(outgoing: ClientRequest): Promise<Reply> {
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
  let body = '';
  for await (const chunk of answer) body += String(chunk);
  return { status: answer.statusCode ?? 0, headers: answer.headers, body };
}

/** How a request fails: the error's code. @throws Error where it does not fail */
export async function failure(reply: Promise<Reply>): Promise<string | undefined> {
  const error = await reply.then(
    ({ status }) => {
      throw new Error(`The request did not fail but was answered: ${status}.`);
    },
    (reason: unknown) => reason as NodeJS.ErrnoException,
  );
  return error.code;
}

function receipt(incoming: IncomingMessage): Received {
  const chunks: Buffer[] = [];
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<'whole' | 'cut'>((resolve) => {
    incoming.once('end', () => {
      resolve('whole');
    });
    incoming.once('error', () => {
      resolve('cut');
    });
  });
  const { method = '', url = '', headers } = incoming;
  return { method, url, headers, body: () => Buffer.concat(chunks), ended };
}

function answerDone(incoming: IncomingMessage, outgoing: ServerResponse): void {
  incoming.once('end', () => {
    outgoing.setHeader('ETag', '"etag"').end(incoming.method === 'HEAD' ? undefined : 'done');
  });
}
