import {
  AbortMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { describeOnBothServers } from '../../servers/s3-servers.ts';
import type { Fault } from '../../servers/fault-proxy/proxy.ts';
import { objectsIn, uploadsUnderWay } from './bucket-contents.ts';
import { MIB } from './line.ts';
import { linesTo, partAttempts, refusal, striking } from './lines.ts';

const ALL = { attempts: 'all' } as const;
const ERROR_IN_200: Fault = refusal(200, 'InternalError');
const EMPTY_200: Fault = { kind: 'answer', status: 200 };

describeOnBothServers('A request to complete that is answered 200', (server) => {
  const lines = linesTo(server);

  const answers: Readonly<Record<string, Fault>> = {
    'with an error inside': ERROR_IN_200,
    'with SlowDown inside': refusal(200, 'SlowDown'),
    'with nothing at all': EMPTY_200,
    'with blanks alone': { kind: 'answer', status: 200, body: '\n  \n' },
    'with a page for people': { kind: 'answer', status: 200, body: '<html><body>Log in</body></html>' },
  };
  for (const [what, fault] of Object.entries(answers)) {
    test(`${what} is not taken for success, but sent again`, async () => {
      const line = await lines.open(striking('complete', fault, { attempts: [1, 2] }));
      const path = await line.file();
      await lines.expectWhole(line, await line.share(path), path);
      expect(line.proxy.ledger.requests('complete')).toBe(3);
      expect(partAttempts(line)).toEqual({ 1: 1, 2: 1, 3: 1 });
    });
  }

  for (const [what, fault] of Object.entries({ 'an error inside': ERROR_IN_200, nothing: EMPTY_200 })) {
    test(`with ${what}, every time, never makes the link work`, async () => {
      const line = await lines.open({ fault: striking('complete', fault, ALL), waitsFor: () => 0 });
      const share = await line.share(await line.file());
      expect(await share.code()).toBe('server-busy');
      expect(line.proxy.ledger.requests('complete')).toBe(6);
      expect(line.statusOf(share)).toBe('interrupted');
      expect(await objectsIn(server.client, lines.bucket())).toEqual([]);
    });
  }

  test('but whose body is cut is sent again', async () => {
    const line = await lines.open(
      striking('complete', { kind: 'rewrite', body: (body) => body.slice(0, 60) }),
    );
    const path = await line.file();
    await lines.expectWhole(line, await line.share(path), path);
  });
});

describeOnBothServers('Where the object is made but its answer is lost', (server) => {
  const lines = linesTo(server);
  const gone = refusal(404, 'NoSuchUpload');

  test('and the upload is gone, HEAD tells that it is ours, and the link works', async () => {
    const line = await lines.open(({ operation, attempt }) =>
      operation !== 'complete' ? null : attempt === 1 ? { kind: 'swallow' } : gone,
    );
    const path = await line.file();
    const share = await line.share(path);
    await lines.expectWhole(line, share, path);
    expect(line.proxy.ledger.requests('complete')).toBe(2);
    expect(line.proxy.ledger.requests('head')).toBeGreaterThan(0);
    expect(share.restarts).toBe(0);
    const head = await server.client.send(
      new HeadObjectCommand({ Bucket: lines.bucket(), Key: share.share.link.key }),
    );
    expect(head.Metadata).toHaveProperty('sandglass-upload');
  });

  test('and HEAD is refused for a while as well, the link works all the same', async () => {
    const line = await lines.open(({ operation, attempt }) => {
      if (operation === 'head' && attempt <= 2) return refusal(503, 'SlowDown');
      return operation !== 'complete' ? null : attempt === 1 ? { kind: 'swallow' } : gone;
    });
    const path = await line.file();
    await lines.expectWhole(line, await line.share(path), path);
  });

  test('and an object of somebody else lies there, it is not taken for ours', async () => {
    let replaced: Promise<unknown> | undefined;
    const line = await lines.open({
      keyTemplate: '{name}',
      fault: ({ operation, uploadId, path }) => {
        if (operation !== 'complete' || replaced !== undefined) return null;
        const at = { Bucket: lines.bucket(), Key: decodeURIComponent(path.split('/').slice(2).join('/')) };
        replaced = server.client
          .send(new AbortMultipartUploadCommand({ ...at, UploadId: uploadId ?? '' }))
          .then(() => server.client.send(new PutObjectCommand({ ...at, Body: 'somebody else’s' })));
        return { kind: 'delay', way: 'request', until: replaced };
      },
    });
    const share = await line.share(await line.file());
    expect(await share.code()).toBe('key-taken');
    expect(line.statusOf(share)).toBe('failed');
    expect(await uploadsUnderWay(server.client, lines.bucket())).toEqual([]);
    const { Body } = await server.client.send(
      new GetObjectCommand({ Bucket: lines.bucket(), Key: share.share.link.key }),
    );
    expect(await Body?.transformToString()).toBe('somebody else’s');
  });

  describe('and the whole file was a single request', () => {
    test('under a key of its own, the link works', async () => {
      const line = await lines.open(striking('put', { kind: 'swallow' }));
      const path = await line.file(MIB);
      await lines.expectWhole(line, await line.share(path), path);
    });

    test('under a name that may be taken, HEAD tells that it is ours', async () => {
      const line = await lines.open({ keyTemplate: '{name}', fault: striking('put', { kind: 'swallow' }) });
      const path = await line.file(MIB);
      await lines.expectWhole(line, await line.share(path), path);
      expect(line.proxy.ledger.of('put').map(({ status }) => status)).toEqual([null, 412]);
    });

    test('under a name that is taken, nothing is overwritten', async () => {
      const line = await lines.open({ keyTemplate: '{name}' });
      const path = await line.file(MIB);
      await lines.expectWhole(line, await line.share(path), path);
      const second = await line.share(path, { again: true });
      expect(await second.code()).toBe('key-taken');
    });
  });
});

describeOnBothServers('An upload that the server has lost', (server) => {
  const lines = linesTo(server);

  const loseUpload = (path: string, UploadId: string) => {
    const Key = decodeURIComponent(path.split('/').slice(2).join('/'));
    const abort = new AbortMultipartUploadCommand({ Bucket: lines.bucket(), Key, UploadId });
    // Asked for again, it is gone already.
    return server.client.send(abort).catch(() => undefined);
  };

  /** Ends the upload behind its back as a request comes for the first time. */
  const losing = (which: 'part' | 'complete', part: number | null) => {
    let lost: Promise<unknown> | undefined;
    return lines.open(({ operation, partNumber, uploadId, path }) => {
      if (lost !== undefined || operation !== which || partNumber !== part || uploadId === null) return null;
      lost = loseUpload(path, uploadId);
      return { kind: 'delay', way: 'request', until: lost };
    });
  };

  for (const [which, part] of [
    ['part', 2],
    ['part', 3],
    ['complete', null],
  ] as const) {
    test(`by the time of ${part === null ? 'its end' : `part ${part}`} starts over, and says so`, async () => {
      const line = await losing(which, part);
      const path = await line.file();
      const share = await line.share(path);
      await lines.expectWhole(line, share, path);
      expect(share.restarts).toBe(1);
      expect(line.proxy.ledger.requests('create')).toBe(2);
    });
  }

  test('again and again is given up after three new beginnings, and nothing is left', async () => {
    const line = await lines.open(({ operation, uploadId, path }) => {
      if (operation !== 'complete' || uploadId === null) return null;
      return { kind: 'delay', way: 'request', until: loseUpload(path, uploadId) };
    });
    const share = await line.share(await line.file(9 * MIB));
    await lines.expectNothing(line, share, 'upload-gone');
    expect(line.proxy.ledger.requests('create')).toBe(4);
  });
});
