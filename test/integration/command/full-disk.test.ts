import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { startLocalBucket } from '../../servers/local-bucket/server.ts';
import { plainClient } from '../../servers/s3-servers.ts';
import { keysFor, Sandglass } from './sandglass.ts';

const run = promisify(execFile);
const credentials = { accessKeyId: 'AKIALOCAL', secretAccessKey: 'local-secret' };
const mayMount = process.platform === 'linux' && process.getuid?.() === 0;

describe.runIf(mayMount)('A disk that is full under the history', () => {
  test('stops a share before a byte is sent, and what was there stays whole', async () => {
    const sandglass = await Sandglass.install();
    const bucketFolder = join(sandglass.home, 's3');
    const server = await startLocalBucket({ folder: bucketFolder, ...credentials, buckets: ['mine'] });
    const env = keysFor({ endpoint: server.endpoint, credentials });
    const client = plainClient({ endpoint: server.endpoint, region: server.region, credentials });
    await mkdir(sandglass.data);
    await run('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'tmpfs', sandglass.data]);
    try {
      await writeFile(join(sandglass.home, 'note.txt'), 'a note');
      // Full from the first moment: not even an empty history fits.
      const first = join(sandglass.data, 'first');
      await writeFile(first, Buffer.alloc(504 * 1024));
      const fresh = await sandglass.run(['share', 'note.txt', '--bucket', 'mine'], { env });
      expect(fresh).toMatchObject({ code: 6, stdout: '' });
      expect(fresh.stderr).toContain('disk is full');
      await rm(first);
      const share = ['share', 'note.txt', '--bucket', 'mine'];
      const link = await sandglass.link(share, { env });
      const filler = join(sandglass.data, 'filler');
      await writeFile(filler, Buffer.alloc(512 * 1024)).catch(() => undefined);

      const { code, stdout, stderr } = await sandglass.run(share, { env });
      expect({ code, stdout }).toEqual({ code: 6, stdout: '' });
      expect(stderr).toMatch(/disk is full.*Free some space, or point SANDGLASS_DATA_DIR/);
      const { KeyCount } = await client.send(new ListObjectsV2Command({ Bucket: 'mine' }));
      expect(KeyCount).toBe(1);

      await rm(filler);
      expect((await sandglass.run(['copy', link.id], { env })).stdout).toBe(`${link.url}\n`);
      expect((await sandglass.run(share, { env })).code).toBe(0);
    } finally {
      await run('umount', [sandglass.data]);
      client.destroy();
      await server.close();
      await sandglass.uninstall();
    }
  });
});
