import { createHash, randomBytes } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, test } from '@playwright/test';
import { startCephRgw, type CephRgw } from '../servers/ceph-rgw.ts';
import { clickTray, clipboardText, Desktop, drop, trayLabels } from './desktop.ts';
import { dropToClipboard } from './drop-watch.ts';

const MIB = 1024 ** 2;
const SIZE = 200 * MIB;
let rgw: CephRgw;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  rgw = await startCephRgw();
  const { endpoint, accessKeyId, secretAccessKey } = rgw;
  const credentials = { accessKeyId, secretAccessKey };
  const client = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials });
  await client.send(new CreateBucketCommand({ Bucket: 'drops' }));
  client.destroy();
});
test.afterAll(() => rgw.stop());

test('a file is dropped, its link is on the clipboard, and the link downloads every byte', async () => {
  test.setTimeout(180_000);
  const desktop = await Desktop.install();
  await desktop.connect({ ...rgw, bucket: 'drops' });
  const path = desktop.file('holiday film.mp4');
  const file = await open(path, 'w');
  for (let at = 0; at < SIZE; at += MIB) await file.write(randomBytes(MIB));
  await file.close();
  const { app, page } = await desktop.start();
  await expect(page.getByText(/Drop files here/).first()).toBeVisible();
  const delay = await dropToClipboard(app, page);
  await drop(page, path);
  await expect.poll(() => clipboardText(app)).toMatch(/^http.*holiday%20film\.mp4\?/);
  const ms = await delay();
  test
    .info()
    .annotations.push({ type: 'from the drop to the link on the clipboard', description: `${ms} ms` });
  console.log(`From the drop to the link on the clipboard: ${ms} ms.`);
  const url = await clipboardText(app);

  const shown: number[] = [];
  const bar = page.getByRole('progressbar');
  await expect(bar).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('uploading.png') });
  while (await bar.isVisible()) {
    const now = await bar.getAttribute('aria-valuenow', { timeout: 1_000 }).catch(() => null);
    if (now !== null) shown.push(Number(now));
  }
  expect(shown.length).toBeGreaterThan(3);
  expect(shown).toEqual([...shown].sort((a, b) => a - b));

  await expect(page.getByText(/h .*left/).first()).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('live.png') });
  const answer = await fetch(url);
  expect(answer.status).toBe(200);
  const hash = createHash('sha256');
  for await (const chunk of answer.body!) hash.update(chunk as Uint8Array);
  expect(hash.digest('hex')).toBe(
    createHash('sha256')
      .update(await readFile(path))
      .digest('hex'),
  );

  await expect
    .poll(() => trayLabels(app))
    .toContainEqual(expect.stringMatching(/^holiday film\.mp4: .*left$/));
  await app.evaluate(({ clipboard }) => clipboard.writeText(''));
  await clickTray(app, 'holiday film.mp4');
  await expect.poll(() => clipboardText(app)).toBe(url);
  await desktop.uninstall();
});
