import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeOnBothServers } from '../../servers/s3-servers.ts';
import { curl } from './download.ts';
import { keysFor, Sandglass } from './sandglass.ts';

describeOnBothServers('A link that chooses what its recipient is told', (server) => {
  let sandglass: Sandglass;
  let bucket: string;

  beforeAll(async () => {
    sandglass = await Sandglass.install(keysFor(server));
    bucket = await server.freshBucket();
    const stored = { ContentType: 'text/html', CacheControl: 'max-age=9' };
    const object = { Bucket: bucket, Key: 'in/page.html', Body: '<p>', ...stored };
    await server.client.send(new PutObjectCommand(object));
  });
  afterAll(() => sandglass.uninstall());

  const link = (...args: string[]) => sandglass.link(['link', `s3://${bucket}/in/page.html`, ...args]);
  const headersOf = async (url: string) => (await curl(url)).headers;

  test.each([
    ['report.pdf', 'attachment; filename=report.pdf'],
    [
      'a, “b” – ü.txt',
      `attachment; filename="a, _b_ _ u.txt"; filename*=UTF-8''a%2C%20%E2%80%9Cb%E2%80%9D%20%E2%80%93%20%C3%BC.txt`,
    ],
  ])('gives the file the name %s', async (name, disposition) => {
    const { url } = await link('--download-as', name);
    expect(await headersOf(url)).toMatchObject({
      'content-disposition': disposition,
      'content-type': 'text/html',
    });
  });

  test('shows it in the browser, under its own name or another', async () => {
    const own = await headersOf((await link('--inline')).url);
    expect(own['content-disposition']).toBe('inline; filename=page.html');
    const other = await headersOf((await link('--inline', '--download-as', 'x.html')).url);
    expect(other['content-disposition']).toBe('inline; filename=x.html');
  });

  test('chooses type, cache control, language, encoding and the date until which it may be kept', async () => {
    const { url } = await link(
      ...['--content-type', 'text/plain; charset=utf-8', '--cache-control', 'no-store'],
      ...['--content-language', 'de', '--content-encoding', 'identity', '--cache-until', '2030-01-01T00:00Z'],
    );
    expect(await headersOf(url)).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
      'content-language': 'de',
      'content-encoding': 'identity',
      expires: 'Tue, 01 Jan 2030 00:00:00 GMT',
    });
  });

  test('leaves what is stored as it is where nothing is chosen', async () => {
    expect(await headersOf((await link()).url)).toMatchObject({
      'content-type': 'text/html',
      'cache-control': 'max-age=9',
    });
  });

  test('is refused once what it chooses is changed, added or taken away', async () => {
    const { url } = await link('--content-type', 'text/plain');
    const changed = new URL(url);
    changed.searchParams.set('response-content-type', 'text/html');
    const added = new URL(url);
    added.searchParams.set('response-cache-control', 'no-store');
    const less = new URL(url);
    less.searchParams.delete('response-content-type');
    for (const { href } of [changed, added, less]) expect((await curl(href)).status).toBe(403);
  });

  test('is copied letter for letter, and extend keeps what it chooses', async () => {
    const first = await link('--download-as', 'kept.txt', '--cache-control', 'no-store');
    expect((await sandglass.run(['copy', first.id])).stdout).toBe(`${first.url}\n`);
    const extended = await sandglass.link(['extend', first.id, '--expires', '2h']);
    expect(extended.url).not.toBe(first.url);
    expect(await headersOf(extended.url)).toMatchObject({
      'content-disposition': 'attachment; filename=kept.txt',
      'cache-control': 'no-store',
    });
    expect((await sandglass.run(['copy', first.id])).stdout).toBe(`${extended.url}\n`);
  });

  test.each([
    ['a name with a slash', ['--download-as', '../x'], 'no name for a file'],
    ['no name', ['--download-as', ' '], 'no name for a file'],
    ['no type', ['--content-type', 'text'], 'no content type'],
    ['two lines of cache control', ['--cache-control', 'a\r\nb'], 'no Cache-Control'],
    ['no date', ['--cache-until', 'soon'], 'date and time'],
    ['no language', ['--content-language', 'de;'], 'no language'],
  ])('is not made of %s', async (_what, args, why) => {
    const { code, stdout, stderr } = await sandglass.run(['link', `s3://${bucket}/in/page.html`, ...args]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(why);
  });
});
