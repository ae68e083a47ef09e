import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { recomputed } from '../../unit/signing/recomputed-signature.ts';

export const KEYS = { accessKeyId: 'AKIASCRIPT', secretAccessKey: 'secret' };

/** How the store tells that a request was signed for another region than its own. */
export interface Refusal {
  readonly status: 301 | 400;
  readonly header?: boolean;
  readonly body: string;
}

/**
 * A store in one region, for what no server at hand can show: it refuses whatever is signed for another region as AWS
 * documents, takes a host's name in the bucket's place, and keeps objects by host and path. Presigned requests are
 * measured by the tests' own recomputation of their signature.
 */
export class RegionalStore {
  /** Every request as `METHOD host/path`, without its query. */
  readonly asked: string[] = [];
  readonly #region: string;
  readonly #refusal: Refusal | null;
  readonly #objects = new Map<string, { body: Buffer; mark: string }>();
  #server: Server | undefined;

  constructor(region: string, refusal: Refusal | null) {
    this.#region = region;
    this.#refusal = refusal;
  }

  /** The port it listens on. */
  async open(): Promise<number> {
    const server = createServer((request, response) => void this.#answer(request, response));
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }

  close(): void {
    this.#server?.close();
  }

  put(place: string, text: string): void {
    this.#objects.set(place, { body: Buffer.from(text), mark: '' });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    const place = `${headers.host?.replace(/:\d+$/, '') ?? ''}${url.split('?')[0] ?? ''}`;
    this.asked.push(`${method} ${place}`);
    const body = await buffer(request);
    const scope = decodeURIComponent(`${url} ${headers.authorization ?? ''}`);
    if (!scope.includes(`/${this.#region}/s3/aws4_request`)) {
      const { status, header, body: words } = this.#refusal ?? { status: 400, body: '' };
      response.writeHead(status, header ? { 'x-amz-bucket-region': this.#region } : {});
      response.end(method === 'HEAD' ? undefined : `<Error>${words}</Error>`);
      return;
    }
    if (url.includes('X-Amz-Signature') && !isSignedRight(request)) {
      response.writeHead(403).end('<Error><Code>SignatureDoesNotMatch</Code></Error>');
      return;
    }
    this.#serve(method, place, body, request, response);
  }

  #serve(
    method: string,
    place: string,
    body: Buffer,
    request: IncomingMessage,
    response: ServerResponse,
  ): void {
    if (method === 'PUT') {
      const mark = String(request.headers['x-amz-meta-sandglass-upload']);
      this.#objects.set(place, { body, mark });
      response.writeHead(200, { etag: '"made-up"' }).end();
      return;
    }
    const found = this.#objects.get(place);
    if (!found) {
      response.writeHead(404).end();
      return;
    }
    const meta = { 'x-amz-meta-sandglass-upload': found.mark };
    if (method === 'HEAD') {
      response.writeHead(200, { 'content-length': found.body.length, ...meta }).end();
    } else if (request.headers.range) {
      const range = { 'content-range': `bytes 0-0/${found.body.length}` };
      response.writeHead(206, range).end(found.body.subarray(0, 1));
    } else {
      response.writeHead(200).end(found.body);
    }
  }
}

function isSignedRight({ method, url = '', headers }: IncomingMessage): boolean {
  const sent = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  const { carried, signature } = recomputed(
    `http://${headers.host ?? ''}${url}`,
    KEYS.secretAccessKey,
    method,
    sent,
  );
  return carried === signature;
}
