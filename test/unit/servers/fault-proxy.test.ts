import { once } from 'node:events';
import { afterEach, describe, expect, test } from 'vitest';
import { PART, failure, rehearse, replyTo } from '../../servers/fault-proxy/rehearsal.ts';
import type { Rehearsal } from '../../servers/fault-proxy/rehearsal.ts';

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function start(...given: Parameters<typeof rehearse>): Promise<Rehearsal> {
  const rehearsal = await rehearse(...given);
  closing.push(rehearsal.close);
  return rehearsal;
}

const BODY = Buffer.alloc(300_000, 'sandglass');

describe('A request that nothing happens to', () => {
  test('arrives as it was sent, Host included, and its answer comes back as it was given', async () => {
    const { proxy, received, send } = await start();
    const reply = await send({ body: BODY, headers: { 'X-Amz-Meta-Note': 'kept' } });
    expect(reply).toMatchObject({ status: 200, body: 'done', headers: { etag: '"etag"' } });
    expect(received[0]).toMatchObject({ method: 'PUT', url: PART });
    expect(received[0]?.body().equals(BODY)).toBe(true);
    expect(received[0]?.headers).toMatchObject({
      host: new URL(proxy.endpoint).host,
      'x-amz-meta-note': 'kept',
    });
  });

  test('gains no header on its way', async () => {
    const { received, begin } = await start();
    const outgoing = begin({ method: 'GET' });
    const names = outgoing.getRawHeaderNames().map((name) => name.toLowerCase());
    const reply = replyTo(outgoing);
    outgoing.end();
    await reply;
    expect(Object.keys(received[0]?.headers ?? {}).sort()).toEqual([...names, 'connection'].sort());
  });

  test('arrives chunked where it was sent chunked, and empty where it has no body', async () => {
    const { received, begin, send } = await start();
    const outgoing = begin();
    const reply = replyTo(outgoing);
    outgoing.write('in ');
    outgoing.end('pieces');
    await reply;
    expect(received[0]?.headers).toMatchObject({ 'transfer-encoding': 'chunked' });
    expect(received[0]?.body().toString()).toBe('in pieces');
    await send({ method: 'POST', path: '/bucket/key?uploads' });
    expect(received[1]?.headers['transfer-encoding']).toBeUndefined();
    expect(received[1]?.body()).toHaveLength(0);
  });

  test('a HEAD keeps the length that it is answered with', async () => {
    const { send } = await start({}, (_, outgoing) => outgoing.setHeader('Content-Length', 12).end());
    expect(await send({ method: 'HEAD' })).toMatchObject({ headers: { 'content-length': '12' }, body: '' });
  });

  test('shares connections with the requests before it, on either side', async () => {
    const { proxy, send, serverConnections } = await start();
    for (let requests = 0; requests < 15; requests += 1) await send({ body: BODY });
    expect(proxy.ledger.connections).toEqual({ opened: 1, open: 1 });
    expect(proxy.ledger.log.at(-1)).toMatchObject({ connection: 1, requestOnConnection: 15, attempt: 15 });
    expect(serverConnections()).toBe(1);
  });

  test('is answered before its body is there where the server does not wait for it', async () => {
    const { begin, send, proxy } = await start({}, (_, outgoing) => outgoing.writeHead(403).end('no'));
    const outgoing = begin({ headers: { 'Content-Length': String(BODY.length) } });
    outgoing.write(BODY.subarray(0, 10));
    expect(await replyTo(outgoing)).toMatchObject({ status: 403, body: 'no' });
    expect(proxy.ledger.log[0]).toMatchObject({ outcome: 'answered', status: 403 });
    outgoing.end(BODY.subarray(10));
    expect(await send({ body: BODY })).toMatchObject({ status: 403 });
  });

  test('sends its body only when the server has said to continue, where it asks', async () => {
    const { begin, received } = await start();
    const outgoing = begin({ headers: { Expect: '100-continue', 'Content-Length': '4' } });
    outgoing.flushHeaders();
    await once(outgoing, 'continue');
    expect(received[0]?.body()).toHaveLength(0);
    const reply = replyTo(outgoing);
    outgoing.end('body');
    expect((await reply).status).toBe(200);
    expect(received[0]?.body().toString()).toBe('body');
  });

  test('ends with its connection where the server is not there', async () => {
    const { proxy, send } = await start({ server: 'http://127.0.0.1:1' } as object);
    expect(await failure(send({ body: 'x' }))).toBe('ECONNRESET');
    expect(proxy.ledger.log[0]).toMatchObject({ outcome: 'server gone', status: null });
  });

  test('ends at the server too where its client leaves', async () => {
    const { proxy, begin, received } = await start();
    const outgoing = begin({ headers: { 'Content-Length': '1000' } });
    const gone = failure(replyTo(outgoing));
    outgoing.write('some');
    await expect.poll(() => received[0]?.body().length).toBe(4);
    outgoing.destroy();
    await gone;
    expect(await received[0]?.ended).toBe('cut');
    await expect.poll(() => proxy.ledger.log[0]?.outcome).toBe('client gone');
    expect(proxy.ledger.connections.open).toBe(0);
  });
});

describe('A chunked request whose client leaves in the middle', () => {
  test('is not taken for whole by the server', async () => {
    const { begin, received } = await start();
    const outgoing = begin();
    const gone = failure(replyTo(outgoing));
    outgoing.write('some');
    await expect.poll(() => received[0]?.body().length).toBe(4);
    outgoing.destroy();
    await gone;
    expect(await received[0]?.ended).toBe('cut');
  });
});

