import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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

/** A picture in both themes, with what axe finds and what is cut off sideways. */
async function look(app: ElectronApplication, page: Page, name: string): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await setTheme(app, page, theme);
    await page.screenshot({ path: test.info().outputPath(`${name}-${theme}.png`) });
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    expect(violations.map(({ id, nodes }) => `${theme}: ${id} at ${nodes[0]?.html ?? ''}`)).toEqual([]);
  }
  expect(await cutOff(page)).toEqual([]);
}

/** Buttons and labels whose words do not fit. */
function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('button, label, h1, h2, legend, th')]
      .filter((each) => !each.closest('.unseen') && !each.classList.contains('unseen'))
      .filter((each) => each.clientWidth > 1 && each.scrollWidth > each.clientWidth + 1)
      .map((each) => each.textContent.trim()),
  );
}

const menuLabels = (app: ElectronApplication) =>
  app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map(({ label }) => label) ?? []);

/** As a person has chosen it in the preferences before. */
async function speakGerman(): Promise<void> {
  const path = join(desktop.home, 'data', 'settings.json');
  const settings = await readFile(path, 'utf8').catch(() => '{"version":1}');
  await mkdir(join(desktop.home, 'data'), { recursive: true });
  await writeFile(path, JSON.stringify({ ...(JSON.parse(settings) as object), language: 'de' }));
}

test('in German the whole window is German, and the main job is done by its German names', async () => {
  await desktop.connect({ ...server, bucket: 'drops' });
  await speakGerman();
  const { app, page } = await desktop.start();
  await expect(page.getByRole('heading', { name: 'Dateien hier ablegen' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  expect(await menuLabels(app)).toEqual(expect.arrayContaining(['Datei', 'Bearbeiten', 'Ansicht']));
  await writeFile(desktop.file('Bericht.pdf'), 'ein Bericht');
  await drop(page, desktop.file('Bericht.pdf'));
  const row = page.getByRole('row').filter({ hasText: 'Bericht.pdf' });
  await expect(row).toContainText(/noch (1 Tg\.|23 Std\. 59 Min\.)/);
  expect(await clipboardText(app)).toContain('Bericht.pdf');
  await look(app, page, 'main');
  await row.hover();
  await page.getByRole('button', { name: 'Alle Aktionen für Bericht.pdf' }).click();
  await look(app, page, 'menu');
  await page.getByRole('menuitem', { name: 'Widerrufen …' }).click();
  await expect(page.getByRole('alertdialog')).toContainText('Das löscht „');
  await look(app, page, 'revoke');
  await page.getByRole('button', { name: 'Löschen und widerrufen' }).click();
  await expect(row).toContainText('Widerrufen: Die Datei ist gelöscht');
});

test('another language holds at once, in the window and in the menus, and is kept', async () => {
  await desktop.connect({ ...server, bucket: 'drops' });
  const first = await desktop.start();
  await first.page.keyboard.press('ControlOrMeta+,');
  await expect(first.page.getByRole('heading', { name: 'Preferences' })).toBeVisible();
  const field = first.page.getByLabel('Language');
  await expect(field).toHaveValue('system');
  await field.selectOption('Deutsch');
  await expect(first.page.getByRole('heading', { name: 'Einstellungen' })).toBeVisible();
  await expect(first.page.getByLabel('Sprache')).toHaveValue('de');
  await expect(first.page.getByLabel('Sprache')).toBeFocused();
  await expect(first.page.locator('html')).toHaveAttribute('lang', 'de');
  expect(await menuLabels(first.app)).toEqual(expect.arrayContaining(['Datei', 'Hilfe']));
  await look(first.app, first.page, 'preferences');
  const closed = first.app.waitForEvent('close');
  await first.app.evaluate(({ app: electron }) => {
    electron.quit();
  });
  await closed;
  const { app, page } = await desktop.start();
  await expect(page.getByRole('heading', { name: 'Dateien hier ablegen' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+,');
  await page.getByLabel('Sprache').selectOption('Wie das System');
  await expect(page.getByRole('heading', { name: 'Preferences' })).toBeVisible();
  expect(await menuLabels(app)).toContain('File');
});

test('what fails is told in German too', async () => {
  await desktop.connect({ ...server, bucket: 'gone' });
  await speakGerman();
  const { app, page } = await desktop.start();
  await writeFile(desktop.file('Notiz.txt'), 'eine Notiz');
  await drop(page, desktop.file('Notiz.txt'));
  await expect(page.getByText('Hier gibt es keinen Bucket „gone“.').first()).toBeVisible();
  await look(app, page, 'failure');
});

test('nothing is cut off in German where a bucket is connected and a link is looked at', async () => {
  await speakGerman();
  const { app, page } = await desktop.start();
  await expect(page.getByRole('heading', { name: 'Bucket verbinden' })).toBeVisible();
  await look(app, page, 'connect');
  await page.setViewportSize({ width: 380, height: 480 });
  await look(app, page, 'connect-narrow');
});
