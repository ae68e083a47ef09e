import { expect, test } from 'vitest';
import { describeOnBothServers } from '../../servers/s3-servers.ts';
import type { Fault } from '../../servers/fault-proxy/proxy.ts';
import type { DiskFile } from '../../../src/main/platform/disk-file.ts';
import type { OpenFile } from '../../../src/main/share/sharing.ts';
import { MIB } from './line.ts';
import { linesTo, partAttempts, refusal, requestsOf, striking } from './lines.ts';

const ALL = { attempts: 'all' } as const;

describeOnBothServers('A bit that flips on its way', (server) => {
  const lines = linesTo(server);

  /** Where in the file was hashed, in order. */
  function hashing() {
    const offsets: number[] = [];
    const opened = (file: DiskFile): OpenFile => ({
      ...{ size: file.size, stamp: file.stamp },
      read: (buffer, offset) => file.read(buffer, offset),
      md5: (offset, length) => {
        offsets.push(offset);
        return file.md5(offset, length);
      },
      compare: () => file.compare(),
      reopen: () => file.reopen(),
      close: () => file.close(),
    });
    return { offsets, opened };
  }

  test('is refused by Content-MD5; the part is read again and sent again', async () => {
    const { offsets, opened } = hashing();
    const fault = striking('part', { kind: 'flip', atByte: 5 * MIB }, { part: 2, attempts: [1, 2] });
    const line = await lines.open({ fault, opened });
    const path = await line.file();
    await lines.expectWhole(line, await line.share(path), path);
    const statuses = line.proxy.ledger.of('part').filter(({ partNumber }) => partNumber === 2);
    expect(statuses.map(({ status }) => status)).toEqual([400, 400, 200]);
    expect(partAttempts(line)).toEqual({ 1: 1, 2: 3, 3: 1 });
    expect(offsets.toSorted((a, b) => a - b)).toEqual([0, 8 * MIB, 8 * MIB, 8 * MIB, 16 * MIB]);
  });

  test('in a small file is refused by Content-MD5 as well', async () => {
    const line = await lines.open(striking('put', { kind: 'flip', atByte: 12 }));
    const path = await line.file(100);
    await lines.expectWhole(line, await line.share(path), path);
    expect(line.proxy.ledger.of('put').map(({ status }) => status)).toEqual([400, 200]);
  });

  test('every time ends the upload after six attempts, and leaves nothing behind', async () => {
    const line = await lines.open(striking('part', { kind: 'flip', atByte: 0 }, { part: 2, ...ALL }));
    const share = await line.share(await line.file());
    await lines.expectNothing(line, share, 'refused');
    expect(partAttempts(line)[2]).toBe(6);
    expect((await share.outcome)?.message).toMatch(/changed on their way/);
    expect(line.statusOf(share)).toBe('failed');
  });
});

describeOnBothServers('A server that cannot now', (server) => {
  const lines = linesTo(server);
  const troubles: Readonly<Record<string, Fault>> = {
    '500 InternalError': refusal(500, 'InternalError'),
    '503 SlowDown': refusal(503, 'SlowDown'),
    '503 without a word': { kind: 'answer', status: 503 },
    '503 before the body is taken': { ...refusal(503, 'SlowDown'), drained: false } as Fault,
    '502 and a page for people': { kind: 'answer', status: 502, body: '<html>Bad gateway</html>' },
    '400 RequestTimeout': refusal(400, 'RequestTimeout'),
    '429': { kind: 'answer', status: 429 },
  };
  for (const [what, fault] of Object.entries(troubles)) {
    test(`answers ${what} to a part: it is sent again, and nothing else is`, async () => {
      const line = await lines.open(striking('part', fault, { part: 2, attempts: [1, 2] }));
      const path = await line.file();
      await lines.expectWhole(line, await line.share(path), path);
      expect(partAttempts(line)).toEqual({ 1: 1, 2: 3, 3: 1 });
    });
  }

  for (const operation of ['create', 'complete', 'head'] as const) {
    test(`answers 503 SlowDown to ${operation}: it is asked again`, async () => {
      const line = await lines.open(striking(operation, refusal(503, 'SlowDown'), { attempts: [1, 2] }));
      const path = await line.file();
      await lines.expectWhole(line, await line.share(path), path);
      expect(line.proxy.ledger.requests(operation)).toBe(3);
      expect(partAttempts(line)).toEqual({ 1: 1, 2: 1, 3: 1 });
    });
  }

  test('is given twice the time after each refusal, by chance anything up to it, and six attempts at the most', async () => {
    const fault = striking('put', refusal(503, 'SlowDown'), ALL);
    const halves = await lines.open({ fault, random: () => 0.5, waitsFor: () => 0 });
    const share = await halves.share(await halves.file(MIB));
    expect(await share.code()).toBe('server-busy');
    expect(halves.sleeps).toEqual([250, 500, 1000, 2000, 4000]);
    expect(halves.proxy.ledger.requests('put')).toBe(6);

    const none = await lines.open({ fault, random: () => 0, waitsFor: () => 0 });
    await (
      await none.share(await none.file(MIB))
    ).outcome;
    expect(none.sleeps).toEqual([0, 0, 0, 0, 0]);
  });

  test('gets half as many parts at once, and more again once it takes them', async () => {
    let now = 0;
    // A fifth of a second passes at each look at the clock.
    const steadyMs = () => (now += 200);
    const fault = striking('part', refusal(503, 'SlowDown'), { part: 2 });
    const line = await lines.open({ fault, steadyMs });
    const path = await line.file(7 * 8 * MIB);
    await lines.expectWhole(line, await line.share(path), path);
    expect(line.limits.slice(0, 2)).toEqual([8, 4]);
    expect(Math.max(...line.limits.slice(2))).toBeGreaterThan(4);
    expect(Math.min(...line.limits)).toBeGreaterThanOrEqual(1);
  });

  test('for good makes the upload wait with the reason, and it goes on by itself once the server can', async () => {
    let busy = true;
    const line = await lines.open(({ operation }) =>
      busy && (operation === 'part' || operation === 'head') ? refusal(503, 'SlowDown') : null,
    );
    const path = await line.file();
    const share = await line.share(path);
    await share.reaches(/^paused: server-busy$/);
    expect(line.proxy.ledger.requests('abort')).toBe(0);
    busy = false;
    await lines.expectWhole(line, share, path);
    expect(line.proxy.ledger.requests('create')).toBe(1);
  });

  test('for good is tried less and less often, though it answers other questions', async () => {
    const waits: number[] = [];
    const enough = Promise.withResolvers<undefined>();
    const recoverySleep = (ms: number) => {
      if (waits.push(ms) === 4) enough.resolve(undefined);
      return Promise.resolve();
    };
    const fault = striking('put', refusal(503, 'SlowDown'), ALL);
    const line = await lines.open({ fault, recoverySleep });
    const share = await line.share(await line.file(100));
    await enough.promise;
    share.share.cancel();
    await share.outcome;
    expect(waits.slice(0, 4)).toEqual([1_000, 2_000, 4_000, 8_000]);
  });

  test('for good ends an upload that nobody waits for, and keeps what has arrived', async () => {
    const fault = striking('part', refusal(503, 'SlowDown'), { part: 2, ...ALL });
    const line = await lines.open({ fault, waitsFor: () => 0 });
    const share = await line.share(await line.file());
    expect(await share.code()).toBe('server-busy');
    const { next, command } = (await share.outcome)!;
    expect(next).toContain('What has arrived stays.');
    expect(command).toContain(`sandglass resume ${share.share.link.id}`);
    expect(line.statusOf(share)).toBe('interrupted');
    expect(share.miscounts).toEqual([]);
  });
});

