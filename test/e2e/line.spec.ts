import { open } from 'node:fs/promises';
import { expect, test, type ElectronApplication } from '@playwright/test';
import type { LocalBucket, Misbehave } from '../servers/local-bucket/server.ts';
import { startTemporaryBucket } from '../servers/temporary-bucket.ts';
import { clipboardText, Desktop, drop, pictures } from './desktop.ts';

let server: LocalBucket;
let desktop: Desktop;
let misbehave: Misbehave;

test.beforeEach(async () => {
  misbehave = () => null;
  server = await startTemporaryBucket({ buckets: ['drops'], misbehave: (occasion) => misbehave(occasion) });
  desktop = await Desktop.install();
  await desktop.connect({ ...server, bucket: 'drops' });
});
test.afterEach(async () => {
  await desktop.uninstall();
  await server.close();
});

const says = (app: ElectronApplication, event: 'suspend' | 'resume') =>
  app.evaluate(({ powerMonitor }, name) => {
    powerMonitor.emit(name);
  }, event);

test('an upload that the computer sleeps through says so at once, and goes on as soon as it wakes', async () => {
  const { app, page } = await desktop.start();
  misbehave = ({ partNumber }) =>
    partNumber === 3 ? { kind: 'stall', until: new Promise(() => undefined) } : null;
  const file = await open(desktop.file('video.mp4'), 'w');
  await file.truncate(20 * 1024 ** 2);
  await file.close();
  await drop(page, desktop.file('video.mp4'));
  const row = page.getByRole('row').filter({ hasText: 'video.mp4' });
  await expect(row.getByRole('progressbar')).toBeVisible();
  const url = await clipboardText(app);
  misbehave = () => ({ kind: 'reset' });
  await says(app, 'suspend');
  await expect(row).toContainText('The computer was asleep.');
  await pictures(app, page, 'asleep');
  misbehave = () => null;
  await says(app, 'resume');
  await expect(row).toHaveAttribute('data-standing', 'live');
  expect((await fetch(url)).status).toBe(200);
});
