import { afterEach, describe, expect, test } from 'vitest';
import { failure, rehearseFirst, replyTo } from '../../servers/fault-proxy/rehearsal.ts';
import type { Rehearsal } from '../../servers/fault-proxy/rehearsal.ts';

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const BODY = Buffer.alloc(300_000, 'sandglass');

async function first(...given: Parameters<typeof rehearseFirst>): Promise<Rehearsal> {
  const rehearsal = await rehearseFirst(...given);
  closing.push(rehearsal.close);
  return rehearsal;
}

async function expectUnharmed({ send, received }: Rehearsal): Promise<void> {
  expect(await send({ body: BODY })).toMatchObject({ status: 200, body: 'done' });
  expect(received.at(-1)?.body().equals(BODY)).toBe(true);
}

const isPending = (promise: Promise<unknown>): Promise<boolean> =>
  Promise.race([promise.then(() => false), Promise.resolve(true)]);

describe('An answer of the proxy itself', () => {
  const slowDown = '<Error><Code>SlowDown</Code></Error>';

  test('takes the body in and tells the server nothing', async () => {
    const headers = { 'x-amz-request-id': 'r1' };
    const rehearsal = await first({ kind: 'answer', status: 503, headers, body: slowDown });
    const reply = await rehearsal.send({ body: BODY });
    expect(reply).toMatchObject({ status: 503, body: slowDown, headers });
    expect(rehearsal.received).toHaveLength(0);
    expect(rehearsal.proxy.ledger.log[0]).toMatchObject({
      status: 503,
      forwardedBytes: 0,
      faults: ['answer'],
    });
    await expectUnharmed(rehearsal);
  });

  test('comes before the body where it is not to be taken in', async () => {
    const rehearsal = await first({ kind: 'answer', status: 403, drained: false });
    const outgoing = rehearsal.begin({ headers: { 'Content-Length': '10' } });
    outgoing.write('half');
    expect((await replyTo(outgoing)).status).toBe(403);
    outgoing.end(' more.');
    await expectUnharmed(rehearsal);
  });

  test('waits for the body where it is to be taken in', async () => {
    const { begin, proxy } = await first({ kind: 'answer', status: 403 });
    const outgoing = begin({ headers: { 'Content-Length': '10' } });
    const reply = replyTo(outgoing);
    outgoing.write('half');
    await expect.poll(() => proxy.ledger.log.length).toBe(1);
    expect(await isPending(reply)).toBe(true);
    outgoing.end(' more.');
    expect((await reply).status).toBe(403);
  });

  test('lets the body come where the client asks first', async () => {
    const { begin } = await first({ kind: 'answer', status: 503 });
    const outgoing = begin({ headers: { Expect: '100-continue', 'Content-Length': '4' } });
    outgoing.once('continue', () => outgoing.end('body'));
    outgoing.flushHeaders();
    expect((await replyTo(outgoing)).status).toBe(503);
  });
});

describe('A rewritten answer', () => {
  test('has another status, other headers and another body, and the server has done its work', async () => {
    const rehearsal = await first({
      kind: 'rewrite',
      status: 500,
      set: { 'x-new': 'here', etag: '"other"' },
      body: (body) => `${body}, but changed`,
    });
    const reply = await rehearsal.send({ body: BODY });
    expect(reply).toMatchObject({ status: 500, body: 'done, but changed' });
    expect(reply.headers).toMatchObject({ etag: '"other"', 'x-new': 'here', 'content-length': '17' });
    expect(await rehearsal.received[0]?.ended).toBe('whole');
    await expectUnharmed(rehearsal);
  });

  test('loses the headers that are to be removed and keeps the rest', async () => {
    const rehearsal = await first({ kind: 'rewrite', remove: ['etag'] });
    const reply = await rehearsal.send({ body: BODY });
    expect(reply).toMatchObject({ status: 200, body: 'done' });
    expect(reply.headers).not.toHaveProperty('etag');
    expect(reply.headers).toHaveProperty('date');
    await expectUnharmed(rehearsal);
  });

  test('may have no body any more', async () => {
    const { send } = await first({ kind: 'rewrite', body: '' });
    expect(await send({ body: BODY })).toMatchObject({
      status: 200,
      body: '',
      headers: { 'content-length': '0' },
    });
  });
});

describe('A swallowed answer', () => {
  test('never comes, though the server has done its work', async () => {
    const rehearsal = await first({ kind: 'swallow' });
    expect(await failure(rehearsal.send({ body: BODY }))).toBe('ECONNRESET');
    expect(await rehearsal.received[0]?.ended).toBe('whole');
    expect(rehearsal.received[0]?.body().equals(BODY)).toBe(true);
    expect(rehearsal.proxy.ledger.log[0]).toMatchObject({ outcome: 'cut', status: null });
    await expectUnharmed(rehearsal);
  });
});
