import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HttpSender } from '../../../src/main/platform/http-sender.ts';
import { SILENCE } from '../../../src/main/upload/retry-policy.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const CHUNK = Buffer.alloc(64 * 1024, 'x');
const PATIENT = { connectMs: 2_000, idleMs: 10_000 };
/** Long enough for a loopback, short enough for a test. */
const HASTY = { connectMs: 2_000, idleMs: 80 };
const never = new AbortController().signal;

let server: Server;
let handler: Handler;
let url: string;
let senders: HttpSender[];
const heard = vi.fn<(date: string | null | undefined) => boolean>(() => false);

beforeEach(async () => {
  senders = [];
  heard.mockClear();
  handler = taking({ etag: '"e"' });
  server = createServer((request, response) => {
    handler(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/films/k?X-Amz-Signature=5161`;
});

afterEach(async () => {
  vi.useRealTimers();
  for (const sender of senders) sender.drop();
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
});

function taking(headers: Record<string, string>, status = 200, body = ''): Handler {
  return (request, response) => {
    request.resume().on('end', () => {
      response.writeHead(status, headers).end(body);
    });
  };
}

function sender(patience = PATIENT): HttpSender {
  const made = new HttpSender({ asking: () => heard }, patience);
  senders.push(made);
  return made;
}

const request = (length: number) => ({ url, headers: { 'content-length': `${length}` }, bucket: 'films' });
const put = (to: HttpSender, chunks: readonly Buffer[] = [CHUNK], signal = never) =>
  to.put(request(chunks.reduce((sum, { length }) => sum + length, 0)), chunks, signal);

describe('a body that is sent', () => {
  it('arrives whole, with the headers that were signed and by PUT', async () => {
    const arrived = Promise.withResolvers<readonly [string | undefined, string | undefined, number]>();
    handler = (incoming, response) => {
      let bytes = 0;
      incoming.on('data', (chunk: Buffer) => (bytes += chunk.length));
      incoming.on('end', () => {
        arrived.resolve([incoming.method, incoming.headers['content-length'], bytes]);
        response.writeHead(200, { etag: '"e"' }).end();
      });
    };
    expect(await put(sender(), [CHUNK, CHUNK, CHUNK])).toEqual({ etag: '"e"', encrypted: false });
    expect(await arrived.promise).toEqual(['PUT', `${3 * CHUNK.length}`, 3 * CHUNK.length]);
  });

  it('may be empty', async () => {
    expect(await put(sender(), [])).toMatchObject({ etag: '"e"' });
  });

  it.each<readonly [string, Record<string, string>, boolean]>([
    ['by nobody', {}, false],
    ['with S3’s own keys', { 'x-amz-server-side-encryption': 'AES256' }, false],
    ['by KMS', { 'x-amz-server-side-encryption': 'aws:kms' }, true],
    ['by KMS twice', { 'x-amz-server-side-encryption': 'aws:kms:dsse' }, true],
    ['with a customer’s key', { 'x-amz-server-side-encryption-customer-algorithm': 'AES256' }, true],
  ])('and encrypted %s is told so', async (_how, headers, encrypted) => {
    handler = taking({ etag: '"e"', ...headers });
    expect(await put(sender())).toEqual({ etag: '"e"', encrypted });
  });

  it('is not taken as arrived where no ETag is named', async () => {
    handler = taking({ 'x-amz-request-id': 'TX1' });
    await expect(put(sender())).rejects.toMatchObject({ code: 'refused', retryable: true, requestId: 'TX1' });
  });

  it('is refused in S3’s words, and the clock is told the server’s time', async () => {
    const date = 'Wed, 01 Jul 2026 12:00:00 GMT';
    handler = taking({ date }, 503, '<Error><Code>SlowDown</Code><RequestId>TX2</RequestId></Error>');
    await expect(put(sender())).rejects.toMatchObject({ code: 'server-busy', requestId: 'TX2' });
    expect(heard.mock.calls).toEqual([[date]]);
  });

  it('whose own error stops it is told by that', async () => {
    const failing = (async function* () {
      yield CHUNK;
      await Promise.reject(Object.assign(new Error('The file has gone.'), { name: 'AbortError' }));
    })();
    await expect(sender().put(request(2 * CHUNK.length), failing, never)).rejects.toThrow(
      'The file has gone.',
    );
  });
});

describe('a line that falls silent', () => {
  const silent = {
    code: 'connection-lost',
    retryable: true,
    message: expect.stringContaining('silent') as string,
    cause: { name: SILENCE },
  };

  it('is given up where no answer comes', async () => {
    handler = (incoming) => incoming.resume();
    await expect(put(sender(HASTY))).rejects.toMatchObject(silent);
  });

  it('is given up where the server takes nothing of the body any more', async () => {
    handler = () => undefined;
    const endless = Array.from({ length: 1_000 }, () => CHUNK);
    await expect(put(sender(HASTY), endless)).rejects.toMatchObject(silent);
  });

  it('is given up where an answer begins and never ends', async () => {
    handler = (incoming, response) => {
      incoming.resume().on('end', () => {
        response.writeHead(200, { etag: '"e"', 'content-length': '10' });
        response.write('half');
      });
    };
    await expect(put(sender(HASTY))).rejects.toMatchObject(silent);
  });

  it('is not given up while something moves, however long it takes in all', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const slow = function* () {
      for (let chunk = 0; chunk < 8; chunk++) {
        vi.advanceTimersByTime(HASTY.idleMs - 1);
        yield CHUNK;
      }
    };
    await expect(sender(HASTY).put(request(8 * CHUNK.length), slow(), never)).resolves.toMatchObject({
      etag: '"e"',
    });
  });

  it('is not what a body is that keeps itself to a speed', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const throttled = function* () {
      yield CHUNK;
      vi.advanceTimersByTime(2 * HASTY.idleMs);
      yield CHUNK;
    };
    await expect(sender(HASTY).put(request(2 * CHUNK.length), throttled(), never)).resolves.toBeDefined();
  });
});

describe('a connection', () => {
  it('that cannot be made is told as such', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as AddressInfo;
    closed.close();
    await once(closed, 'close');
    const nowhere = { ...request(0), url: `http://127.0.0.1:${port}/k?X-Amz-Signature=5161` };
    const error: unknown = await sender()
      .put(nowhere, [], never)
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'unreachable', retryable: true });
    expect(String(error)).not.toContain('5161');
  });

  it('that is reset is lost, and the part may be sent again', async () => {
    handler = (incoming) => {
      incoming.socket.destroy();
    };
    await expect(put(sender())).rejects.toMatchObject({ code: 'connection-lost', retryable: true });
  });

  it('that is stopped ends with the reason of the stop', async () => {
    const stop = new AbortController();
    handler = () => {
      stop.abort();
    };
    await expect(put(sender(), [CHUNK], stop.signal)).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('that is dropped ends what is under way, and the next request makes another', async () => {
    const own = sender();
    handler = () => {
      own.drop();
    };
    await expect(put(own)).rejects.toMatchObject({ code: 'connection-lost', retryable: true });
    handler = taking({ etag: '"again"' });
    expect(await put(own)).toMatchObject({ etag: '"again"' });
  });

  it('that is idle is closed at the end', async () => {
    const own = sender();
    await put(own);
    await expect(own.close()).resolves.toBeUndefined();
  });
});
