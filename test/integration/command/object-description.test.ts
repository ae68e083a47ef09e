import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GetObjectTaggingCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeOnBothServers } from '../../servers/s3-servers.ts';
import { curl } from './download.ts';
import { keysFor, Sandglass } from './sandglass.ts';

const MIB = 1024 ** 2;
const DESCRIBED = [
  ...['--tag', 'team=red', '--tag', 'due=1 May = noon', '--metadata', 'Origin=camera 1'],
  ...['--cache-control', 'private, max-age=60'],
];

describeOnBothServers('Tags and metadata of what the command uploads', (server) => {
  let sandglass: Sandglass;
  let bucket: string;

  beforeAll(async () => {
    sandglass = await Sandglass.install(keysFor(server));
    bucket = await server.freshBucket();
    await writeFile(join(sandglass.home, 'small.txt'), 'small');
    await writeFile(join(sandglass.home, 'large.bin'), Buffer.alloc(9 * MIB));
  });
  afterAll(() => sandglass.uninstall());

  // Ceph RGW drops the tags of what is sent in parts, so there they were put afterwards.
  test.each([
    ['small.txt', 'in one piece'],
    ['large.bin', 'in parts'],
  ])('of %s, sent %s, are those that were given', async (name) => {
    const { key, url } = await sandglass.link(['share', name, '--bucket', bucket, ...DESCRIBED]);
    const at = { Bucket: bucket, Key: key };
    const { Metadata, CacheControl } = await server.client.send(new HeadObjectCommand(at));
    expect(Metadata).toMatchObject({ origin: 'camera 1' });
    expect(CacheControl).toBe('private, max-age=60');
    const { TagSet = [] } = await server.client.send(new GetObjectTaggingCommand(at));
    const tags: Record<string, string> = Object.fromEntries(
      TagSet.map(({ Key = '', Value = '' }) => [Key, Value]),
    );
    expect(tags).toEqual({ team: 'red', due: '1 May = noon' });
    const { headers } = await curl(url, '-r', '0-0');
    expect(headers).toMatchObject({
      'x-amz-meta-origin': 'camera 1',
      'cache-control': 'private, max-age=60',
    });
  });

  test.each([
    ['eleven tags', Array.from({ length: 11 }, (_, n) => ['--tag', `t${n}=1`]).flat(), '10 tags'],
    ['a tag without a name', ['--tag', '=x'], 'name=value'],
    ['a tag with strange signs', ['--tag', 'a=<b>'], 'does not take'],
    ['a tag of AWS’s own', ['--tag', 'aws:a=b'], 'AWS’s own'],
    ['one tag twice', ['--tag', 'a=1', '--tag', 'a=2'], 'twice'],
    ['metadata outside of ASCII', ['--metadata', 'a=ü'], 'outside of ASCII'],
    ['metadata in mail’s encoding', ['--metadata', 'a==?UTF-8?B?w7w=?='], 'RFC 2047'],
    ['metadata of 2 KB and more', ['--metadata', `a=${'x'.repeat(2048)}`], 'bytes'],
  ])('are refused before anything is sent: %s', async (_what, args, why) => {
    const { code, stdout, stderr } = await sandglass.run(['share', 'small.txt', '--bucket', bucket, ...args]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(why);
  });
});
