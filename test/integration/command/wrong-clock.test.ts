import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startLocalBucket, type LocalBucket } from '../../servers/local-bucket/server.ts';
import { keysFor, Sandglass, type PrintedLink } from './sandglass.ts';

const MINUTES = 60_000;
const credentials = { accessKeyId: 'AKIALOCAL', secretAccessKey: 'local-secret' };

describe.each([-40, 40])('On a computer whose clock is %i minutes off, the command', (minutes) => {
  let sandglass: Sandglass;
  let server: LocalBucket;
  let env: Record<string, string>;
  let skew = 0;

  beforeEach(async () => {
    skew = 0;
    sandglass = await Sandglass.install();
    await writeFile(join(sandglass.home, 'large.bin'), Buffer.alloc(9 * 1024 ** 2));
    server = await startLocalBucket({
      folder: join(sandglass.home, 's3'),
      ...credentials,
      buckets: ['mine'],
      clock: () => Date.now() - skew,
    });
    env = keysFor({ endpoint: server.endpoint, credentials });
  });
  afterEach(async () => {
    await server.close();
    await sandglass.uninstall();
  });

  const share = ['share', 'large.bin', '--bucket', 'mine', '--expires', '15m'];

  test('learns the server’s time and makes a link that is valid now', async () => {
    skew = minutes * MINUTES;
    const link = await sandglass.link(share, { env });
    expect((await fetch(link.url)).status).toBe(200);
    expect(Math.abs(Date.parse(link.signedAt) - (Date.now() - skew))).toBeLessThan(MINUTES);
  });

  test('signs the link anew where the bucket was known and nobody had to be asked first', async () => {
    await sandglass.link(share, { env });
    skew = minutes * MINUTES;
    const { code, stdout, stderr } = await sandglass.run(share, { env });
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stderr).toContain('clock is wrong, so the link was signed anew');
    const [first, second] = stdout.trim().split('\n');
    expect((await fetch(first!)).status).toBe(403);
    expect((await fetch(second!)).status).toBe(200);
    const { shares } = JSON.parse((await sandglass.run(['list', '--json'])).stdout) as {
      shares: PrintedLink[];
    };
    const kept = shares[0]!.signedAt.replace(/[-:]/g, '');
    expect(new URL(second!).searchParams.get('X-Amz-Date')).toBe(kept);
  });

  test('makes a valid link to an object that is there already', async () => {
    const { key } = await sandglass.link(share, { env });
    skew = minutes * MINUTES;
    const link = await sandglass.link(['link', `s3://mine/${key}`, '--expires', '15m'], { env });
    expect((await fetch(link.url)).status).toBe(200);
  });
});
