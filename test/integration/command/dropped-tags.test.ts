import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { LocalBucket } from '../../servers/local-bucket/server.ts';
import type { Misbehave } from '../../servers/local-bucket/misbehaviour.ts';
import { startTemporaryBucket } from '../../servers/temporary-bucket.ts';
import { curl } from './download.ts';
import { keysFor, Sandglass } from './sandglass.ts';

const MIB = 1024 ** 2;
let server: LocalBucket | undefined;
let sandglass: Sandglass | undefined;

afterEach(async () => {
  await sandglass?.uninstall();
  await server?.close();
});

/** A share of tags to a server that loses those of multipart uploads, and may do more. */
async function shared(misbehave: Misbehave) {
  server = await startTemporaryBucket({
    buckets: ['drops'],
    misbehave: (occasion) =>
      occasion.operation === 'CreateMultipartUpload' ? { kind: 'forget-tags' } : misbehave(occasion),
  });
  const { accessKeyId, secretAccessKey, endpoint } = server;
  sandglass = await Sandglass.install(keysFor({ endpoint, credentials: { accessKeyId, secretAccessKey } }));
  await writeFile(join(sandglass.home, 'large.bin'), Buffer.alloc(9 * MIB));
  return sandglass.run(['share', 'large.bin', '--bucket', 'drops', '--tag', 'team=red']);
}

test('Tags that a server dropped and refuses again are said to be missing; the link works all the same', async () => {
  const { code, stdout, stderr } = await shared(({ operation }) =>
    operation === 'PutObjectTagging' ? { kind: 'refuse', code: 'AccessDenied', status: 403 } : null,
  );
  expect(code).toBe(0);
  expect(stderr).toContain('large.bin: the link works.');
  expect(stderr).toMatch(/large\.bin: Its tags are missing, because the server dropped them.*request id/);
  expect((await curl(stdout.trim(), '-r', '0-0')).status).toBe(206);
});

test('Nothing is said of tags that were dropped and could be put again', async () => {
  const { code, stderr } = await shared(() => null);
  expect(code).toBe(0);
  expect(stderr).not.toContain('tags');
});
