import { expect, test } from 'vitest';
import { describeOnBothServers } from '../../servers/s3-servers.ts';
import { uploadsUnderWay } from './bucket-contents.ts';
import { MIB } from './line.ts';
import { linesTo, refusal, requestsOf, striking } from './lines.ts';

describeOnBothServers('An upload that is cancelled', (server) => {
  const lines = linesTo(server);

  test('in the middle of parts drains them, aborts, and asks until nothing of it is listed', async () => {
    const struck = Promise.withResolvers<undefined>();
    const line = await lines.open(({ operation, partNumber }) => {
      if (operation !== 'part' || partNumber === 1) return null;
      if (partNumber === 3) struck.resolve(undefined);
      return { kind: 'stall', afterBodyBytes: 3 * MIB };
    });
    const share = await line.share(await line.file(24 * MIB));
    await struck.promise;
    share.share.cancel();
    await lines.expectNothing(line, share, 'cancelled');
    expect(line.statusOf(share)).toBe('cancelled');
    const requests = requestsOf(line);
    const aborted = requests.indexOf('abort');
    expect(requests.slice(aborted)).toEqual(['abort', 'list-parts']);
    expect(line.proxy.ledger.of('part').map(({ outcome }) => outcome)).not.toContain(null);
    expect((await share.outcome)?.message).toBe('The upload was cancelled; nothing of it is left.');
  });

  test('is aborted again where a part has landed after the abort', async () => {
    const struck = Promise.withResolvers<undefined>();
    const listed =
      '<?xml version="1.0"?><ListPartsResult><IsTruncated>false</IsTruncated><Part><PartNumber>2</PartNumber>' +
      '<ETag>"0123456789abcdef0123456789abcdef"</ETag><Size>8388608</Size></Part></ListPartsResult>';
    const line = await lines.open(({ operation, partNumber, attempt }) => {
      if (operation === 'list-parts' && attempt <= 2)
        return { kind: 'answer', status: 200, headers: { 'Content-Type': 'application/xml' }, body: listed };
      // The server of the second abort knows no upload any more; this one does.
      if (operation === 'abort' && attempt <= 2) return { kind: 'answer', status: 204 };
      if (operation !== 'part' || partNumber !== 2) return null;
      struck.resolve(undefined);
      return { kind: 'stall' };
    });
    const share = await line.share(await line.file());
    await struck.promise;
    share.share.cancel();
    await lines.expectNothing(line, share, 'cancelled');
    expect(line.proxy.ledger.requests('abort')).toBe(3);
    expect(line.proxy.ledger.requests('list-parts')).toBe(3);
  });

  for (const operation of ['create', 'complete'] as const) {
    test(`while ${operation} is under way leaves nothing in the bucket`, async () => {
      const [struck, go] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
      const line = await lines.open((occasion) => {
        if (occasion.operation !== operation) return null;
        struck.resolve(undefined);
        return { kind: 'delay', way: 'answer', until: go.promise };
      });
      const share = await line.share(await line.file());
      await struck.promise;
      share.share.cancel();
      go.resolve(undefined);
      await lines.expectNothing(line, share, 'cancelled');
    });
  }

  test('while its abort is refused for a moment is aborted all the same', async () => {
    const struck = Promise.withResolvers<undefined>();
    const line = await lines.open((occasion) => {
      if (occasion.operation === 'part') struck.resolve(undefined);
      return striking('abort', refusal(503, 'SlowDown'), { attempts: [1, 2, 3] })(occasion);
    });
    const share = await line.share(await line.file());
    await struck.promise;
    share.share.cancel();
    await lines.expectNothing(line, share, 'cancelled');
  });
});

describeOnBothServers('An abort that fails', (server) => {
  const lines = linesTo(server);

  test('is remembered, told, and tried again at the next start', async () => {
    let refuses = true;
    const struck = Promise.withResolvers<undefined>();
    const line = await lines.open(({ operation, partNumber }) => {
      if (operation === 'abort' && refuses) return refusal(503, 'SlowDown');
      if (operation !== 'part' || partNumber !== 2) return null;
      struck.resolve(undefined);
      return { kind: 'stall' };
    });
    const share = await line.share(await line.file());
    await struck.promise;
    share.share.cancel();
    expect(await share.code()).toBe('cancelled');
    expect((await share.outcome)?.next).toMatch(/could not be dropped; that is tried again/);
    expect(line.proxy.ledger.requests('abort')).toBe(6);
    expect(await uploadsUnderWay(server.client, lines.bucket())).toHaveLength(1);
    const [leftover, ...others] = line.history.leftovers();
    expect(others).toEqual([]);
    expect(leftover?.id).toBe(share.share.link.id);

    refuses = false;
    await line.links.dropLeftover(leftover!);
    expect(await uploadsUnderWay(server.client, lines.bucket())).toEqual([]);
    expect(line.history.leftovers()).toEqual([]);
  });
});
