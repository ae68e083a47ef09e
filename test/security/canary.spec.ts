import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { expect, test, type ElectronApplication, type Page } from '@playwright/test';
import { channelOf, ipcContract, type RequestName } from '../../src/shared/ipc-contract.ts';
import type { LocalBucket } from '../servers/local-bucket/server.ts';
import { startTemporaryBucket } from '../servers/temporary-bucket.ts';
import { clipboardText, Desktop, drop } from '../e2e/desktop.ts';
import { schemaOf } from './contract-walk.ts';

/** Secrets that are like nothing else, so that a single trace of one is a leak. */
const KEY_ID = 'AKIACANARYKEYID7';
const SECRET = 'canarySECRETcanarySECRETcanarySECRETcana';
const TOKEN = 'canaryTOKEN'.repeat(20);
const KEYS = [KEY_ID, 'canarySECRET', 'canaryTOKEN'];
/** The query of a presigned URL too: whoever has it has the file. */
const LEAKS = [...KEYS, 'X-Amz-'];
const keys = { accessKeyId: KEY_ID, secretAccessKey: SECRET };

interface Message {
  readonly way: 'to main' | 'to the page';
  readonly channel: string;
}

let server: LocalBucket;
let desktop: Desktop;

test.beforeEach(async () => {
  desktop = await Desktop.install(join(import.meta.dirname, 'recorded-messages.js'));
});
test.afterEach(async () => {
  await desktop.uninstall();
  await server.close();
});

/** The one kind of message that may bring a key, and only towards main. */
const bringKeys = (Object.keys(ipcContract.requests) as RequestName[])
  .filter((name) => JSON.stringify(schemaOf(ipcContract.requests[name].input)).includes('"secretAccessKey"'))
  .map(channelOf);

async function connectByTyping(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'MinIO, Ceph, other' }).check();
  await page.getByLabel('Endpoint').fill(server.endpoint);
  await page.getByLabel('Access key ID').fill(KEY_ID);
  await page.getByLabel('Secret access key').fill(`${SECRET}-mistyped`);
  await page.getByRole('combobox', { name: 'Bucket' }).fill('drops');
  await page.getByRole('button', { name: 'Test', exact: true }).click();
  // The server refuses, and what is said of it is among what is looked through.
  await expect(page.getByText(/secret access key is wrong/).first()).toBeVisible();
  await page.getByLabel('Secret access key').fill(SECRET);
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Drop files here' })).toBeVisible();
}

/** A share, its link copied once more, and a crash of the page. */
async function work(app: ElectronApplication, page: Page): Promise<void> {
  await writeFile(desktop.file('note.txt'), 'a note');
  await drop(page, desktop.file('note.txt'));
  const row = page.getByRole('row').filter({ hasText: 'note.txt' });
  await expect(row.getByText('The link works')).toBeAttached();
  await row.focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => clipboardText(app)).toContain('X-Amz-Signature');
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
  });
}

const messagesOf = (app: ElectronApplication) =>
  app.evaluate(() => (globalThis as unknown as { messages: string[] }).messages);

/** Every file below the person's home but those that the person has written, with its content. */
async function files(): Promise<readonly (readonly [name: string, content: string])[]> {
  const entries = await readdir(desktop.home, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  const own = paths.filter((path) => !relative(desktop.home, path).startsWith('.aws'));
  return Promise.all(
    own.map(async (path) => [relative(desktop.home, path), await readFile(path, 'latin1')] as const),
  );
}

/** The command lines of all that runs on this machine, the app's own processes among them. */
async function commandLines(): Promise<readonly string[]> {
  if (process.platform !== 'linux') return [];
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  return Promise.all(processes.map((id) => readFile(`/proc/${id}/cmdline`, 'latin1').catch(() => '')));
}

const leaksIn = (text: string, leaks = LEAKS) => leaks.filter((leak) => text.includes(leak));

async function expectNoTrace(app: ElectronApplication, said: readonly string[]): Promise<void> {
  const messages = await messagesOf(app);
  const isKeyBringer = ({ way, channel }: Message) => way === 'to main' && bringKeys.includes(channel);
  const others = messages.filter((text) => !isKeyBringer(JSON.parse(text) as Message));
  expect(others.length).toBeGreaterThan(20);
  expect(others.filter((text) => leaksIn(text).length > 0)).toEqual([]);
  // Links of others’ may be on the command lines of a whole machine, these keys are not.
  for (const line of await commandLines()) expect(leaksIn(line, KEYS), line).toEqual([]);
  const closed = app.waitForEvent('close');
  await app.evaluate(({ app: electron }) => {
    electron.quit();
  });
  await closed;
  expect(leaksIn(said.join(''))).toEqual([]);
  const written = await files();
  expect(written.map(([name]) => name)).toEqual(
    expect.arrayContaining([join('data', 'history.db'), join('data', 'settings.json')]),
  );
  for (const [name, content] of written) expect(leaksIn(content), name).toEqual([]);
}

/** What the app's own process says to whoever started it. */
function outputOf(app: ElectronApplication): readonly string[] {
  const said: string[] = [];
  for (const stream of [app.process().stdout, app.process().stderr]) {
    stream?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  }
  return said;
}

test('keys that are typed into the window reach main, and no message, file, output or command line holds them', async () => {
  server = await startTemporaryBucket({ ...keys, buckets: ['drops'] });
  const { app, page } = await desktop.start();
  const said = outputOf(app);
  await connectByTyping(page);
  // What is looked for can be found: this message is the one that has to bring it.
  expect((await messagesOf(app)).filter((text) => text.includes(SECRET)).length).toBeGreaterThan(0);
  await work(app, page);
  await expectNoTrace(app, said);
});

test('a session token and its keys are in no message, file, output or command line', async () => {
  server = await startTemporaryBucket({ ...keys, sessionToken: { value: TOKEN }, buckets: ['drops'] });
  await desktop.connect({ ...server, bucket: 'drops' });
  await mkdir(desktop.file('.aws'), { recursive: true });
  const token = `aws_session_token = ${TOKEN}\n`;
  await writeFile(desktop.file('.aws/credentials'), token, { flag: 'a' });
  const { app, page } = await desktop.start();
  const said = outputOf(app);
  await work(app, page);
  expect(await clipboardText(app)).toContain('canaryTOKEN');
  await expectNoTrace(app, said);
});
