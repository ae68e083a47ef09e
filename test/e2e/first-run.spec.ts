import { writeFile } from 'node:fs/promises';
import { expect, test, type Page } from '@playwright/test';
import type { LocalBucket } from '../servers/local-bucket/server.ts';
import { startTemporaryBucket } from '../servers/temporary-bucket.ts';
import { clipboardText, Desktop, drop, pictures } from './desktop.ts';

let server: LocalBucket;
let desktop: Desktop;

test.beforeEach(async () => {
  server = await startTemporaryBucket({ buckets: ['drops', 'other'] });
  desktop = await Desktop.install();
});
test.afterEach(async () => {
  await desktop.uninstall();
  await server.close();
});

async function fillIn(page: Page, secret: string): Promise<void> {
  await page.getByRole('radio', { name: 'MinIO, Ceph, other' }).check();
  await page.getByLabel('Endpoint').fill(server.endpoint);
  await page.getByLabel('Access key ID').fill(server.accessKeyId);
  await page.getByLabel('Secret access key').fill(secret);
}

test('the first run connects a bucket, and what was dropped before is shared at once', async () => {
  const { app, page } = await desktop.start();
  const path = desktop.file('note.txt');
  await writeFile(path, 'a note');
  await drop(page, path);
  await expect(page.getByRole('heading', { name: 'Connect a bucket' })).toBeVisible();
  await expect(page.getByText('One file waits')).toBeVisible();
  await expect(page.getByText('keys are kept in memory, and forgotten when Sandglass quits')).toBeVisible();
  await fillIn(page, server.secretAccessKey);
  await page.getByRole('button', { name: 'Find the buckets of these keys' }).click();
  await expect(page.getByText('2 found')).toBeVisible();
  await page.getByRole('combobox', { name: 'Bucket' }).fill('drops');
  await page.getByRole('button', { name: 'Test' }).click();
  await expect(page.getByText('All of it worked.')).toBeVisible();
  await pictures(app, page, 'tested');
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(page.getByRole('row').filter({ hasText: 'note.txt' })).toContainText('left');
  const url = await clipboardText(app);
  expect(await (await fetch(url)).text()).toBe('a note');
});

test('wrong keys are told by the test, step by step, and nothing is kept', async () => {
  const { app, page } = await desktop.start();
  await expect(page.getByRole('heading', { name: 'Connect a bucket' })).toBeVisible();
  await fillIn(page, 'wrong');
  await page.getByRole('combobox', { name: 'Bucket' }).fill('drops');
  await page.getByRole('button', { name: 'Test' }).click();
  await expect(page.getByText(/secret access key is wrong/).first()).toBeVisible();
  await pictures(app, page, 'wrong-keys');
});
