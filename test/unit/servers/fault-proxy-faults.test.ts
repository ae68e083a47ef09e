import { afterEach, describe, expect, test } from 'vitest';
import { HandClock } from '../../servers/fault-proxy/clock.ts';
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

describe('A delay', () => {
  test('holds the request back until its time is over', async () => {
    const clock = new HandClock();
    const rehearsal = await first({ kind: 'delay', way: 'request', ms: 60_000 }, { clock });
    const reply = rehearsal.send({ body: BODY });
    await clock.sleeping();
    clock.advance(59_999);
    expect(await isPending(reply)).toBe(true);
    expect(rehearsal.received).toHaveLength(0);
    clock.advance(1);
    expect((await reply).status).toBe(200);
    await expectUnharmed(rehearsal);
  });

  test('holds the answer back until its gate opens, and the server has done its work before', async () => {
    const gate = Promise.withResolvers<undefined>();
    const rehearsal = await first({ kind: 'delay', way: 'answer', until: gate.promise });
    const reply = rehearsal.send({ body: BODY });
    await expect.poll(() => rehearsal.received.length).toBe(1);
    expect(await rehearsal.received[0]?.ended).toBe('whole');
    expect(await isPending(reply)).toBe(true);
    gate.resolve(undefined);
    expect(await reply).toMatchObject({ status: 200, body: 'done' });
    await expectUnharmed(rehearsal);
  });
});

describe('A stall', () => {
  test('takes so many bytes and no more until its gate opens', async () => {
    const gate = Promise.withResolvers<undefined>();
    const rehearsal = await first({ kind: 'stall', afterBodyBytes: 1000, until: gate.promise });
    const reply = rehearsal.send({ body: BODY });
    await expect.poll(() => rehearsal.received[0]?.body().length).toBe(1000);
    expect(await isPending(reply)).toBe(true);
    gate.resolve(undefined);
    expect((await reply).status).toBe(200);
    expect(rehearsal.received[0]?.body().equals(BODY)).toBe(true);
    await expectUnharmed(rehearsal);
  });

  test('of a request without a body keeps it from the server', async () => {
    const gate = Promise.withResolvers<undefined>();
    const { proxy, send, received } = await first({ kind: 'stall', until: gate.promise });
    const reply = send({ method: 'POST', path: '/bucket/key?uploads' });
    await expect.poll(() => proxy.ledger.requests('create')).toBe(1);
    expect(received).toHaveLength(0);
    gate.resolve(undefined);
    expect((await reply).status).toBe(200);
  });

  test('stops a large body in the client, and ends when the client leaves', async () => {
    const rehearsal = await first({ kind: 'stall', afterBodyBytes: 10 });
    const large = Buffer.alloc(32 * 1024 ** 2);
    const outgoing = rehearsal.begin({ headers: { 'Content-Length': String(large.length) } });
    let isWritten = false;
    outgoing.write(large, () => (isWritten = true));
    const gone = failure(replyTo(outgoing));
    await expect.poll(() => rehearsal.proxy.ledger.log[0]?.forwardedBytes).toBe(10);
    expect(isWritten).toBe(false);
    expect(rehearsal.proxy.ledger.log[0]?.outcome).toBeNull();
    outgoing.destroy();
    await gone;
    await expect.poll(() => rehearsal.proxy.ledger.log[0]?.outcome).toBe('client gone');
    await expect.poll(() => rehearsal.proxy.ledger.connections.open).toBe(0);
    expect(await rehearsal.received[0]?.ended).toBe('cut');
    await expectUnharmed(rehearsal);
  });
});

