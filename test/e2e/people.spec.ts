import { writeFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type ElectronApplication, type Page } from '@playwright/test';
import type { LocalBucket } from '../servers/local-bucket/server.ts';
import { startTemporaryBucket } from '../servers/temporary-bucket.ts';
import { clipboardText, Desktop, drop, setTheme } from './desktop.ts';

let server: LocalBucket;
let desktop: Desktop;

test.beforeEach(async () => {
  server = await startTemporaryBucket({ buckets: ['drops'] });
  desktop = await Desktop.install();
});
test.afterEach(async () => {
  await desktop.uninstall();
  await server.close();
});

/** What axe finds in the page as it stands, in both themes. */
async function findings(app: ElectronApplication, page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const theme of ['light', 'dark'] as const) {
    await setTheme(app, page, theme);
    await page.screenshot({ path: test.info().outputPath(`${theme}.png`) });
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    found.push(
      ...violations.map(({ id, nodes }) => `${theme}: ${id} at ${nodes.map(({ html }) => html).join(' ')}`),
    );
  }
  return found;
}

test('axe finds nothing where a bucket is to be connected', async () => {
  const { app, page } = await desktop.start();
  await expect(page.getByRole('heading', { name: 'Connect a bucket' })).toBeVisible();
  expect(await findings(app, page)).toEqual([]);
});

test('axe finds nothing in the main view, its details and its preferences', async () => {
  await desktop.connect({ ...server, bucket: 'drops' });
  const { app, page } = await desktop.start();
  for (const name of ['report.pdf', 'photo.jpg', 'music.mp3']) {
    await writeFile(desktop.file(name), name);
    await drop(page, desktop.file(name));
    await expect.poll(() => clipboardText(app)).toContain(name);
  }
  await expect(page.getByText('The link works').first()).toBeAttached();
  expect(await findings(app, page)).toEqual([]);
  await page.getByRole('row').first().hover();
  await page
    .getByRole('button', { name: /^All actions for/ })
    .first()
    .click();
  await page.getByRole('menuitem', { name: 'Details' }).click();
  await expect(page.getByRole('dialog')).toContainText('Signed by');
  expect(await findings(app, page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+,');
  await expect(page.getByRole('heading', { name: 'Preferences' })).toBeVisible();
  expect(await findings(app, page)).toEqual([]);
});

test('a secret that was typed is not thrown away by Escape before that was asked', async () => {
  await desktop.connect({ ...server, bucket: 'drops' });
  const { app, page } = await desktop.start();
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('menuitem', { name: 'Connect another…' }).click();
  await page.getByLabel('Secret access key').fill('typed by hand');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('alertdialog', { name: 'Leave without connecting?' })).toBeVisible();
  expect(await findings(app, page)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Secret access key')).toHaveValue('typed by hand');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Leave', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Drop files here' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Account/ })).toBeFocused();
});
