import { readdirSync } from 'node:fs';
import { readFile, truncate, writeFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from '@playwright/test';
import type { LocalBucket } from '../servers/local-bucket/server.ts';
import { startTemporaryBucket } from '../servers/temporary-bucket.ts';
import { clipboardText, Desktop, dialogs, drop } from './desktop.ts';

let server: LocalBucket;
let desktop: Desktop;

test.beforeEach(async () => {
  server = await startTemporaryBucket({ buckets: ['drops'] });
  desktop = await Desktop.install();
  await desktop.connect({ ...server, bucket: 'drops' });
});
test.afterEach(async () => {
  await desktop.uninstall();
  await server.close();
});

const kept = (name: string) => desktop.file(`data/${name}`);
const setAside = (begin: string) =>
  readdirSync(desktop.file('data')).filter(
    (name) => name.startsWith(`${begin}.damaged-`) && !/-(wal|shm)$/.test(name),
  );

/** Shares a file in a first run, so that there is something to lose. */
async function runOnce(): Promise<string> {
  const { app, page } = await desktop.start();
  await writeFile(desktop.file('note.txt'), 'a note');
  await drop(page, desktop.file('note.txt'));
  await expect(page.getByText('The link works')).toBeAttached();
  const url = await clipboardText(app);
  const closed = app.waitForEvent('close');
  await app.evaluate(({ app: electron }) => {
    electron.quit();
  });
  await closed;
  return url;
}

/** The app starts, says it once, and starts without a word the next time. */
async function expectToldOnce(words: string, view: string): Promise<void> {
  for (const told of [[expect.stringContaining(words)], []]) {
    const { app, page } = await desktop.start();
    await expect(page.getByText(view).first()).toBeVisible();
    await expect.poll(() => dialogs(app)).toEqual(told);
    const closed = app.waitForEvent('close');
    await app.evaluate(({ app: electron }) => {
      electron.quit();
    });
    await closed;
  }
}

const SETTINGS = 'The settings could not be read. They are kept as settings.damaged-';
const HISTORY = 'The list of shares could not be read. It is kept as history.damaged-';

test('a truncated settings file is set aside whole, and the app starts', async () => {
  const text = await readFile(kept('settings.json'));
  await truncate(kept('settings.json'), text.length - 20);
  await expectToldOnce(SETTINGS, 'Connect a bucket');
  const [name = ''] = setAside('settings');
  expect(await readFile(kept(name))).toEqual(text.subarray(0, -20));
});

test('a settings file of garbage is set aside whole, and the app starts', async () => {
  await writeFile(kept('settings.json'), Buffer.alloc(500, 0xfe));
  await expectToldOnce(SETTINGS, 'Connect a bucket');
  expect(await readFile(kept(setAside('settings')[0] ?? ''))).toEqual(Buffer.alloc(500, 0xfe));
});

test('a truncated database is set aside whole, the app starts, and the link that it held still works', async () => {
  const url = await runOnce();
  const bytes = await readFile(kept('history.db'));
  await truncate(kept('history.db'), 4_096);
  await expectToldOnce(HISTORY, 'Drop files here');
  expect(await readFile(kept(setAside('history')[0] ?? ''))).toEqual(bytes.subarray(0, 4_096));
  expect((await fetch(url)).status).toBe(200);
});

test('a database of garbage is set aside whole, and the app starts', async () => {
  await writeFile(kept('history.db'), Buffer.alloc(10_000, 'garbage'));
  await expectToldOnce(HISTORY, 'Drop files here');
  expect(await readFile(kept(setAside('history')[0] ?? ''))).toEqual(Buffer.alloc(10_000, 'garbage'));
});

/** The app says what to do, ends with the code that the command has for files, and leaves every file as it is. */
async function expectRefused(file: string, words: string): Promise<void> {
  const bytes = await readFile(kept(file));
  const { code, said } = await desktop.startToItsEnd();
  expect(code).toBe(6);
  expect(said).toContain('Sandglass cannot start');
  expect(said).toContain(words);
  expect(said).toContain(`move ${file} out of its data folder`);
  expect(await readFile(kept(file))).toEqual(bytes);
  expect([setAside('settings'), setAside('history')]).toEqual([[], []]);
}

test('a settings file of a newer Sandglass is left alone: the app says what to do, and ends', async () => {
  await writeFile(kept('settings.json'), '{"version":2,"accounts":[]}');
  await expectRefused('settings.json', 'The settings were written by a newer Sandglass');
});

test('a database of a newer Sandglass is left alone: the app says what to do, and ends', async () => {
  await runOnce();
  const db = new DatabaseSync(kept('history.db'));
  db.exec('PRAGMA user_version = 999');
  db.close();
  await expectRefused('history.db', 'The list of shares was written by a newer Sandglass');
});