describe('A slow loris', () => {
  test('gives the answer away byte by byte, the head too', async () => {
    const clock = new HandClock();
    const rehearsal = await first({ kind: 'trickle', everyMs: 1000 }, { clock });
    const outgoing = rehearsal.begin();
    let bytes = 0;
    outgoing.once('socket', (socket) => {
      socket.on('data', (chunk: Buffer) => (bytes += chunk.length));
    });
    const reply = replyTo(outgoing);
    outgoing.end('x');
    for (let expected = 1; expected <= 3; expected += 1) {
      await clock.sleeping();
      clock.advance(1000);
      await expect.poll(() => bytes).toBe(expected);
    }
    while (rehearsal.proxy.ledger.log[0]?.outcome === null) {
      await clock.sleeping();
      clock.advance(1000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await reply).toMatchObject({ status: 200, body: 'done', headers: { etag: '"etag"' } });
    await expectUnharmed(rehearsal);
  });
});

describe('A reset', () => {
  test('in the request strikes after so many bytes, on both sides', async () => {
    const rehearsal = await first({ kind: 'reset', way: 'request', afterBodyBytes: 1000 });
    expect(await failure(rehearsal.send({ body: BODY }))).toBe('ECONNRESET');
    await expect.poll(() => rehearsal.received.length).toBe(1);
    expect(await rehearsal.received[0]?.ended).toBe('cut');
    expect(rehearsal.received[0]?.body()).toHaveLength(1000);
    expect(rehearsal.proxy.ledger.log[0]).toMatchObject({ outcome: 'cut', status: null, faults: ['reset'] });
    await expectUnharmed(rehearsal);
  });

  test('behind the end of a body strikes before its last byte', async () => {
    const rehearsal = await first({ kind: 'reset', way: 'request', afterBodyBytes: 1e9 });
    expect(await failure(rehearsal.send({ body: BODY }))).toBe('ECONNRESET');
    await expect.poll(() => rehearsal.received.length).toBe(1);
    expect(await rehearsal.received[0]?.ended).toBe('cut');
    expect(rehearsal.received[0]?.body()).toHaveLength(BODY.length - 1);
    await expectUnharmed(rehearsal);
  });

  test('in a request without a body keeps it from the server', async () => {
    const rehearsal = await first({ kind: 'reset', way: 'request', afterBodyBytes: 5 });
    const { send, received } = rehearsal;
    expect(await failure(send({ method: 'POST', path: '/bucket/key?uploads' }))).toBe('ECONNRESET');
    expect(received).toHaveLength(0);
    expect((await send({ method: 'POST', path: '/bucket/key?uploads' })).status).toBe(200);
  });

  test('in the answer lets its head and so many bytes pass', async () => {
    const rehearsal = await first({ kind: 'reset', way: 'answer', afterBodyBytes: 2 });
    const outgoing = rehearsal.begin();
    const heard = new Promise<string>((resolve) => {
      outgoing.once('response', (answer) => {
        let body = '';
        answer.on('data', (chunk: Buffer) => (body += chunk.toString()));
        answer.once('error', (error: NodeJS.ErrnoException) => {
          resolve(`${answer.statusCode ?? 0} ${body} ${error.code ?? ''}`);
        });
      });
    });
    outgoing.on('error', () => undefined);
    outgoing.end(BODY);
    expect(await heard).toBe('200 do ECONNRESET');
    expect(await rehearsal.received[0]?.ended).toBe('whole');
    expect(rehearsal.proxy.ledger.log[0]).toMatchObject({ outcome: 'cut', status: 200 });
    await expectUnharmed(rehearsal);
  });

  test('in an answer without a body leaves nothing of it', async () => {
    const fault = { kind: 'reset', way: 'answer' } as const;
    const { send, received } = await first(fault, {}, (incoming, outgoing) => {
      incoming.once('end', () => outgoing.setHeader('Content-Length', 0).end());
    });
    expect(await failure(send({ body: BODY }))).toBe('ECONNRESET');
    expect(await received[0]?.ended).toBe('whole');
    expect((await send({ body: BODY })).status).toBe(200);
  });
});

describe('A truncation', () => {
  test('of the request shows the server its end too early, and the client what the server says to it', async () => {
    const rehearsal = await first({ kind: 'truncate', way: 'request', afterBodyBytes: 1000 });
    expect((await rehearsal.send({ body: BODY })).status).toBe(400);
    expect(await rehearsal.received[0]?.ended).toBe('cut');
    expect(rehearsal.received[0]?.body()).toHaveLength(1000);
    await expectUnharmed(rehearsal);
  });

  test('of the answer ends the connection in the middle of its body', async () => {
    const rehearsal = await first({ kind: 'truncate', way: 'answer', afterBodyBytes: 3 });
    expect(await failure(rehearsal.send({ body: BODY }))).toBe('ECONNRESET');
    expect(rehearsal.proxy.ledger.log[0]).toMatchObject({ outcome: 'cut', status: 200 });
    expect(await rehearsal.received[0]?.ended).toBe('whole');
    await expectUnharmed(rehearsal);
  });
});

describe('A flip', () => {
  test('changes one bit and nothing else', async () => {
    const rehearsal = await first({ kind: 'flip', atByte: 200_000 });
    const before = Buffer.from(BODY);
    expect((await rehearsal.send({ body: BODY })).status).toBe(200);
    const expected = Buffer.from(before);
    expected.writeUInt8(before.readUInt8(200_000) ^ 1, 200_000);
    expect(rehearsal.received[0]?.body().equals(expected)).toBe(true);
    expect(BODY.equals(before)).toBe(true);
    await expectUnharmed(rehearsal);
  });

  test('behind the end of a body changes its last byte', async () => {
    const { send, received } = await first({ kind: 'flip', atByte: 1e9 });
    await send({ body: 'abc' });
    expect(received[0]?.body().toString()).toBe('abb');
  });
});

describe('Several faults', () => {
  test('work together on one request', async () => {
    const gate = Promise.withResolvers<undefined>();
    const rehearsal = await first([
      { kind: 'flip', atByte: 0 },
      { kind: 'delay', way: 'answer', until: gate.promise },
      { kind: 'swallow' },
    ]);
    const lost = failure(rehearsal.send({ body: 'abc' }));
    await expect.poll(() => rehearsal.received[0]?.body().toString()).toBe('`bc');
    gate.resolve(undefined);
    expect(await lost).toBe('ECONNRESET');
    await expectUnharmed(rehearsal);
  });
});
