import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { describeOnBothServers } from '../../servers/s3-servers.ts';
import type { Fault } from '../../servers/fault-proxy/proxy.ts';
import { MIB, THREE_PARTS } from './line.ts';
import { linesTo, partAttempts, requestsOf, striking } from './lines.ts';

const NEVER = new Promise(() => undefined);

describeOnBothServers('On a line that is slow or silent, an upload', (server) => {
  const lines = linesTo(server);
  // Stands for the minute that the app waits; a whole Ceph on a busy machine needs more than a moment for a part.
  const idleMs = server.kind === 'Ceph RGW' ? 1_500 : 500;

  test('arrives whole where nothing goes wrong, and sends each byte once', async () => {
    const line = await lines.open();
    const path = await line.file();
    await lines.expectWhole(line, await line.share(path), path);
    expect(line.proxy.ledger.bytesForwarded - THREE_PARTS).toBeLessThan(4096);
    expect(requestsOf(line).toSorted()).toEqual(
      ['complete', 'create', 'head', 'part 1', 'part 2', 'part 3'].toSorted(),
    );
  });

  test('takes latency for no trouble', async () => {
    const line = await lines.open(() => ({ kind: 'throttle', oneWayMs: 60 }));
    const path = await line.file();
    await lines.expectWhole(line, await line.share(path), path);
    expect(partAttempts(line)).toEqual({ 1: 1, 2: 1, 3: 1 });
  });

  test('lets a part take many times the idle timeout as long as its bytes move', async () => {
    // A hundred milliseconds for each chunk of 256 KiB: a part of 8 MiB takes more than three seconds.
    const throttle = { pass: (_: number, signal: AbortSignal) => wait(100, undefined, { signal }) };
    const line = await lines.open({ idleMs, throttle });
    const path = await line.file();
    const began = performance.now();
    await lines.expectWhole(line, await line.share(path), path);
    expect(performance.now() - began).toBeGreaterThan(2 * idleMs);
    expect(partAttempts(line)).toEqual({ 1: 1, 2: 1, 3: 1 });
  });

  const silences: Readonly<Record<string, Fault>> = {
    'whose body stalls at its beginning': { kind: 'stall' },
    'whose body stalls in the middle': { kind: 'stall', afterBodyBytes: 3 * MIB },
    'whose answer is withheld': { kind: 'delay', way: 'answer', until: NEVER },
    'that is answered one byte at a time': { kind: 'trickle', everyMs: 200 },
  };
  for (const [what, fault] of Object.entries(silences)) {
    test(`sends a part again ${what}`, async () => {
      const line = await lines.open({ idleMs, fault: striking('part', fault, { part: 2 }) });
      const path = await line.file();
      await lines.expectWhole(line, await line.share(path), path);
      expect(partAttempts(line)).toEqual({ 1: 1, 2: 2, 3: 1 });
    });

    test(`sends a small file again ${what}`, async () => {
      const line = await lines.open({ idleMs, fault: striking('put', fault) });
      const path = await line.file(4 * MIB);
      await lines.expectWhole(line, await line.share(path), path);
      expect(line.proxy.ledger.requests('put')).toBe(2);
    });
  }

  test('waits where every attempt at a part stalls, says why, and goes on once the line is better', async () => {
    let stalls = true;
    const line = await lines.open({
      idleMs,
      fault: ({ operation, partNumber }) =>
        stalls && operation === 'part' && partNumber === 2 ? { kind: 'stall', afterBodyBytes: MIB } : null,
    });
    const path = await line.file();
    const share = await line.share(path);
    await share.reaches(/^paused: connection-lost$/);
    stalls = false;
    await lines.expectWhole(line, share, path);
    expect(partAttempts(line)).toEqual({ 1: 1, 2: 7, 3: 1 });
  });
});

describeOnBothServers('Where a connection breaks', (server) => {
  const lines = linesTo(server);
  const breaks: Readonly<Record<string, Fault>> = {
    'is reset at its first byte': { kind: 'reset', way: 'request' },
    'is reset in the middle': { kind: 'reset', way: 'request', afterBodyBytes: 5 * MIB },
    'is reset one byte before its end': { kind: 'reset', way: 'request', afterBodyBytes: 8 * MIB },
    'is truncated': { kind: 'truncate', way: 'request', afterBodyBytes: 5 * MIB },
    'is answered by a reset': { kind: 'reset', way: 'answer' },
    'is answered by the end of the connection': { kind: 'truncate', way: 'answer', afterBodyBytes: 0 },
    'arrives, though its answer is lost': { kind: 'swallow' },
  };
  for (const [what, fault] of Object.entries(breaks)) {
    test(`the same part that ${what} is sent again, and no byte counted twice`, async () => {
      const line = await lines.open(striking('part', fault, { part: 2, attempts: [1, 2] }));
      const path = await line.file();
      await lines.expectWhole(line, await line.share(path), path);
      expect(partAttempts(line)).toEqual({ 1: 1, 2: 3, 3: 1 });
    });
  }

  test('a part that is refused while its bytes still go out is not counted beyond its attempts', async () => {
    const faults = striking(
      'part',
      { kind: 'truncate', way: 'request', afterBodyBytes: MIB },
      { attempts: [1, 2, 3, 4] },
    );
    const line = await lines.open(faults);
    const path = await line.file(33 * MIB);
    await lines.expectWhole(line, await line.share(path), path);
  });

  for (const operation of ['create', 'complete'] as const) {
    for (const fault of [
      { kind: 'reset', way: 'request' },
      { kind: 'reset', way: 'answer', afterBodyBytes: 20 },
      { kind: 'truncate', way: 'answer', afterBodyBytes: 20 },
      { kind: 'swallow' },
    ] as const satisfies readonly Fault[]) {
      test(`the request to ${operation} an upload is sent again after ${describeFault(fault)}`, async () => {
        const line = await lines.open(striking(operation, fault));
        const path = await line.file();
        await lines.expectWhole(line, await line.share(path), path);
        expect(partAttempts(line)).toEqual({ 1: 1, 2: 1, 3: 1 });
      });
    }
  }
});

function describeFault(fault: Fault): string {
  return 'way' in fault ? `${fault.kind} of the ${fault.way}` : fault.kind;
}
