import { describe, expect, test } from 'vitest';
import { startTemporaryBucket } from '../../servers/temporary-bucket.ts';
import { describeOnBothServers } from '../../servers/s3-servers.ts';
import { Line, MIB } from './line.ts';
import { linesTo, partAttempts, refusal, striking } from './lines.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describeOnBothServers('A signed part that has waited until its URL has ended', (server) => {
  const lines = linesTo(server);
  const expired = refusal(403, 'AccessDenied', 'Request has expired');

  test('is signed again, and nobody notices', async () => {
    let lateBy = 0;
    const line = await lines.open({
      clock: { now: () => Date.now() + lateBy },
      fault: (occasion) => {
        const fault = striking('part', expired, { part: 2 })(occasion);
        // Two hours have passed between the signature and the answer.
        if (fault !== null) lateBy = 2 * HOUR;
        return fault;
      },
    });
    const path = await line.file();
    const share = await line.share(path);
    // The server's own clock has not moved, and tells so with its next answer.
    await lines.expectWhole(line, share, path);
    expect(partAttempts(line)[2]).toBeGreaterThanOrEqual(2);
    expect(share.course).toEqual(['preparing', 'uploading', 'completing', 'done']);
  });

  test('is signed again where it is the whole file', async () => {
    let lateBy = 0;
    const line = await lines.open({
      clock: { now: () => Date.now() + lateBy },
      fault: ({ operation, attempt }) => {
        if (operation !== 'put' || attempt > 1) return null;
        lateBy = 2 * HOUR;
        return expired;
      },
    });
    const path = await line.file(MIB);
    await lines.expectWhole(line, await line.share(path), path);
  });
});

describe('A part that waits on the line until its URL has ended (local bucket with a clock of its own)', () => {
  test('is refused by the server, signed again, and nobody notices', async () => {
    let passed = 0;
    const now = () => Date.now() + passed;
    const server = await startTemporaryBucket({ clock: now, buckets: ['mine'] });
    const line = await Line.open(withCredentials(server), 'mine', {
      clock: { now },
      fault: ({ operation, partNumber, attempt }) => {
        if (operation === 'part' && partNumber === 2 && attempt === 1) passed = 2 * HOUR;
        return null;
      },
    });
    const share = await line.share(await line.file());
    const code = await share.code();
    const statuses = line.proxy.ledger.of('part').filter(({ partNumber }) => partNumber === 2);
    await line.close();
    await server.close();
    expect(statuses.map(({ status }) => status)).toEqual([403, 200]);
    expect(code).toBeNull();
  });
});

function withCredentials<Server extends { accessKeyId: string; secretAccessKey: string }>(server: Server) {
  const { accessKeyId, secretAccessKey } = server;
  return { ...server, credentials: { accessKeyId, secretAccessKey } };
}

describeOnBothServers('On a computer whose clock is 20 minutes off, an upload', (server) => {
  const lines = linesTo(server);

  for (const minutes of [20, -20]) {
    for (const [what, size] of [
      ['of three parts', 17 * MIB],
      ['of a single request', MIB],
    ] as const) {
      test(`${what} learns the offset (${minutes} minutes) and signs again; the link is valid now`, async () => {
        const line = await lines.open({ clock: { now: () => Date.now() + minutes * MINUTE } });
        const path = await line.file(size);
        const share = await line.share(path);
        await lines.expectWhole(line, share, path);
        expect(Math.abs(line.clock.now() - Date.now())).toBeLessThan(5_000);
        expect((await fetch(share.share.link.url)).status).toBe(200);
        expect(Math.abs(share.share.link.signedAt - Date.now())).toBeLessThan(MINUTE);
      });
    }
  }

  for (const operation of ['create', 'part', 'complete'] as const) {
    test(`is sent again where ${operation} is refused as RequestTimeTooSkewed`, async () => {
      const line = await lines.open(striking(operation, refusal(403, 'RequestTimeTooSkewed')));
      const path = await line.file(9 * MIB);
      await lines.expectWhole(line, await line.share(path), path);
    });
  }
});
