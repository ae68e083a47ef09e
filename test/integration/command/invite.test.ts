import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ask } from '../../servers/probe.ts';
import { describeOnBothServers } from '../../servers/s3-servers.ts';
import { curl } from './download.ts';
import { keysFor, Sandglass, type PrintedLink } from './sandglass.ts';
import { runLine } from './shell-line.ts';

interface PrintedInvitation {
  readonly id: string;
  readonly url: string;
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly curl: string;
  readonly expiresAt: string;
  readonly signedAt: string;
}

describeOnBothServers('Somebody else who is invited to upload one object', (server) => {
  let sandglass: Sandglass;
  let bucket: string;

  beforeAll(async () => {
    sandglass = await Sandglass.install(keysFor(server));
    bucket = await server.freshBucket();
    await writeFile(join(sandglass.home, 'mine.pdf'), 'their report');
  });
  afterAll(() => sandglass.uninstall());

  async function invite(key: string, ...args: string[]): Promise<PrintedInvitation> {
    const line = ['invite', `s3://${bucket}/${key}`, ...args, '--json'];
    const { code, stdout, stderr } = await sandglass.run(line);
    if (code !== 0) throw new Error(stderr);
    return (JSON.parse(stdout) as { invitations: [PrintedInvitation] }).invitations[0];
  }

  const statusOf = async (id: string): Promise<string | undefined> => {
    const { stdout } = await sandglass.run(['list', '--json']);
    const { shares } = JSON.parse(stdout) as { shares: { id: string; status: string }[] };
    return shares.find((share) => share.id === id)?.status;
  };

  const send = (line: string) => runLine(line, sandglass.home, { FILE: 'mine.pdf' });

  test('uploads by the line that was printed, and the row becomes a share', async () => {
    const invited = await invite('in/report.pdf', '--content-type', 'application/pdf', '--expires', '10m');
    expect(invited).toMatchObject({
      method: 'PUT',
      headers: { 'content-type': 'application/pdf', 'if-none-match': '*' },
    });
    expect(Date.parse(invited.expiresAt) - Date.parse(invited.signedAt)).toBe(600_000);
    expect(await statusOf(invited.id)).toBe('awaited');
    expect((await sandglass.links(['arrived', invited.id])).length, 'nothing yet').toBe(0);
    expect(await send(invited.curl)).toMatchObject({ code: 0 });
    const [link] = (await sandglass.links(['arrived'])) as [PrintedLink];
    expect(link).toMatchObject({ id: invited.id, key: 'in/report.pdf', size: 12 });
    expect(await statusOf(invited.id)).toBe('live');
    const { status, headers } = await curl(link.url);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': 'attachment; filename=report.pdf',
    });
  });

  test('is printed a link and a line for people, and the list counts down', async () => {
    const { stdout, stderr } = await sandglass.run(['invite', `s3://${bucket}/for people`]);
    const [url = '', line = '', ...rest] = stdout.trimEnd().split('\n');
    expect(rest).toEqual([]);
    expect(line).toBe(`curl --fail-with-body -T FILE -H 'if-none-match: *' '${url}'`);
    expect(stderr).toContain('the upload link ends in 1 h');
    expect((await sandglass.run(['list'])).stdout).toMatch(/awaited, (1 h|59 min \d+ s) .*for people/);
  });

  test('is given the same link by copy while it is awaited, and a link to the object afterwards', async () => {
    const invited = await invite('copied.bin');
    const again = await sandglass.run(['copy', invited.id]);
    expect(again.stdout).toBe(`${invited.url}\n${invited.curl}\n`);
    expect(again.stderr).toContain('still awaited');
    await send(invited.curl);
    const link = await sandglass.link(['copy', invited.id]);
    expect(link.url).not.toBe(invited.url);
    expect((await curl(link.url)).status).toBe(200);
    expect((await sandglass.run(['copy', invited.id])).stdout).toBe(`${link.url}\n`);
  });

  test('is refused another type, no type, another key and another method', async () => {
    const { url, headers } = await invite('strict.pdf', '--content-type', 'application/pdf');
    const attempt = (to: string, sent: Record<string, string>, method: 'PUT' | 'GET' | 'DELETE' = 'PUT') =>
      ask(to, { method, headers: sent, ...(method === 'PUT' ? { body: 'x' } : {}) });
    const refused = [
      await attempt(url, { ...headers, 'content-type': 'text/html' }),
      await attempt(url, { 'if-none-match': '*' }),
      await attempt(url.replace('strict.pdf', 'other.pdf'), headers),
      await attempt(url, headers, 'GET'),
      await attempt(url, headers, 'DELETE'),
    ];
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
    expect((await attempt(url, headers)).status).toBe(200);
  });

  test('never overwrites, not even what they have uploaded themselves', async () => {
    const { url, headers, curl: line } = await invite('once.txt');
    expect((await send(line)).code).toBe(0);
    expect(await send(line)).toMatchObject({ refusal: 'PreconditionFailed' });
    expect(Object.keys(headers)).toEqual(['if-none-match']);
    expect((await ask(url, { method: 'PUT', body: 'x' })).status).toBe(403);
    const head = await server.client.send(new HeadObjectCommand({ Bucket: bucket, Key: 'once.txt' }));
    expect(head.ContentLength).toBe(12);
  });

  test('is not invited to a key that is taken, unless the owner lets it be overwritten', async () => {
    await server.client.send(new PutObjectCommand({ Bucket: bucket, Key: 'taken', Body: 'mine' }));
    const refused = await sandglass.run(['invite', `s3://${bucket}/taken`]);
    expect([refused.code, refused.stdout]).toEqual([4, '']);
    expect(refused.stderr).toContain('There is an object under this key already');
    const { curl: line, id } = await invite('taken', '--overwrite');
    expect(await sandglass.links(['arrived', id]), 'the old one is no arrival').toEqual([]);
    expect(await statusOf(id)).toBe('awaited');
    expect((await send(line)).code).toBe(0);
    expect(await sandglass.links(['arrived', id])).toMatchObject([{ id, size: 12 }]);
  });

  test('is refused once the link has ended', async () => {
    const { curl: line, id } = await invite('late', '--expires', '1s');
    const copied = () => sandglass.run(['copy', id]);
    await expect.poll(async () => (await copied()).code, { timeout: 10_000 }).toBe(2);
    expect((await copied()).stdout).toBe('');
    expect((await send(line)).refusal).toBe('AccessDenied');
    expect((await sandglass.run(['list'])).stdout).toMatch(new RegExp(`${id} +never arrived`));
  });

  test('gets a new link from extend, and the old one works on', async () => {
    const first = await invite('extended', '--expires', '5m');
    const [url = '', line = ''] = (await sandglass.run(['extend', first.id, '--expires', '2h'])).stdout.split(
      '\n',
    );
    expect(url).not.toBe(first.url);
    expect((await send(line)).code).toBe(0);
    expect((await send(first.curl)).refusal, 'signed well, and the key is taken').toBe('PreconditionFailed');
  });

  test('cannot be kept from uploading by cancel or revoke, and both say so', async () => {
    const cancelled = await invite('cancelled');
    const cancel = await sandglass.run(['cancel', cancelled.id]);
    expect(cancel.code).toBe(0);
    expect(cancel.stderr).toContain('awaited no more');
    expect(cancel.stderr).toContain('only rotating the key');
    expect((await send(cancelled.curl)).code, 'the link itself lives on').toBe(0);
    expect((await sandglass.run(['arrived', cancelled.id])).code).toBe(2);
    const revoked = await invite('revoked');
    await send(revoked.curl);
    await sandglass.links(['arrived', revoked.id]);
    const revoke = await sandglass.run(['revoke', revoked.id, '--yes']);
    expect(revoke.stderr).toContain('only rotating the key');
    expect((await send(revoked.curl)).code, 'the key is free again').toBe(0);
  });

  test('leaves no link in the history', async () => {
    const { url } = await invite('unkept');
    const signature = new URL(url).searchParams.get('X-Amz-Signature') ?? '';
    expect(signature).toHaveLength(64);
    const entries = await readdir(sandglass.data, { withFileTypes: true });
    for (const { name } of entries.filter((entry) => entry.isFile())) {
      expect((await readFile(join(sandglass.data, name), 'latin1')).includes(signature), name).toBe(false);
    }
  });

  test.each([
    ['a folder', ['invite', 's3://BUCKET/in/'], 'names a folder'],
    ['sizes', ['invite', 's3://BUCKET/a', '--max-size', '1M'], 'Add --form'],
    ['all types of a kind', ['invite', 's3://BUCKET/a', '--content-type', 'image/*'], 'one content type'],
    ['no type at all', ['invite', 's3://BUCKET/a', '--content-type', 'pdf'], 'no content type'],
    ['dots', ['invite', 's3://BUCKET/a/../b'], 'dots alone'],
    ['no life', ['invite', 's3://BUCKET/a', '--expires', '8d'], '7 days'],
  ])('is not invited with %s', async (_what, args, why) => {
    const line = args.map((arg) => arg.replace('BUCKET', bucket));
    const { code, stdout, stderr } = await sandglass.run(line);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(why);
  });
});
