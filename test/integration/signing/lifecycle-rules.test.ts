import {
  GetBucketLifecycleConfigurationCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketVersioningCommand,
  type LifecycleRule,
} from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  lifecycleDocument,
  ownId,
  ownRuleText,
  ruleTexts,
} from '../../../src/main/signing/lifecycle-document.ts';
import { LifecycleRules } from '../../../src/main/signing/lifecycle-rules.ts';
import { describeOnBothServers, type S3Server } from '../../servers/s3-servers.ts';

const THEIRS: LifecycleRule[] = [
  {
    ID: 'logs',
    Status: 'Enabled',
    Filter: { Prefix: 'logs/' },
    Expiration: { Days: 365 },
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: 3 },
  },
  { ID: 'sandglass-by-hand', Status: 'Disabled', Filter: { Prefix: 'old/' }, Expiration: { Days: 30 } },
];

/** Rules that somebody else has set, with the checksum that every server takes. */
async function setByOthers({ client }: S3Server, Bucket: string, Rules: LifecycleRule[]): Promise<void> {
  const command = new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } });
  command.middlewareStack.add(
    (next) => (args) => {
      const request = args.request as { body: string; headers: Record<string, string> };
      request.headers['content-md5'] = createHash('md5').update(request.body).digest('base64');
      return next(args);
    },
    { step: 'build', priority: 'low' },
  );
  await client.send(command);
}

async function rulesIn({ client }: S3Server, Bucket: string): Promise<LifecycleRule[]> {
  const { Rules = [] } = await client.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
  return Rules.sort((a, b) => ((a.ID ?? '') < (b.ID ?? '') ? -1 : 1));
}

describeOnBothServers('Lifecycle rules of our own', (server) => {
  const rules = (bucket: string) => new LifecycleRules(() => Promise.resolve(server.client), bucket);

  test('are none in a bucket that has none', async () => {
    expect(await rules(await server.freshBucket()).show()).toEqual({ own: [], others: 0 });
  });

  test('are shown before they are set, and nothing is changed by that', async () => {
    const bucket = await server.freshBucket();
    const preview = await rules(bucket).preview('sand/', 8);
    expect(preview).toEqual({
      wanted: { id: ownId('sand/'), prefix: 'sand/', days: 8, abortDays: 7, endsVersions: false },
      inPlace: null,
      others: 0,
    });
    expect(await rules(bucket).show()).toEqual({ own: [], others: 0 });
  });

  test('delete after days, and drop the parts of uploads that never ended', async () => {
    const bucket = await server.freshBucket();
    const { wanted } = await rules(bucket).preview('sand & <glass>/', 8);
    expect(await rules(bucket).put(wanted)).toEqual({ own: [wanted], others: 0, isConfirmed: true });
    expect(await rulesIn(server, bucket)).toMatchObject([
      {
        ID: ownId('sand & <glass>/'),
        Status: 'Enabled',
        Filter: { Prefix: 'sand & <glass>/' },
        Expiration: { Days: 8 },
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
      },
    ]);
  });

  test('leave the rules of others as they are, set, changed and taken away', async () => {
    const bucket = await server.freshBucket();
    await setByOthers(server, bucket, THEIRS);
    const before = await rulesIn(server, bucket);
    const { wanted, others } = await rules(bucket).preview('sand/', 8);
    expect(others).toBe(2);
    expect(await rules(bucket).put(wanted)).toMatchObject({ own: [wanted], others: 2, isConfirmed: true });
    const changed = await rules(bucket).preview('sand/', 9);
    expect(changed.inPlace).toEqual(wanted);
    expect(await rules(bucket).put(changed.wanted)).toMatchObject({ own: [{ days: 9 }], others: 2 });
    expect(await rules(bucket).remove('sand/')).toEqual({ own: [], others: 2, isConfirmed: true });
    expect(await rulesIn(server, bucket)).toEqual(before);
  });

  test('go one by one, or all of them at once', async () => {
    const bucket = await server.freshBucket();
    for (const prefix of ['a/', 'b/', 'c/'])
      await rules(bucket).put((await rules(bucket).preview(prefix, 8)).wanted);
    expect((await rules(bucket).remove('b/')).own.map(({ prefix }) => prefix).sort()).toEqual(['a/', 'c/']);
    expect(await rules(bucket).remove('never-set/')).toMatchObject({ isConfirmed: true });
    expect(await rules(bucket).remove()).toEqual({ own: [], others: 0, isConfirmed: true });
    expect(await rules(bucket).show()).toEqual({ own: [], others: 0 });
  });

  test('are said not to be sure where somebody else changes theirs at the same time', async () => {
    const bucket = await server.freshBucket();
    let requests = 0;
    // To read, to write, and to read again: before the last of these somebody else writes.
    const meddled = new LifecycleRules(async () => {
      if (++requests === 3) await setByOthers(server, bucket, THEIRS);
      return server.client;
    }, bucket);
    const { wanted } = await rules(bucket).preview('sand/', 8);
    expect(await meddled.put(wanted)).toEqual({ own: [], others: 2, isConfirmed: false });
  });

  test('end older versions as well where the bucket keeps them', async () => {
    const bucket = await server.freshBucket();
    const VersioningConfiguration = { Status: 'Enabled' } as const;
    await server.client.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration }));
    const { wanted } = await rules(bucket).preview('sand/', 8);
    expect(wanted.endsVersions).toBe(true);
    expect(await rules(bucket).put(wanted)).toMatchObject({ own: [wanted], isConfirmed: true });
  });

  test('are refused for the whole bucket, and for no whole days', async () => {
    const ours = rules(await server.freshBucket());
    for (const [prefix, days] of [
      ['', 8],
      ['sand/', 0],
      ['sand/', 1.5],
      ['sand/', NaN],
    ] as const) {
      await expect(ours.preview(prefix, days)).rejects.toMatchObject({ code: 'bad-usage' });
    }
    expect(await ours.show()).toEqual({ own: [], others: 0 });
  });
});

describe('A lifecycle document', () => {
  const rule = (id: string, more = '') => `<Rule><ID>${id}</ID>${more}</Rule>`;

  test('keeps what no client knows yet', () => {
    const theirs = rule('theirs', '<FromTheFuture a="1">&#10;<B/></FromTheFuture>');
    const read = ruleTexts(`<LifecycleConfiguration>${theirs}${rule('x')}</LifecycleConfiguration>`, 2);
    expect(read.map(({ id }) => id)).toEqual(['theirs', 'x']);
    expect(lifecycleDocument(read, [])).toContain(theirs);
  });

  test('that cannot be taken apart safely is not written back', () => {
    const nested = `<L><!-- ${rule('a')} -->${rule('b')}</L>`;
    expect(() => ruleTexts(nested, 1)).toThrow(/cannot keep/);
  });

  test('spells a prefix so that it cannot end its own element', () => {
    const own = { id: ownId('x'), prefix: '</Prefix>&"\n', days: 8, abortDays: 7, endsVersions: true };
    expect(ownRuleText(own)).toContain('<Prefix>&#x3c;/Prefix&#x3e;&#x26;&#x22;&#xa;</Prefix>');
    expect(ownRuleText(own)).toContain('<NoncurrentDays>1</NoncurrentDays>');
  });
});
