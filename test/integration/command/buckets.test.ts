import { PutBucketVersioningCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeOnBothServers } from '../../servers/s3-servers.ts';
import { curl } from './download.ts';
import { keysFor, Sandglass } from './sandglass.ts';

describeOnBothServers('What is in a bucket already, by command', (server) => {
  let sandglass: Sandglass;
  let bucket: string;
  beforeAll(async () => {
    sandglass = await Sandglass.install(keysFor(server));
    bucket = await server.freshBucket();
    await writeFile(join(sandglass.home, 'note.txt'), 'a note');
  });
  afterAll(() => sandglass.uninstall());

  const put = async (Key: string, Body: string) => {
    const { VersionId } = await server.client.send(new PutObjectCommand({ Bucket: bucket, Key, Body }));
    return VersionId;
  };

  test('buckets, prefixes and objects are listed', async () => {
    await put('films/a/1.mp4', 'one');
    await put('films/b.mp4', 'four');
    expect((await sandglass.run(['ls'])).stdout.split('\n')).toContain(bucket);
    const { code, stdout } = await sandglass.run(['ls', `s3://${bucket}/films/`]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ +PRE a\/\n\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {10}4 b\.mp4\n$/);
    const json = JSON.parse(
      (await sandglass.run(['ls', `s3://${bucket}`, '--recursive', '--json'])).stdout,
    ) as {
      objects: { key: string; size: number }[];
    };
    expect(json.objects).toMatchObject([
      { key: 'films/a/1.mp4', size: 3 },
      { key: 'films/b.mp4', size: 4 },
    ]);
  });

  test('a version is named, and linked to', async () => {
    const VersioningConfiguration = { Status: 'Enabled' } as const;
    await server.client.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration }));
    const first = (await put('draft.txt', 'the first')) ?? '';
    await put('draft.txt', 'the second');
    const { stdout } = await sandglass.run(['ls', `s3://${bucket}/draft.txt`, '--versions']);
    expect(stdout).toMatch(new RegExp(`\\(newest\\)\n.* 9 ${first}\n$`));
    const link = await sandglass.link(['link', `s3://${bucket}/draft.txt`, '--version-id', first]);
    expect(await (await fetch(link.url)).text()).toBe('the first');
    expect((await sandglass.run(['copy', link.id])).stdout).toBe(`${link.url}\n`);
    const extended = await sandglass.run(['extend', link.id]);
    expect(extended.stderr).toMatch(/The link that was given out before works until/);
  });

  test('what is to go with its link is swept, and not before', async () => {
    const share = ['share', 'note.txt', '--bucket', bucket, '--prefix', 'sand', '--gone-at-end'];
    const living = await sandglass.link([...share, '--expires', '1h']);
    expect((await sandglass.run(['sweep'])).stderr).toContain('Nothing has ended.');
    const ended = await sandglass.run([...share, '--expires', '1s', '--again']);
    expect(ended.stderr).toContain('It is deleted once the link has ended');
    // One second of the server's clock passes while commands start and end.
    await expect
      .poll(async () => (await sandglass.run(['sweep'])).stderr, { timeout: 20_000, interval: 10 })
      .toContain('note.txt: its link has ended, and it is deleted.');
    expect((await curl(ended.stdout.trim())).status).toBe(403);
    const { stdout } = await sandglass.run(['ls', `s3://${bucket}/sand/`, '--recursive']);
    expect(stdout.trim().split('\n')).toHaveLength(1);
    expect((await curl(living.url)).status).toBe(200);
  });

  test('a rule is shown, set and taken away', async () => {
    const place = `s3://${bucket}/sand/`;
    const refused = await sandglass.run(['lifecycle', 'set', place]);
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.stderr).toMatch(/Is added: sand\/: deleted 8 days after .*Nothing was changed/s);
    expect((await sandglass.run(['lifecycle', 'set', place, '--yes'])).stderr).toContain('The rule is set.');
    expect((await sandglass.run(['lifecycle', 'show', place])).stdout).toContain('sand/: deleted 8 days');
    expect((await sandglass.run(['lifecycle', 'remove', place])).code).toBe(0);
    expect((await sandglass.run(['lifecycle', 'show', place])).stdout).toBe('');
  });
});
