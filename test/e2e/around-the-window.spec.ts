import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { LocalBucket } from '../servers/local-bucket/server.ts';
import type { Misbehave } from '../servers/local-bucket/misbehaviour.ts';
import { startTemporaryBucket } from '../servers/temporary-bucket.ts';
import { electronCommand } from '../../scripts/electron.ts';
import { clickNotice, clickTray, clipboardText, Desktop, drop, pictures, trayLabels } from './desktop.ts';

const ROOT = join(import.meta.dirname, '../..');
let server: LocalBucket;
let desktop: Desktop;
let misbehave: Misbehave;

test.beforeEach(async () => {
  misbehave = () => null;
  server = await startTemporaryBucket({ buckets: ['drops'], misbehave: (occasion) => misbehave(occasion) });
  desktop = await Desktop.install();
  await desktop.connect({ ...server, bucket: 'drops' });
});
test.afterEach(async () => {
  await desktop.uninstall();
  await server.close();
});

test('the window opens with the files that the start names', async () => {
  await writeFile(desktop.file('named.txt'), 'named at the start');
  const { app, page } = await desktop.start(desktop.file('named.txt'));
  await expect(page.getByRole('row').filter({ hasText: 'named.txt' })).toContainText('left');
  expect(await (await fetch(await clipboardText(app))).text()).toBe('named at the start');
});

test('a start by the system opens no window until somebody asks for one', async () => {
  const { app } = await desktop.startInTheTray();
  const windows = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  expect(await windows()).toBe(0);
  const opened = app.waitForEvent('window');
  const { executable, switches } = electronCommand();
  const second = spawn(executable, [...switches, ROOT], { env: desktop.environment });
  expect(await new Promise((resolve) => second.once('exit', resolve))).toBe(0);
  await expect((await opened).getByRole('button', { name: 'Choose files…' })).toBeVisible();
  expect(await windows()).toBe(1);
});

test('a second start shares its files in the first, and ends', async () => {
  const { app, page } = await desktop.start();
  await writeFile(desktop.file('second.txt'), 'from the second start');
  const { executable, switches } = electronCommand();
  const second = spawn(executable, [...switches, ROOT, desktop.file('second.txt')], {
    env: desktop.environment,
  });
  expect(await new Promise((resolve) => second.once('exit', resolve))).toBe(0);
  await expect(
    page.getByRole('row').filter({ hasText: 'second.txt' }).getByText('The link works'),
  ).toBeAttached();
  expect(await (await fetch(await clipboardText(app))).text()).toBe('from the second start');
});

test('the tray holds the last live links, and a click copies one', async () => {
  const { app, page } = await desktop.start();
  for (const name of ['one.txt', 'two.txt']) {
    await writeFile(desktop.file(name), name);
    await drop(page, desktop.file(name));
    await expect.poll(() => clipboardText(app)).toContain(name);
  }
  await expect
    .poll(() => trayLabels(app))
    .toEqual([
      expect.stringMatching(/^two\.txt: 23 h 59 min left$/),
      expect.stringMatching(/^one\.txt: 23 h 59 min left$/),
      ...['', 'Share a file…', 'Open Sandglass', 'Pause all', '', 'Quit Sandglass'],
    ]);
  await clickTray(app, 'one.txt');
  await expect.poll(() => clipboardText(app)).toContain('one.txt');
});

test('a notification tells that a file is up, and a click on it copies the link', async () => {
  const { app, page } = await desktop.start();
  await writeFile(desktop.file('note.txt'), 'a note');
  await drop(page, desktop.file('note.txt'));
  await expect(page.getByText('The link works')).toBeAttached();
  const url = await clipboardText(app);
  await app.evaluate(({ clipboard }) => clipboard.writeText(''));
  await clickNotice(app, 'note.txt is up');
  await expect.poll(() => clipboardText(app)).toBe(url);
});

test('closing the window while uploading keeps the upload going; the link works without a window', async () => {
  const gate = Promise.withResolvers<undefined>();
  misbehave = () => ({ kind: 'stall', until: gate.promise });
  const { app, page } = await desktop.start();
  misbehave = ({ operation }) => (operation === 'PutObject' ? { kind: 'stall', until: gate.promise } : null);
  await writeFile(desktop.file('note.txt'), 'a note');
  await drop(page, desktop.file('note.txt'));
  await expect(page.getByRole('progressbar')).toBeVisible();
  const url = await clipboardText(app);
  const isVisible = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.close();
  });
  await expect.poll(isVisible).toBe(false);
  gate.resolve(undefined);
  await expect.poll(async () => (await fetch(url)).status).toBe(200);
  await clickTray(app, 'Open Sandglass');
  await expect.poll(isVisible).toBe(true);
});

test('a page that crashes whenever it is loaded is given up with a word, while the upload goes on', async () => {
  const gate = Promise.withResolvers<undefined>();
  const { app, page } = await desktop.start();
  misbehave = ({ operation }) => (operation === 'PutObject' ? { kind: 'stall', until: gate.promise } : null);
  await writeFile(desktop.file('note.txt'), 'a note');
  await drop(page, desktop.file('note.txt'));
  await expect(page.getByRole('progressbar')).toBeVisible();
  const url = await clipboardText(app);
  const asked = await app.evaluate(({ BrowserWindow, dialog }) => {
    const told = Promise.withResolvers<{ text: string; loads: number }>();
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    let loads = 0;
    contents?.on('did-finish-load', () => {
      loads += 1;
      contents.forcefullyCrashRenderer();
    });
    dialog.showMessageBox = (...given: unknown[]) => {
      const { message, detail } = given.at(-1) as Electron.MessageBoxOptions;
      told.resolve({ text: `${message} ${detail ?? ''}`, loads });
      return Promise.resolve({ response: 1, checkboxChecked: false });
    };
    contents?.forcefullyCrashRenderer();
    return told.promise;
  });
  expect(asked.text).toContain('crashes again and again. Uploads go on');
  expect(asked.loads).toBe(3);
  gate.resolve(undefined);
  await expect.poll(async () => (await fetch(url)).status).toBe(200);
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.removeAllListeners('did-finish-load');
  });
  await clickTray(app, 'Open Sandglass');
  const heading = () =>
    app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('document.body?.innerText'),
    );
  await expect.poll(heading).toContain('note.txt');
});

test('a sign-in that ends before the link would is told before anything is dropped', async () => {
  const end = new Date(Date.now() + 3_600_000).toISOString();
  const keys = {
    Version: 1,
    AccessKeyId: 'ASIATEMPORARY',
    SecretAccessKey: 'secret',
    SessionToken: 'token',
    Expiration: end,
  };
  await writeFile(desktop.file('keys.json'), JSON.stringify(keys));
  await writeFile(
    desktop.file('.aws/credentials'),
    `[test]\ncredential_process = cat ${desktop.file('keys.json')}\n`,
  );
  const { app, page } = await desktop.start();
  await expect(page.getByText(/Ends .* with your sign-in, not tomorrow/)).toBeVisible();
  await pictures(app, page, 'limited');
  await page.getByRole('radio', { name: '10 min' }).check();
  await expect(page.getByText(/with your sign-in/)).toBeHidden();
  const kept = async () =>
    JSON.parse(await readFile(desktop.file('data/settings.json'), 'utf8')) as { life?: unknown };
  await expect.poll(kept).toMatchObject({ life: { kind: 'seconds', seconds: 600 } });
});
