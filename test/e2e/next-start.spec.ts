import { open } from 'node:fs/promises';
import { expect, test, type ElectronApplication, type Page } from '@playwright/test';
import type { LocalBucket, Misbehave, Occasion } from '../servers/local-bucket/server.ts';
import { startTemporaryBucket } from '../servers/temporary-bucket.ts';
import { clipboardText, Desktop, dialogs, drop, pictures } from './desktop.ts';

const MIB = 1024 ** 2;
let server: LocalBucket;
let desktop: Desktop;
let misbehave: Misbehave;
let parts: Occasion[];
let arrived: number;

test.beforeEach(async () => {
  misbehave = () => null;
  parts = [];
  arrived = 0;
  server = await startTemporaryBucket({
    buckets: ['drops'],
    misbehave: (occasion) => {
      if (occasion.partNumber !== null) parts.push(occasion);
      return misbehave(occasion);
    },
    log: ({ operation, status }) => {
      if (operation === 'UploadPart' && status === 200) arrived += 1;
    },
  });
  desktop = await Desktop.install();
  await desktop.connect({ ...server, bucket: 'drops' });
});
test.afterEach(async () => {
  await desktop.uninstall();
  await server.close();
});

const rowIn = (page: Page) => page.getByRole('row').filter({ hasText: 'video.mp4' });

/** Drops a file of three parts, the last of which never arrives; yields its link once the others have. */
async function uploadStalled(app: ElectronApplication, page: Page): Promise<string> {
  misbehave = ({ partNumber }) =>
    partNumber === 3 ? { kind: 'stall', until: new Promise(() => undefined) } : null;
  const file = await open(desktop.file('video.mp4'), 'w');
  await file.write('the beginning');
  await file.truncate(20 * MIB);
  await file.close();
  await drop(page, desktop.file('video.mp4'));
  await expect.poll(() => arrived).toBe(2);
  return clipboardText(app);
}

/** The next start goes on by itself, and the link that was given out works. */
async function expectItGoesOn(url: string): Promise<void> {
  misbehave = () => null;
  parts = [];
  const { app, page } = await desktop.start();
  await expect(rowIn(page).getByText(/^The link works\.?$/)).toBeAttached();
  await pictures(app, page, 'went-on');
  expect(parts.map(({ partNumber }) => partNumber)).toEqual([3]);
  const answer = await fetch(url);
  const bytes = Buffer.from(await answer.arrayBuffer());
  expect([answer.status, bytes.length, bytes.toString('utf8', 0, 13)]).toEqual([
    200,
    20 * MIB,
    'the beginning',
  ]);
}

test('a crash in the middle of an upload costs nothing: the next start sends what is missing, and no more', async () => {
  const { app, page } = await desktop.start();
  const url = await uploadStalled(app, page);
  await desktop.crash();
  await expectItGoesOn(url);
});

test('quitting while uploading asks once, says what goes on next time, and it does', async () => {
  const { app, page } = await desktop.start();
  const url = await uploadStalled(app, page);
  await app.evaluate(({ app: electron }) => {
    for (let time = 0; time < 3; time += 1) electron.quit();
  });
  await expect.poll(() => dialogs(app)).toEqual([expect.stringContaining('goes on by itself next time')]);
  await expect(rowIn(page).getByRole('progressbar')).toBeVisible();
  const closed = app.waitForEvent('close');
  await app.evaluate(({ app: electron, dialog }) => {
    dialog.showMessageBox = () => Promise.resolve({ response: 0, checkboxChecked: false });
    electron.quit();
  });
  await closed;
  await expectItGoesOn(url);
});

test('what was paused stays paused: quitting asks nothing, and the next start waits until it is resumed', async () => {
  const { app, page } = await desktop.start();
  const url = await uploadStalled(app, page);
  await rowIn(page).focus();
  await page.keyboard.press('Space');
  await expect(rowIn(page).getByText('Paused')).toBeVisible();
  const closed = app.waitForEvent('close');
  await app.evaluate(({ app: electron }) => {
    electron.quit();
  });
  await closed;
  misbehave = () => null;
  parts = [];
  const again = await desktop.start();
  await expect(rowIn(again.page).getByText('Paused')).toBeVisible();
  await expect(rowIn(again.page).getByText('16.8 of 21 MB')).toBeVisible();
  await pictures(again.app, again.page, 'still-paused');
  expect(parts).toEqual([]);
  await rowIn(again.page).hover();
  await rowIn(again.page).getByRole('button', { name: 'Resume' }).click();
  await expect(rowIn(again.page).getByText(/^The link works\.?$/)).toBeAttached();
  expect(parts.map(({ partNumber }) => partNumber)).toEqual([3]);
  expect((await fetch(url)).status).toBe(200);
});

test('a server that does not answer holds nobody up who wants to quit, and the next start finishes', async () => {
  const { app, page } = await desktop.start();
  misbehave = ({ operation }) =>
    operation === 'CompleteMultipartUpload' ? { kind: 'stall', until: new Promise(() => undefined) } : null;
  const file = await open(desktop.file('video.mp4'), 'w');
  await file.truncate(20 * MIB);
  await file.close();
  await drop(page, desktop.file('video.mp4'));
  await expect.poll(() => arrived).toBe(3);
  const url = await clipboardText(app);
  const closed = app.waitForEvent('close');
  const isHidden = await app.evaluate(async ({ app: electron, BrowserWindow, dialog }) => {
    dialog.showMessageBox = () => Promise.resolve({ response: 0, checkboxChecked: false });
    const [window] = BrowserWindow.getAllWindows();
    const hidden = new Promise((resolve) =>
      window?.once('hide', () => {
        resolve(true);
      }),
    );
    electron.quit();
    electron.quit();
    return hidden;
  });
  const asked = Date.now();
  expect(isHidden).toBe(true);
  await closed;
  expect(Date.now() - asked).toBeLessThan(8_000);
  misbehave = () => null;
  const again = await desktop.start();
  await expect(rowIn(again.page).getByText(/^The link works\.?$/)).toBeAttached();
  expect((await fetch(url)).status).toBe(200);
});
