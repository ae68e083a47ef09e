import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalBucket } from './local-bucket/server.ts';
import type { LocalBucket, LocalBucketOptions } from './local-bucket/server.ts';

/** A local bucket in a folder of its own, with keys for tests. Closing it deletes the folder too. */
export async function startTemporaryBucket(options: Partial<LocalBucketOptions> = {}): Promise<LocalBucket> {
  const folder = await mkdtemp(join(tmpdir(), 'sandglass-local-bucket-'));
  const keys = { accessKeyId: 'AKIALOCAL', secretAccessKey: 'local-secret' };
  const bucket = await startLocalBucket({ folder, ...keys, ...options });
  const close = async (): Promise<void> => {
    await bucket.close();
    await rm(folder, { recursive: true });
  };
  return { ...bucket, close };
}
