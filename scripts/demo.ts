/**
 * The main job, on a bucket of its own: opens the app, connected to a bucket on this machine, with a sample to share.
 * Downloads the sample through its link as a stranger would, compares every byte, and keeps both running so that the
 * link can be opened. Where there is no display, a picture is taken of what would be seen.
 */
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { describeTimeLeft } from '../src/shared/expiry.ts';
import { startLocalBucket, type LocalBucket } from '../test/servers/local-bucket/server.ts';
import { electronCommand } from './electron.ts';
import { provideChromium } from './system-packages.ts';

const ROOT = join(import.meta.dirname, '..');
const SAMPLE = join(ROOT, 'assets/sandglass.svg');
const PICTURE = join(ROOT, 'test-results/demo.png');
const KEYS = { accessKeyId: 'AKIADEMO', secretAccessKey: 'only-for-the-local-bucket' };
const LIFE_SECONDS = 3_600;

/** What the app would have kept after “Connect a bucket”, in a folder that ends with the demo. */
async function connectedFolder(bucket: LocalBucket): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sandglass-demo-'));
  const profile = `[demo]\naws_access_key_id = ${KEYS.accessKeyId}\naws_secret_access_key = ${KEYS.secretAccessKey}\n`;
  await writeFile(join(folder, 'credentials'), profile, { mode: 0o600 });
  const account = { keys: { in: 'profile', profile: 'demo' }, endpoint: bucket.endpoint, bucket: 'demo' };
  const life = { kind: 'seconds', seconds: LIFE_SECONDS };
  const settings = { version: 1, currentAccount: 'demo', life, accounts: { demo: account } };
  await mkdir(join(folder, 'data'));
  await writeFile(join(folder, 'data/settings.json'), JSON.stringify(settings));
  return folder;
}

function openApp(folder: string): Promise<ElectronApplication> {
  const { executable, switches, environment } = electronCommand();
  // A shell with AWS settings of its own must not make the demo talk to anything but its own bucket.
  const ours = Object.entries(environment).filter(([name]) => !name.startsWith('AWS_'));
  return _electron.launch({
    executablePath: executable,
    args: [...switches, ROOT, SAMPLE],
    env: {
      ...Object.fromEntries(ours.map(([name, value]) => [name, value ?? ''])),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
      SANDGLASS_DATA_DIR: join(folder, 'data'),
    },
    colorScheme: null,
  });
}

/** The link that the app has put on the clipboard, once its row says that it works. */
async function workingLink(app: ElectronApplication, page: Page): Promise<string> {
  await page.getByText('The link works').first().waitFor({ state: 'attached' });
  return app.evaluate(({ clipboard }) => clipboard.readText());
}

/** @throws Error where what comes through the link is not the file */
async function downloadAndCompare(url: string): Promise<number> {
  const answer = await fetch(url);
  const [received, sent] = [Buffer.from(await answer.arrayBuffer()), await readFile(SAMPLE)];
  if (!answer.ok || !received.equals(sent))
    throw new Error(`The download differs (status ${answer.status}).`);
  return sent.length;
}

/** The countdown runs where a person looks on; else it is told once. Resolves at Ctrl-C, or when the app is quit. */
async function countDown(expiresAt: number, app: ElectronApplication): Promise<void> {
  const left = () => `The link ends in ${describeTimeLeft(expiresAt - Date.now())}. Ctrl-C ends the demo.`;
  const draw = () => process.stdout.write(`\r${left()}\u001b[K`);
  if (!process.stdout.isTTY) console.log(left());
  const ticking = process.stdout.isTTY ? setInterval(draw, 1_000) : undefined;
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve).once('SIGTERM', resolve);
    app.once('close', () => {
      resolve();
    });
  });
  clearInterval(ticking);
  console.log();
}

function hasElectron(): boolean {
  try {
    electronCommand();
    return true;
  } catch {
    return false;
  }
}

const s3Folder = await mkdtemp(join(tmpdir(), 'sandglass-demo-s3-'));
const bucket = await startLocalBucket({ folder: s3Folder, ...KEYS, buckets: ['demo'] });
const folder = await connectedFolder(bucket);
console.log(`A bucket of your own runs at ${bucket.endpoint}, on this machine only.`);
if (!hasElectron()) provideChromium();
console.log(electronCommand().description);
// Playwright ends the process itself once Ctrl-C has closed the app.
process.once('exit', () => {
  for (const used of [folder, s3Folder]) rmSync(used, { recursive: true, force: true, maxRetries: 5 });
});
const app = await openApp(folder);
try {
  const page = await app.firstWindow();
  const url = await workingLink(app, page);
  console.log(`Sandglass has shared assets/sandglass.svg; its link is on the clipboard:\n\n${url}\n`);
  const bytes = await downloadAndCompare(url);
  console.log(`Downloaded through the link: ${bytes} bytes, every one the same. Open it in a browser, too.`);
  if (!electronCommand().isVisible) {
    await page.screenshot({ path: PICTURE });
    console.log('There is no display, so here is a picture of the window: test-results/demo.png');
  }
  await countDown(Date.now() + LIFE_SECONDS * 1000, app);
} finally {
  await app.close().catch(() => undefined);
  await bucket.close();
}
