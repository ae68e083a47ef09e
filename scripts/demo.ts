/**
 * The main job, on a bucket of its own: shares a file through the built command, shows the link and its countdown,
 * downloads it as a stranger would, compares every byte, and keeps the bucket up so that the link can be opened.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { describeTimeLeft } from '../src/shared/expiry.ts';
import { startLocalBucket, type LocalBucket } from '../test/servers/local-bucket/server.ts';

const ROOT = join(import.meta.dirname, '..');
const SAMPLE = join(ROOT, 'assets/sandglass.svg');
const KEYS = { accessKeyId: 'AKIADEMO', secretAccessKey: 'only-for-the-local-bucket' };
const printed = z.object({ links: z.tuple([z.object({ url: z.url(), expiresAt: z.string() })]) });

interface DemoLink {
  readonly url: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

async function share(bucket: LocalBucket, dataFolder: string): Promise<DemoLink> {
  // A shell with AWS settings of its own must not make the demo talk to anything but its own bucket.
  const ours = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
  const env = {
    ...Object.fromEntries(ours),
    AWS_ENDPOINT_URL: bucket.endpoint,
    AWS_ACCESS_KEY_ID: KEYS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
    SANDGLASS_DATA_DIR: dataFolder,
  };
  const command = [
    join(ROOT, 'out/main/cli.js'),
    'share',
    SAMPLE,
    '--bucket',
    'demo',
    '--expires',
    '1h',
    '--json',
  ];
  const { stdout } = await promisify(execFile)(process.execPath, command, { env });
  const [link] = printed.parse(JSON.parse(stdout)).links;
  return { url: link.url, expiresAt: Date.parse(link.expiresAt) };
}

/** @throws Error where what comes through the link is not the file */
async function downloadAndCompare(url: string): Promise<number> {
  const answer = await fetch(url);
  const [received, sent] = [Buffer.from(await answer.arrayBuffer()), await readFile(SAMPLE)];
  if (!answer.ok || !received.equals(sent))
    throw new Error(`The download differs (status ${answer.status}).`);
  return sent.length;
}

/** The countdown runs where a person looks on; else it is told once. Resolves at Ctrl-C. */
async function countDown(expiresAt: number): Promise<void> {
  const left = () => `The link ends in ${describeTimeLeft(expiresAt - Date.now())}. Ctrl-C ends the demo.`;
  const draw = () => process.stdout.write(`\r${left()}\u001b[K`);
  if (!process.stdout.isTTY) console.log(left());
  const ticking = process.stdout.isTTY ? setInterval(draw, 1_000) : undefined;
  await new Promise((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve));
  clearInterval(ticking);
  console.log();
}

const folder = await mkdtemp(join(tmpdir(), 'sandglass-demo-'));
const bucket = await startLocalBucket({ folder: join(folder, 's3'), ...KEYS, buckets: ['demo'] });
try {
  console.log(`A bucket of your own runs at ${bucket.endpoint}, on this machine only.`);
  console.log('$ sandglass share assets/sandglass.svg --bucket demo --expires 1h');
  const link = await share(bucket, join(folder, 'data'));
  console.log(`\n${link.url}\n`);
  const bytes = await downloadAndCompare(link.url);
  console.log(`Downloaded through the link: ${bytes} bytes, every one the same. Open it in a browser, too.`);
  await countDown(link.expiresAt);
} finally {
  await bucket.close();
  await rm(folder, { recursive: true, force: true });
}