describeOnBothServers('A part that is answered with', (server) => {
  const lines = linesTo(server);
  const wrong = `"${'0'.repeat(32)}"`;
  const answers: Readonly<Record<string, Fault>> = {
    'no ETag': { kind: 'rewrite', remove: ['ETag'] },
    'an empty ETag': { kind: 'rewrite', set: { ETag: '' } },
    'the ETag of other bytes': { kind: 'rewrite', set: { ETag: wrong } },
  };
  for (const [what, fault] of Object.entries(answers)) {
    test(`${what} is not taken as done, but sent again`, async () => {
      const line = await lines.open(striking('part', fault, { part: 2 }));
      const path = await line.file();
      await lines.expectWhole(line, await line.share(path), path);
      expect(partAttempts(line)).toEqual({ 1: 1, 2: 2, 3: 1 });
    });

    test(`${what} is sent again where it is the whole file`, async () => {
      const line = await lines.open(striking('put', fault));
      const path = await line.file(MIB);
      await lines.expectWhole(line, await line.share(path), path);
      expect(line.proxy.ledger.requests('put')).toBe(2);
    });
  }

  test('no ETag, every time, never becomes an object', async () => {
    const line = await lines.open(
      striking('part', { kind: 'rewrite', remove: ['ETag'] }, { part: 2, ...ALL }),
    );
    const share = await line.share(await line.file());
    await lines.expectNothing(line, share, 'refused');
    expect(requestsOf(line)).not.toContain('complete');
    expect(partAttempts(line)[2]).toBe(6);
  });
});

describeOnBothServers('What no retry would change', (server) => {
  const lines = linesTo(server);

  for (const operation of ['create', 'part', 'complete'] as const) {
    test(`AccessDenied to ${operation} fails at once, in plain words`, async () => {
      const line = await lines.open(striking(operation, refusal(403, 'AccessDenied'), ALL));
      const share = await line.share(await line.file());
      await lines.expectNothing(line, share, 'access-denied');
      const { message, next } = (await share.outcome)!;
      expect(message).toBe(`These credentials may not upload to the bucket “${lines.bucket()}”.`);
      expect(next).toMatch(/ask the bucket’s owner/);
      expect(line.sleeps).toEqual([]);
      if (operation !== 'part') expect(line.proxy.ledger.requests(operation)).toBe(1);
    });
  }

  test('AccessDenied to a small file fails at once', async () => {
    const line = await lines.open(striking('put', refusal(403, 'AccessDenied'), ALL));
    const share = await line.share(await line.file(MIB));
    await lines.expectNothing(line, share, 'access-denied');
    expect(line.proxy.ledger.requests('put')).toBe(1);
  });

  for (const size of [MIB, 9 * MIB]) {
    test(`a bucket that is not there fails a file of ${size / MIB} MiB at once, in plain words`, async () => {
      const line = await lines.open();
      const elsewhere = `${lines.bucket()}-absent`;
      const share = await line.share(await line.file(size), {}, elsewhere);
      expect(await share.code()).toBe('no-such-bucket');
      expect((await share.outcome)?.message).toBe(`There is no bucket “${elsewhere}” here.`);
      expect(line.sleeps).toEqual([]);
      expect(requestsOf(line).filter((request) => request !== 'bucket')).toEqual([
        size === MIB ? 'put' : 'create',
      ]);
    });
  }
});
