import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startLocalBucket } from '../../servers/local-bucket/server.ts';
import { keysFor, Sandglass } from './sandglass.ts';

const credentials = { accessKeyId: 'AKIALOCAL', secretAccessKey: 'local-secret' };

test('Six commands at once, on a machine where none was run before, all keep what they did', async () => {
  const sandglass = await Sandglass.install();
  const server = await startLocalBucket({
    folder: join(sandglass.home, 's3'),
    ...credentials,
    buckets: ['mine'],
  });
  const env = keysFor({ endpoint: server.endpoint, credentials });
  await writeFile(join(sandglass.home, 'note.txt'), 'a note');
  const shares = Array.from({ length: 3 }, () =>
    sandglass.run(['share', 'note.txt', '--bucket', 'mine'], { env }),
  );
  const accounts = ['one', 'two', 'three'].map((name) =>
    sandglass.run(['accounts', 'add', name, '--profile', 'nobody']),
  );
  for (const { code, stderr } of await Promise.all([...shares, ...accounts])) {
    expect({ code, stderr }).toMatchObject({ code: 0 });
  }
  const listed = JSON.parse((await sandglass.run(['list', '--json'])).stdout) as { shares: unknown[] };
  expect(listed.shares).toHaveLength(3);
  const kept = JSON.parse((await sandglass.run(['accounts', 'list', '--json'])).stdout) as {
    accounts: { name: string }[];
  };
  expect(kept.accounts.map(({ name }) => name).sort()).toEqual(['one', 'three', 'two']);
  const { mode } = await stat(join(sandglass.data, 'history.db'));
  expect(mode & 0o077, 'nobody else may read the history').toBe(0);
  await server.close();
  await sandglass.uninstall();
});
