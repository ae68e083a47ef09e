import { AxeBuilder } from '@axe-core/playwright';
import { writeFile } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import type { LocalBucket } from '../servers/local-bucket/server.ts';
import { startTemporaryBucket } from '../servers/temporary-bucket.ts';
import { clipboardText, Desktop, drop, pictures } from './desktop.ts';

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

/** The clipboard of a machine without a desktop holds nothing for a page, so that the event is made here. */
const pasteText = (page: Page, text: string) =>
  page.evaluate((given) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', given);
    const target = document.activeElement ?? document.body;
    target.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);

test('a link that the app has made is read when it is pasted, and forgotten when the view is left', async () => {
  const { app, page } = await desktop.start();
  await writeFile(desktop.file('note.txt'), 'a note');
  await drop(page, desktop.file('note.txt'));
  await expect(page.getByText('The link works')).toBeAttached();
  const url = await clipboardText(app);
  await pasteText(page, url);
  await expect(page.getByRole('heading', { name: 'What is this link?' })).toBeVisible();
  await expect(page.getByRole('heading', { name: /^It lives: 23 h 59 min left$/ })).toBeVisible();
  await expect(page.getByRole('definition').filter({ hasText: 'drops' }).first()).toBeVisible();
  await expect(page.getByText('If it answers 403')).toBeAttached();
  await pictures(app, page, 'inspect');
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await page.keyboard.press('Escape');
  const signature = new URL(url).searchParams.get('X-Amz-Signature') ?? 'none';
  expect(await page.content()).not.toContain(signature);
});
