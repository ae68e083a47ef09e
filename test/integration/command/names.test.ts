import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { parse } from 'content-disposition';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeOnBothServers } from '../../servers/s3-servers.ts';
import { curl, sha256Of } from './download.ts';
import { keysFor, Sandglass, type PrintedLink } from './sandglass.ts';

const NAMES: Readonly<Record<string, string>> = {
  'a space': 'two words.txt',
  'a plus sign': 'c++ and more.txt',
  'a percent sign': '100%.txt',
  'what looks percent-encoded': 'really %41 %2F.txt',
  'a number sign': 'issue #1.txt',
  'a question mark': 'why?.txt',
  'an ampersand and an equals sign': 'a&b=c.txt',
  'double and single quotes': `"so" it's.txt`,
  'a comma': 'last, first.txt',
  'a semicolon': 'a;b.txt',
  'a backslash': 'a\\b.txt',
  'an en dash': 'pages 1–9.txt',
  'é in one code point': 'caf\u00e9.txt',
  'é in two code points': 'cafe\u0301.txt',
  'Chinese, Japanese and Korean': '報告書보고서报告.txt',
  'right-to-left letters': 'דוח سنوي.txt',
  'an emoji of several code points': 'us 👩‍👩‍👧.txt',
  '255 bytes': `${'ü'.repeat(125)}x.txt`,
  'a leading dot': '.env',
  'a trailing dot': 'the end.',
  'a line break': 'one\ntwo.txt',
  'a tilde and an asterisk': '~a*b.txt',
};

describeOnBothServers('A file name', (server) => {
  let sandglass: Sandglass;
  let bucket: string;

  beforeAll(async () => {
    sandglass = await Sandglass.install(keysFor(server));
    bucket = await server.freshBucket();
  });
  afterAll(() => sandglass.uninstall());

  async function shared(name: string): Promise<PrintedLink> {
    await writeFile(join(sandglass.home, name), `this is ${name}`);
    return sandglass.link(['share', join(sandglass.home, name), '--bucket', bucket, '--prefix', 'names']);
  }

  for (const [what, name] of Object.entries(NAMES)) {
    test(`with ${what} is the key's end and the name that the recipient gets`, async () => {
      const link = await shared(name);
      expect(link.key.endsWith(`/${name}`)).toBe(true);
      const { status, headers, sha256 } = await curl(link.url);
      expect(status).toBe(200);
      expect(sha256).toBe(await sha256Of(join(sandglass.home, name)));
      const disposition = headers['content-disposition'] ?? '';
      expect(disposition).toMatch(/^[\x20-\x7e]+$/);
      expect(parse(disposition)).toMatchObject({ type: 'attachment', parameters: { filename: name } });
    });
  }

  test('stands in the bucket just as it was written, each form of é by itself', async () => {
    const command = new ListObjectsV2Command({ Bucket: bucket, Prefix: 'names/', EncodingType: 'url' });
    const { Contents = [] } = await server.client.send(command);
    const names = Contents.map(({ Key = '' }) => decodeURIComponent(Key).split('/').at(-1));
    expect(names.sort()).toEqual(Object.values(NAMES).sort());
  });
});
