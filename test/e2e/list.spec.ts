import { mkdir, open, writeFile } from 'node:fs/promises';
import { expect, test, type ElectronApplication, type Page } from '@playwright/test';
import type { LocalBucket } from '../servers/local-bucket/server.ts';
import type { Misbehave } from '../servers/local-bucket/misbehaviour.ts';
import { startTemporaryBucket } from '../servers/temporary-bucket.ts';
import { clickTray, clipboardText, Desktop, drop, pictures } from './desktop.ts';

let server: LocalBucket;
let desktop: Desktop;
let app: ElectronApplication;
let page: Page;
let misbehave: Misbehave;

test.beforeEach(async () => {
  misbehave = () => null;
  server = await startTemporaryBucket({ buckets: ['drops'], misbehave: (occasion) => misbehave(occasion) });
  desktop = await Desktop.install();
  await desktop.connect({ ...server, bucket: 'drops' });
  ({ app, page } = await desktop.start());
});
test.afterEach(async () => {
  await desktop.uninstall();
  await server.close();
});

const row = (name: string) => page.getByRole('row').filter({ hasText: name });

async function share(...names: string[]): Promise<void> {
  for (const name of names) await writeFile(desktop.file(name), `in ${name}`);
  await drop(page, ...names.map((name) => desktop.file(name)));
  for (const name of names) await expect(row(name).getByText('The link works')).toBeAttached();
}

test('Ctrl or Cmd with F finds a share, and a search that finds nothing keeps the focus', async () => {
  await share('report.pdf', 'photo.jpg');
  await page.keyboard.press('ControlOrMeta+f');
  await page.keyboard.type('photo');
  await expect(page.getByText('1 share', { exact: true })).toBeVisible();
  await page.keyboard.type('zzz');
  await expect(page.getByText('No share is named like “photozzz”')).toBeVisible();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(page.getByText('2 shares')).toBeVisible();
  await expect(page.getByLabel('Search shares')).toBeFocused();
  await page.keyboard.press('Backspace');
  await expect(page.getByRole('alertdialog')).toBeHidden();
});

test('a double click copies a link', async () => {
  await share('report.pdf', 'photo.jpg');
  await app.evaluate(({ clipboard }) => clipboard.writeText(''));
  await row('report.pdf').dblclick({ position: { x: 80, y: 20 } });
  await expect.poll(() => clipboardText(app)).toContain('report.pdf');
});

test('folders are refused in one message, which Escape sends away', async () => {
  const folders = ['one', 'two', 'three', 'four'].map((name) => desktop.file(name));
  for (const folder of folders) await mkdir(folder);
  await drop(page, ...folders);
  await expect(page.getByRole('alert')).toHaveCount(1);
  await expect(page.getByRole('alert')).toContainText('4 files were not shared');
  await expect(page.getByRole('alert')).toContainText('and 1 more');
  await pictures(app, page, 'folders');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('“Pause all” in the tray pauses what is sent', async () => {
  const gate = Promise.withResolvers<undefined>();
  misbehave = ({ partNumber, attempt }) =>
    partNumber === 3 && attempt === 1 ? { kind: 'stall', until: gate.promise } : null;
  const file = await open(desktop.file('video.mp4'), 'w');
  await file.truncate(20 * 1024 ** 2);
  await file.close();
  await drop(page, desktop.file('video.mp4'));
  await expect(row('video.mp4').getByRole('progressbar')).toBeVisible();
  await clickTray(app, 'Pause all');
  await expect(row('video.mp4')).toContainText('Paused');
  gate.resolve(undefined);
  await row('video.mp4').focus();
  await page.keyboard.press('Space');
  await expect(row('video.mp4').getByText('The link works')).toBeAttached();
});

test('the last account is removed, and its shares stay to be seen', async () => {
  await share('report.pdf');
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('menuitemradio', { name: 'test' }).click();
  await expect(page.getByRole('button', { name: /^Account/ })).toContainText('drops');
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('menuitem', { name: 'Remove test…' }).click();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(page.getByText('No bucket is connected: links can be seen')).toBeVisible();
  await expect(row('report.pdf')).toBeVisible();
  await pictures(app, page, 'no-account');
});

test('the speed of uploads is set in the preferences, and still so after a look elsewhere', async () => {
  await page.keyboard.press('ControlOrMeta+,');
  const field = page.getByLabel('Speed of all uploads together');
  await expect(field).toHaveValue('off');
  await field.fill('quick');
  await field.press('Enter');
  await expect(page.getByRole('alert')).toContainText('“quick” is no speed.');
  await field.fill('08:00,512k 19:00,off');
  await field.press('Enter');
  await expect(page.getByText('The speed is set')).toBeVisible();
  await pictures(app, page, 'speed');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Preferences' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Speed of all uploads together')).toHaveValue('08:00,512k 19:00,off');
});
