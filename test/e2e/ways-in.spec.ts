import { writeFile } from 'node:fs/promises';
import { expect, test, type ElectronApplication, type Page } from '@playwright/test';
import type { LocalBucket } from '../servers/local-bucket/server.ts';
import { startTemporaryBucket } from '../servers/temporary-bucket.ts';
import { answerFileDialog, clipboardText, Desktop, drop, paste, pictures } from './desktop.ts';

let server: LocalBucket;
let desktop: Desktop;
let app: ElectronApplication;
let page: Page;

test.beforeEach(async () => {
  server = await startTemporaryBucket({ buckets: ['drops'] });
  desktop = await Desktop.install();
  await desktop.connect({ ...server, bucket: 'drops' });
  ({ app, page } = await desktop.start());
});
test.afterEach(async () => {
  await desktop.uninstall();
  await server.close();
});

async function written(...names: string[]): Promise<string[]> {
  for (const name of names) await writeFile(desktop.file(name), `in ${name}`);
  return names.map((name) => desktop.file(name));
}

/** What the links on the clipboard lead to, once all of them work. */
async function downloads(count: number): Promise<string[]> {
  await expect(page.getByText('The link works')).toHaveCount(count);
  const urls = (await clipboardText(app)).split('\n');
  return Promise.all(urls.map(async (url) => (await fetch(url)).text()));
}

test('files that were copied are shared by pasting them', async () => {
  await paste(page, ...(await written('one.txt', 'two – ü.txt')));
  expect(await downloads(2)).toEqual(['in one.txt', 'in two – ü.txt']);
});

test('files are pasted while a field has the focus too, and text is left to it', async () => {
  await drop(page, ...(await written('first.txt')));
  expect(await downloads(1)).toEqual(['in first.txt']);
  const search = page.getByLabel('Search shares');
  await search.focus();
  await paste(page, ...(await written('second.txt')));
  expect(await downloads(2)).toEqual(['in second.txt']);
  const isLeft = await search.evaluate((field) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', 'first');
    return field.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  });
  expect(isLeft).toBe(true);
});

test('Ctrl or Cmd with V is a paste', async () => {
  await page.evaluate(() => {
    addEventListener('paste', () => (document.documentElement.dataset['pasted'] = 'yes'), { capture: true });
  });
  await page.keyboard.press('ControlOrMeta+v');
  await expect(page.locator('html')).toHaveAttribute('data-pasted', 'yes');
});

test('the button shares what is chosen in the system’s dialog', async () => {
  await answerFileDialog(app, ...(await written('one.txt', 'two.txt')));
  await page.getByRole('button', { name: 'Choose files…' }).click();
  expect(await downloads(2)).toEqual(['in one.txt', 'in two.txt']);
});

test('Ctrl or Cmd with O shares what is chosen in the system’s dialog', async () => {
  await answerFileDialog(app, ...(await written('one.txt')));
  await page.keyboard.press('ControlOrMeta+o');
  expect(await downloads(1)).toEqual(['in one.txt']);
});

test('a dialog that is called off shares nothing', async () => {
  await answerFileDialog(app);
  await page.getByRole('button', { name: 'Choose files…' }).click();
  await drop(page, ...(await written('dropped.txt')));
  expect(await downloads(1)).toEqual(['in dropped.txt']);
});

test('more than a thousand files at once are refused in a sentence', async () => {
  const [path = ''] = await written('small.txt');
  await drop(page, ...Array.from({ length: 1_001 }, () => path));
  await expect(page.getByText('1,001 files are too many at once: 1,000 at most.')).toBeVisible();
  await pictures(app, page, 'too-many');
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.getByRole('row')).toHaveCount(0);
});
