import { randomBytes } from 'node:crypto';
import { open, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HeadObjectCommand, ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeOnBothServers, type S3Server } from '../../servers/s3-servers.ts';
import { curl, sha256Of } from './download.ts';
import { keysFor, Sandglass, type PrintedLink } from './sandglass.ts';

const MIB = 1024 ** 2;

/** The real server gets the size that people send; the double proves the same with less. */
const sizeFor = (server: S3Server) => (server.kind === 'Ceph RGW' ? 300 * MIB : 20 * MIB + 1);

async function writeRandomFile(path: string, size: number): Promise<void> {
  const file = await open(path, 'w');
  for (let left = size; left > 0; left -= MIB) await file.write(randomBytes(Math.min(MIB, left)));
  await file.close();
}

describeOnBothServers('A large file shared by the command', (server) => {
  let sandglass: Sandglass;
  let path: string;
  let bucket: string;
  let link: PrintedLink;

  beforeAll(async () => {
    sandglass = await Sandglass.install(keysFor(server));
    bucket = await server.freshBucket();
    path = join(sandglass.home, 'a report, final.pdf');
    await writeRandomFile(path, sizeFor(server));
    link = await sandglass.link(['share', path, '--bucket', bucket, '--expires', '1h']);
  });
  afterAll(() => sandglass.uninstall());

  test('is downloaded through its link by a stranger, every byte of it', async () => {
    const download = await curl(link.url);
    expect(download.status).toBe(200);
    expect(download.sha256).toBe(await sha256Of(path));
  });

  test('comes with its own name and its type', async () => {
    const { headers } = await curl(link.url, '-r', '0-0');
    expect(headers['content-type']).toBe('application/pdf');
    expect(headers['content-disposition']).toBe('attachment; filename="a report, final.pdf"');
  });

  test('is printed as the contract says, with its true end', () => {
    const lifeMs = Date.parse(link.expiresAt) - Date.parse(link.signedAt);
    expect(lifeMs).toBe(3_600_000);
    expect(link).toMatchObject({ bucket, size: sizeFor(server), limitedBy: null });
    expect(link.requestedExpiresAt).toBe(link.expiresAt);
    expect(link.key).toMatch(/^\d{4}-\d\d-\d\d\/[\w-]{22}\/a report, final\.pdf$/);
  });

  test('leaves no multipart upload behind', async () => {
    const { Uploads } = await server.client.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
    expect(Uploads ?? []).toEqual([]);
  });

  test('is refused once any query parameter of the link is changed', async () => {
    const names = [...new URL(link.url).searchParams.keys()];
    expect(names).toContain('X-Amz-Signature');
    for (const name of names) {
      const tampered = new URL(link.url);
      const value = tampered.searchParams.get(name) ?? '';
      tampered.searchParams.set(
        name,
        value.endsWith('1') ? `${value.slice(0, -1)}2` : `${value.slice(0, -1)}1`,
      );
      const { status } = await curl(tampered.href, '-r', '0-0');
      expect([400, 403], `${name} changed`).toContain(status);
    }
  });

  test('is refused once the path or the method of the link is changed', async () => {
    expect((await curl(link.url.replace('report', 'rep0rt'))).status).toBe(403);
    expect((await curl(link.url, '-X', 'PUT', '-d', 'x')).status).toBe(403);
    expect((await curl(link.url, '-X', 'DELETE')).status).toBe(403);
    expect((await curl(link.url, '-I')).status).toBe(403);
  });

  test('is copied letter for letter by another process, from a history that holds neither URL nor key', async () => {
    const again = await sandglass.run(['copy', link.id]);
    expect(again.stdout).toBe(`${link.url}\n`);
    const entries = await readdir(sandglass.data, { withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
    expect(files).toContain('history.db');
    for (const file of files) {
      const content = await readFile(join(sandglass.data, file), 'latin1');
      for (const word of [
        'X-Amz-Signature',
        server.credentials.accessKeyId,
        server.credentials.secretAccessKey,
      ]) {
        expect(content.includes(word), `${word} in ${file}`).toBe(false);
      }
    }
  });

  test('gets a new link from extend, and the old one works on', async () => {
    const extended = await sandglass.link(['extend', link.id, '--expires', '2h']);
    expect(extended.url).not.toBe(link.url);
    expect((await curl(extended.url, '-r', '0-0')).status).toBe(206);
    expect((await curl(link.url, '-r', '0-0')).status).toBe(206);
    expect((await sandglass.run(['copy', link.id])).stdout).toBe(`${extended.url}\n`);
  });

  test('is gone once it is revoked, and copy says so', async () => {
    expect((await sandglass.run(['revoke', link.id])).code).toBe(2);
    expect((await curl(link.url, '-r', '0-0')).status).toBe(206);
    expect((await sandglass.run(['revoke', link.id, '--yes'])).code).toBe(0);
    expect((await curl(link.url, '-r', '0-0')).status).toBe(404);
    const copy = await sandglass.run(['copy', link.id]);
    expect(copy.code).toBe(2);
    expect(copy.stderr).toContain('its object was deleted');
  });
});

describeOnBothServers('A link of two seconds', (server) => {
  test('works, then is refused, then is not copied any more', async () => {
    const sandglass = await Sandglass.install(keysFor(server));
    const path = join(sandglass.home, 'note.txt');
    await writeFile(path, 'short');
    const bucket = await server.freshBucket();
    const link = await sandglass.link(['share', path, '--bucket', bucket, '--expires-in', '2']);
    await expect.poll(async () => (await curl(link.url)).status, { timeout: 10_000 }).toBe(403);
    const copy = await sandglass.run(['copy', link.id]);
    expect(copy).toMatchObject({ code: 2, stdout: '' });
    expect(copy.stderr).toContain('This link has ended');
    await sandglass.uninstall();
  });
});

describeOnBothServers('A small, an empty and a missing file in one call', (server) => {
  let sandglass: Sandglass;

  beforeAll(async () => {
    sandglass = await Sandglass.install(keysFor(server));
  });
  afterAll(() => sandglass.uninstall());

  test('share what is there, and the exit code tells of what is not', async () => {
    const bucket = await server.freshBucket();
    await writeFile(join(sandglass.home, 'small.txt'), 'small');
    await writeFile(join(sandglass.home, 'empty'), '');
    const args = [
      'share',
      'small.txt',
      'missing.txt',
      'empty',
      '--bucket',
      bucket,
      '--prefix',
      'to/you',
      '--json',
    ];
    const { code, stdout, stderr } = await sandglass.run(args);
    expect(code).toBe(6);
    expect(stderr).toContain('There is no file “missing.txt”');
    const { links } = JSON.parse(stdout) as { links: PrintedLink[] };
    const random = links.map(({ key }) => key.split('/').at(-2));
    expect(new Set(random).size, 'nothing to guess from one key about the other').toBe(2);
    expect(links.map(({ size }) => size)).toEqual([5, 0]);
    for (const { url, key } of links) {
      expect(key.startsWith('to/you/')).toBe(true);
      expect((await curl(url)).status).toBe(200);
    }
    const empty = new HeadObjectCommand({ Bucket: bucket, Key: links[1]!.key });
    expect(await server.client.send(empty)).toMatchObject({ ContentType: 'application/octet-stream' });
  });
});