describe('The books of the proxy', () => {
  test('tell operations apart, count attempts for each, and keep nothing of the signature', async () => {
    const { proxy, send } = await start();
    const requests = [
      ['POST', '/b/k?uploads'],
      ['PUT', '/b/k?partNumber=1&uploadId=u&X-Amz-Signature=s&X-Amz-Credential=c&X-Amz-Security-Token=t'],
      ['PUT', '/b/k?partNumber=2&uploadId=u&x-amz-signature=s'],
      ['PUT', '/b/k?partNumber=1&uploadId=u'],
      ['GET', '/b/k?uploadId=u'],
      ['POST', '/b/k?uploadId=u'],
      ['DELETE', '/b/k?uploadId=u'],
      ['PUT', '/b/k'],
      ['HEAD', '/b/k'],
      ['GET', '/b/k'],
      ['DELETE', '/b/k'],
      ['GET', '/b?uploads'],
    ];
    for (const [method = '', path = ''] of requests) await send({ method, path });
    const { ledger } = proxy;
    expect(ledger.log.map(({ operation, attempt }) => `${operation} ${attempt}`)).toEqual([
      ...['create 1', 'part 1', 'part 1', 'part 2', 'list-parts 1', 'complete 1', 'abort 1'],
      ...['put 1', 'head 1', 'get 1', 'delete 1', 'bucket 1'],
    ]);
    expect(ledger.requests('part')).toBe(3);
    expect(ledger.of('part')[0]?.query).toEqual({ partNumber: '1', uploadId: 'u' });
    expect(JSON.stringify(ledger.log)).not.toMatch(/x-amz/i);
  });

  test('count the bytes of each part and of all bodies', async () => {
    const { proxy, send } = await start();
    await send({ body: 'four' });
    await send({ body: 'three', path: '/bucket/key?partNumber=2&uploadId=u' });
    await send({ body: 'more', path: PART });
    await send({ body: 'not a part', path: '/bucket/key' });
    expect([...proxy.ledger.partBytes()]).toEqual([
      [1, 8],
      [2, 5],
    ]);
    expect(proxy.ledger.bytesForwarded).toBe(23);
    expect(proxy.ledger.log.at(-1)).toMatchObject({ bytesSoFar: 13, forwardedBytes: 10, bodyBytes: 10 });
  });

  test('notice the same part twice at once, but not one that follows another', async () => {
    const gate = Promise.withResolvers<undefined>();
    const { proxy, send } = await start({
      fault: ({ attempt }) => (attempt === 2 ? { kind: 'delay', way: 'request', until: gate.promise } : null),
    });
    await send({ body: 'x' });
    const held = send({ body: 'x' });
    await expect.poll(() => proxy.ledger.requests('part')).toBe(2);
    expect(proxy.ledger.doubledParts).toEqual([]);
    await send({ body: 'x', path: '/bucket/key?partNumber=2&uploadId=u' });
    expect(proxy.ledger.doubledParts).toEqual([]);
    await send({ body: 'x' });
    expect(proxy.ledger.doubledParts).toMatchObject([{ partNumber: 1, attempt: 3 }]);
    expect(proxy.ledger.mostAtOnce('part')).toBe(2);
    gate.resolve(undefined);
    await held;
  });

  test('do not take a part for doubled whose first client has left, though nothing was read since', async () => {
    const { proxy, send, begin } = await start({
      fault: ({ attempt }) => (attempt === 1 ? { kind: 'stall', afterBodyBytes: 10 } : null),
    });
    const large = Buffer.alloc(16 * 1024 ** 2);
    const outgoing = begin({ headers: { 'Content-Length': String(large.length) } });
    const gone = failure(replyTo(outgoing));
    outgoing.write(large);
    await expect.poll(() => proxy.ledger.log[0]?.forwardedBytes).toBe(10);
    outgoing.destroy();
    await gone;
    await send({ body: 'x' });
    expect(proxy.ledger.doubledParts).toEqual([]);
  });
});

describe('A proxy that goes away', () => {
  test('refuses connections, has reset those there were, and comes back where it was', async () => {
    const gate = Promise.withResolvers<undefined>();
    const { proxy, send, received } = await start({
      fault: ({ attempt }) => (attempt === 2 ? { kind: 'delay', way: 'answer', until: gate.promise } : null),
    });
    await send({ body: 'x' });
    const underWay = failure(send({ body: 'x' }));
    await expect.poll(() => received.length).toBe(2);
    await proxy.goAway();
    expect(await underWay).toBe('ECONNRESET');
    expect(proxy.ledger.log[1]).toMatchObject({ outcome: 'proxy gone', status: null });
    expect(proxy.ledger.connections.open).toBe(0);
    expect(await failure(send({ body: 'x' }))).toBe('ECONNREFUSED');
    await proxy.comeBack();
    expect((await send({ body: 'x' })).status).toBe(200);
    expect(received).toHaveLength(3);
  });

  test('may go and come twice without harm', async () => {
    const { proxy, send } = await start();
    const { endpoint } = proxy;
    await proxy.goAway();
    await proxy.goAway();
    await proxy.comeBack();
    await proxy.comeBack();
    expect(proxy.endpoint).toBe(endpoint);
    expect((await send({ body: 'x' })).status).toBe(200);
  });
});
