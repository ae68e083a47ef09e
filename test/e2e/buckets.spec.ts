import { AxeBuilder } from '@axe-core/playwright';
import { writeFile } from 'node:fs/promises';
import { expect, test, type ElectronApplication, type Page } from '@playwright/test';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { LocalBucket } from '../servers/local-bucket/server.ts';
import { startTemporaryBucket } from '../servers/temporary-bucket.ts';
import { clipboardText, Desktop, pictures } from './desktop.ts';

let server: LocalBucket;
let desktop: Desktop;
let app: ElectronApplication;
let page: Page;

test.beforeEach(async () => {
  server = await startTemporaryBucket({ buckets: ['drops', 'other'] });
  const { endpoint, accessKeyId, secretAccessKey } = server;
  const credentials = { accessKeyId, secretAccessKey };
  const client = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials });
  for (const key of ['readme.txt', 'photos/lisbon/one.jpg', 'photos/two.jpg', 'zebra.txt']) {
    await client.send(new PutObjectCommand({ Bucket: 'drops', Key: key, Body: `in ${key}` }));
  }
  client.destroy();
  desktop = await Desktop.install();
  await desktop.connect({ ...server, bucket: 'drops' });
  ({ app, page } = await desktop.start());
  await page.keyboard.press('ControlOrMeta+b');
});
test.afterEach(async () => {
  await desktop.uninstall();
  await server.close();
});

const row = (name: string) => page.getByRole('row').filter({ hasText: name });

async function findings(): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  return violations.map(({ id, nodes }) => `${id} at ${nodes.map(({ html }) => html).join(' ')}`);
}

test('an object that is there already is found and linked, by keyboard alone', async () => {
  await expect(page.getByRole('button', { name: 'other' })).toBeVisible();
  expect(await findings()).toEqual([]);
  await page.getByRole('button', { name: 'drops' }).focus();
  await page.keyboard.press('Enter');
  await expect(row('readme.txt')).toBeVisible();
  await pictures(app, page, 'bucket');
  expect(await findings()).toEqual([]);
  await row('photos').focus();
  await page.keyboard.press('Enter');
  await expect(row('two.jpg')).toBeVisible();
  await expect(row('lisbon')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(row('two.jpg')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Link to two.jpg copied')).toBeVisible();
  expect(await (await fetch(await clipboardText(app))).text()).toBe('in photos/two.jpg');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('row').filter({ hasText: 'two.jpg' })).toContainText('left');
});

test('a link is made for minutes, with a name of its own, from the context menu', async () => {
  await page.getByRole('button', { name: 'drops' }).click();
  await row('readme.txt').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Copy link for…' }).click();
  const dialog = page.getByRole('dialog', { name: 'A link to readme.txt' });
  await dialog.getByLabel('Or for').fill('45');
  await dialog.getByLabel('Unit').selectOption('minutes');
  await dialog.getByText('What the recipient gets').click();
  await dialog.getByLabel('Save as').fill('Read me first.txt');
  await pictures(app, page, 'link-dialog');
  expect(await findings()).toEqual([]);
  await dialog.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByText('Link to readme.txt copied')).toBeVisible();
  const url = new URL(await clipboardText(app));
  expect(url.searchParams.get('X-Amz-Expires')).toBe('2700');
  const answer = await fetch(url);
  expect(answer.headers.get('content-disposition')).toContain('Read me first.txt');
});

test('a search by how names begin is asked of the server', async () => {
  await page.getByRole('button', { name: 'drops' }).click();
  await expect(page.getByText('3 entries')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+f');
  await page.keyboard.type('zeb');
  await expect(page.getByText('1 entry')).toBeVisible();
  await expect(row('zebra.txt')).toBeVisible();
});

test('a file that is dropped onto a folder is uploaded into it, under its own name', async () => {
  await page.getByRole('button', { name: 'drops' }).click();
  await expect(row('photos')).toBeVisible();
  await writeFile(desktop.file('three.jpg'), 'three');
  const box = await row('photos').boundingBox();
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [desktop.file('three.jpg')], dragOperationsMask: 1 };
  const at = { x: (box?.x ?? 0) + 80, y: (box?.y ?? 0) + 20 };
  for (const type of ['dragEnter', 'dragOver'] as const) {
    await session.send('Input.dispatchDragEvent', { type, ...at, data });
  }
  await expect(page.getByText('Let go to upload to drops/photos/')).toBeVisible();
  await pictures(app, page, 'aiming');
  await session.send('Input.dispatchDragEvent', { type: 'drop', ...at, data });
  await expect.poll(() => clipboardText(app)).toContain('/photos/three.jpg');
  await row('photos').dblclick({ position: { x: 80, y: 20 } });
  await expect(row('three.jpg')).toBeVisible();
  expect(await (await fetch(await clipboardText(app))).text()).toBe('three');
});
