/**
 * Peak memory of the command while it shares 4 GiB, above what it needs to share an empty file.
 * Sparse, so that the disk is not what is measured; the bucket is the strict local one, in a process of its own.
 */
import { fork, spawn } from 'node:child_process';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startLocalBucket } from '../test/servers/local-bucket/server.ts';

const GIB = 1024 ** 3;
const ALLOWED_MIB = 160;
const SAMPLE_EVERY_MS = 20;
const KEYS = { accessKeyId: 'AKIABENCH', secretAccessKey: 'only-for-the-local-bucket' };

/** The highest resident set of a process so far, in MiB; null once it is gone. */
async function peakMib(pid: number): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const kib = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return kib === undefined ? null : Number(kib) / 1024;
}

async function sharePeak(folder: string, endpoint: string, bytes: number): Promise<number> {
  const path = join(folder, `file-of-${bytes}`);
  const file = await open(path, 'w');
  await file.truncate(bytes);
  await file.close();
  const command = [
    join(import.meta.dirname, '../out/main/cli.js'),
    'share',
    path,
    '--bucket',
    'bench',
    '--json',
  ];
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: KEYS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
  };
  const child = spawn(process.execPath, command, { env, stdio: 'ignore' });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  let peak = 0;
  for (let now = await peakMib(child.pid ?? 0); now !== null; now = await peakMib(child.pid ?? 0)) {
    peak = Math.max(peak, now);
    await wait(SAMPLE_EVERY_MS);
  }
  if ((await ended) !== 0) throw new Error(`Sharing ${bytes} bytes failed.`);
  return peak;
}

async function serve(folder: string): Promise<void> {
  const bucket = await startLocalBucket({ folder: join(folder, 's3'), ...KEYS, buckets: ['bench'] });
  process.send?.(bucket.endpoint);
  process.once('disconnect', () => process.exit());
}

async function measure(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'sandglass-memory-'));
  const server = fork(import.meta.filename, ['serve', folder]);
  const endpoint = await new Promise<string>((resolve) => server.once('message', resolve));
  try {
    const idle = await sharePeak(folder, endpoint, 0);
    const peak = await sharePeak(folder, endpoint, 4 * GIB);
    const above = Math.round(peak - idle);
    console.log(
      `Sharing an empty file peaks at ${Math.round(idle)} MiB, sharing 4 GiB at ${Math.round(peak)} MiB:`,
    );
    console.log(`${above} MiB above idle (allowed: ${ALLOWED_MIB} MiB).`);
    if (above > ALLOWED_MIB) process.exitCode = 1;
  } finally {
    server.disconnect();
    await rm(folder, { recursive: true, force: true });
  }
}

const [task, folder = ''] = process.argv.slice(2);
await (task === 'serve' ? serve(folder) : measure());
