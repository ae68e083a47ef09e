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
});
test.afterEach(async () => {
  await desktop.uninstall();
  await server.close();
});

async function typeKeys(page: Page): Promise<void> {
  await page.getByLabel('Access key ID').fill(server.accessKeyId);
  await page.getByLabel('Secret access key').fill(server.secretAccessKey);
}

async function connect(page: Page): Promise<void> {
  await page.getByRole('radio', { name: 'MinIO, Ceph, other' }).check();
  await page.getByLabel('Endpoint').fill(server.endpoint);
  await typeKeys(page);
  await page.getByRole('combobox', { name: 'Bucket' }).fill('drops');
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Drop files here' })).toBeVisible();
}

const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });

test('without a keychain the window says so, before keys are typed and after', async () => {
  const { app, page } = await desktop.start();
  await expect(page.getByText('forgotten when Sandglass quits')).toBeVisible();
  await expect(page.getByText('Kept until Sandglass quits.')).toBeVisible();
  await pictures(app, page, 'no-keychain-connecting');
  await connect(page);
  await expect(page.getByText('forgotten when Sandglass quits')).toBeVisible();
  await pictures(app, page, 'no-keychain');
});

test('keys that were forgotten on quit are entered again, and the account works as before', async () => {
  const first = await desktop.start();
  await connect(first.page);
  await writeFile(desktop.file('before.txt'), 'before');
  await drop(first.page, desktop.file('before.txt'));
  await expect(row(first.page, 'before.txt').getByText('The link works')).toBeAttached();
  const url = await clipboardText(first.app);
  await first.app.evaluate(({ app }) => {
    app.exit(0);
  });
  await first.app.close().catch(() => undefined);
  const { app, page } = await desktop.start();
  await expect(page.getByText('The keychain holds no keys').first()).toBeVisible();
  await pictures(app, page, 'keys-forgotten');
  await page.getByRole('button', { name: 'Enter the keys again…' }).click();
  await typeKeys(page);
  await pictures(app, page, 'keys-again');
  await page.getByRole('button', { name: 'Keep these keys' }).click();
  await expect(page.getByText('Ends tomorrow').first()).toBeVisible();
  await row(page, 'before.txt').focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => clipboardText(app)).toBe(url);
});
