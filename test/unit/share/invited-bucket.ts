import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CredentialSource } from '../../../src/main/credentials/credentials.ts';
import { History } from '../../../src/main/history/history.ts';
import { Links } from '../../../src/main/share/links.ts';
import { bucketLocation } from '../../../src/main/signing/location.ts';
import { ServerClock } from '../../../src/main/signing/server-clock.ts';

export const NOON = Date.UTC(2026, 6, 1, 12);
export const LIFE = { kind: 'seconds', seconds: 3600 } as const;
export const DAY = { kind: 'seconds', seconds: 86_400 } as const;

/** A bucket that answers as it is told, whoever asks, and a history of its own. */
export class InvitedBucket {
  readonly time = { now: NOON };
  readonly keys = { accessKeyId: 'AKIACANARY', secretAccessKey: 'canary/secret' };
  /** Bytes by key. */
  readonly objects = new Map<string, number>();
  /** When each was uploaded, in milliseconds; noon where nothing is said. */
  readonly uploadedAt = new Map<string, number>();
  /** The mark that the upload gave an object, by key. */
  readonly marks = new Map<string, string>();
  /** Answers every request with this status where it is set. */
  refusal: number | null = null;
  readonly asked: string[] = [];
  readonly history: History;
  readonly links: Links;
  readonly #folder = mkdtempSync(join(tmpdir(), 'sandglass-invitations-'));
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server.on('request', (request, answer) => {
      answer.sendDate = false;
      const { status, headers = {}, body } = this.#answer(request);
      answer.writeHead(status, { date: new Date(this.time.now).toUTCString(), ...headers }).end(body);
    });
    this.history = History.open(join(this.#folder, 'history.db'));
    const clock = new ServerClock({ now: () => this.time.now });
    this.links = new Links({
      ...{ shelf: this.history, clock, sourceOf: () => this.source },
      locator: {
        locate: (bucket, endpoint) => Promise.resolve(bucketLocation(bucket, endpoint, 'us-east-1')),
        forget: () => Promise.resolve(),
      },
      probe: { open: () => Promise.reject(new Error('Nothing here is tried.')) },
    });
  }

  static async open(): Promise<InvitedBucket> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new InvitedBucket(server);
  }

  get source(): CredentialSource {
    const { keys } = this;
    return {
      origin: { kind: 'account', name: 'mine' },
      resolve: () => Promise.resolve({ ...keys }),
      forget: () => undefined,
    };
  }

  get destination() {
    const { port } = this.#server.address() as AddressInfo;
    return { bucket: 'films', endpoint: { url: `http://127.0.0.1:${port}` }, source: this.source };
  }

  async close(): Promise<void> {
    this.history.close();
    rmSync(this.#folder, { recursive: true });
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer({ method, url = '' }: IncomingMessage): {
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
  } {
    const { pathname, searchParams } = new URL(url, 'http://films');
    const key = decodeURIComponent(pathname.replace(/^\/films\/?/, ''));
    this.asked.push(`${method ?? ''} ${key}`);
    if (this.refusal !== null) return { status: this.refusal };
    if (method === 'DELETE') {
      this.objects.delete(key);
      return { status: 204 };
    }
    if (method === 'GET') {
      const prefix = searchParams.get('prefix') ?? '';
      const found = [...this.objects].filter(([name]) => name.startsWith(prefix));
      const contents = found.map(
        ([name, size]) => `<Contents><Key>${name}</Key><Size>${size}</Size></Contents>`,
      );
      return { status: 200, body: `<ListBucketResult>${contents.join('')}</ListBucketResult>` };
    }
    const size = this.objects.get(key);
    if (size === undefined) return { status: 404 };
    const uploaded = new Date(this.uploadedAt.get(key) ?? NOON).toUTCString();
    const headers = { 'content-length': String(size), etag: `"${size} bytes"`, 'last-modified': uploaded };
    const mark = this.marks.get(key);
    const marked = mark === undefined ? {} : { 'x-amz-meta-sandglass-upload': mark };
    return { status: 200, headers: { ...headers, ...marked } };
  }
}
