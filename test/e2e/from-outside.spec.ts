import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, readlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { electronCommand } from '../../scripts/electron.ts';
import type { LocalBucket, Misbehave } from '../servers/local-bucket/server.ts';
import { startTemporaryBucket } from '../servers/temporary-bucket.ts';
import {
  clickNotice,
  clickTray,
  clipboardText,
  Desktop,
  drop,
  noticeTexts,
  pictures,
  trayLabels,
} from './desktop.ts';

const ROOT = join(import.meta.dirname, '../..');
let server: LocalBucket;
let desktop: Desktop;
let misbehave: Misbehave;

test.beforeEach(async () => {
  misbehave = () => null;
  server = await startTemporaryBucket({ buckets: ['drops'], misbehave: (occasion) => misbehave(occasion) });
  desktop = await Desktop.install();
});
test.afterEach(async () => {
  await desktop.uninstall();
  await server.close();
});

const connect = () => desktop.connect({ ...server, bucket: 'drops' });

/** A start without Playwright beside the first; yields its exit code. */
async function startBeside(...files: string[]): Promise<number | null> {
  const { executable, switches } = electronCommand();
  const second = spawn(executable, [...switches, ROOT, ...files], { env: desktop.environment });
  const [code] = (await once(second, 'exit')) as [number | null];
  return code;
}

test('a file that is handed over before a bucket is connected waits for one, and is shared then', async () => {
  await writeFile(desktop.file('s.txt'), 'sent to');
  const { app, page } = await desktop.start(desktop.file('s.txt'));
  await expect(page.getByRole('heading', { name: 'Connect a bucket' })).toBeVisible();
  await writeFile(desktop.file('t.txt'), 'sent to as well');
  expect(await startBeside(desktop.file('t.txt'))).toBe(0);
  const waiting = () =>
    page.evaluate(async () => {
      const { sandglass } = globalThis as unknown as {
        sandglass: { readBoard(input: object): Promise<{ value: { waitingFiles: number } }> };
      };
      return (await sandglass.readBoard({})).value.waitingFiles;
    });
  await expect.poll(waiting).toBe(2);
  await pictures(app, page, 'files-wait');
  await page.getByRole('radio', { name: /MinIO/ }).check();
  await page.getByLabel('Access key ID').fill(server.accessKeyId);
  await page.getByLabel('Secret access key').fill(server.secretAccessKey);
  await page.getByLabel('Endpoint').fill(server.endpoint);
  await page.getByRole('combobox', { name: 'Bucket' }).fill('drops');
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(page.getByRole('row')).toHaveCount(2);
  await expect
    .poll(async () => (await fetch((await clipboardText(app)).split('\n').at(-1) ?? '')).status)
    .toBe(200);
  expect(await waiting()).toBe(0);
});

test('a file that is handed over while the app starts is shared once it is up', async () => {
  test.skip(process.platform === 'win32', 'Its lock is no file.');
  await connect();
  await writeFile(desktop.file('early.txt'), 'early');
  const starting = desktop.start();
  // The first holds its lock from its first moments on, long before its window is there.
  await expect.poll(() => readlink(desktop.file('data/SingletonLock')).catch(() => '')).not.toBe('');
  const codes = [startBeside(desktop.file('early.txt'))];
  const { page } = await starting;
  expect(await Promise.all(codes)).toEqual([0]);
  await expect(page.getByRole('row').filter({ hasText: 'early.txt' })).toContainText('left');
});

test('many ends make one notice, and a copy from the tray or a notice is told', async () => {
  await connect();
  const { app, page } = await desktop.start();
  const names = Array.from({ length: 12 }, (_, at) => `photo ${at}.jpg`);
  for (const name of names) await writeFile(desktop.file(name), name);
  await drop(page, ...names.map((name) => desktop.file(name)));
  await expect
    .poll(() => noticeTexts(app))
    .toEqual(['12 files are up. Their links work. Click to see them.']);
  await clickTray(app, 'photo 3.jpg');
  await expect
    .poll(() => noticeTexts(app))
    .toContain('Link copied. The link to photo 3.jpg is on the clipboard.');
  await writeFile(desktop.file('.aws/credentials'), '[other]\n');
  await clickTray(app, 'photo 4.jpg');
  await expect.poll(() => noticeTexts(app)).toContainEqual(expect.stringMatching(/^The link could not be/));
  await clickNotice(app, 'The link could not be copied');
});

test('the tray pauses all, and goes on with all once all is paused', async () => {
  await connect();
  const gate = Promise.withResolvers<undefined>();
  const { app, page } = await desktop.start();
  misbehave = ({ operation }) => (operation === 'PutObject' ? { kind: 'stall', until: gate.promise } : null);
  await writeFile(desktop.file('note.txt'), 'a note');
  await drop(page, desktop.file('note.txt'));
  await expect(page.getByRole('progressbar')).toBeVisible();
  await clickTray(app, 'Pause all');
  await expect(page.getByRole('row')).toContainText('Paused');
  await expect.poll(() => trayLabels(app)).toContain('Resume all');
  expect(await trayLabels(app)).not.toContain('Pause all');
  gate.resolve(undefined);
  await clickTray(app, 'Resume all');
  await expect.poll(async () => (await fetch(await clipboardText(app))).status).toBe(200);
  await expect.poll(() => trayLabels(app)).toContain('Pause all');
});

test('three presses of the keys for a file open one dialog', async () => {
  await connect();
  const { app, page } = await desktop.start();
  await app.evaluate(({ dialog }) => {
    const kept = globalThis as unknown as { opened: number };
    kept.opened = 0;
    dialog.showOpenDialog = () => {
      kept.opened += 1;
      return new Promise(() => undefined);
    };
  });
  const opened = () => app.evaluate(() => (globalThis as unknown as { opened: number }).opened);
  for (let press = 0; press < 3; press += 1) await page.keyboard.press('ControlOrMeta+o');
  await expect.poll(opened).toBe(1);
  await page.getByRole('button', { name: 'Choose files…' }).click();
  await expect(page.getByRole('button', { name: 'Choose files…' })).toBeEnabled();
  expect(await opened()).toBe(1);
});

test('the start at login is an entry that the system reads, and the box follows what is there', async () => {
  test.skip(process.platform !== 'linux', 'The other systems keep it where no file can be read.');
  await connect();
  const { page } = await desktop.start();
  await page.keyboard.press('ControlOrMeta+,');
  const box = page.getByRole('checkbox');
  await expect(box).not.toBeChecked();
  await box.check();
  const entry = () =>
    readFile(desktop.file('.config/autostart/sandglass.desktop'), 'utf8').catch(() => 'none');
  await expect.poll(entry).toMatch(/^Exec=".+" "--in-the-tray"$/m);
  await expect(box).toBeChecked();
  await page.reload();
  await page.keyboard.press('ControlOrMeta+,');
  await expect(box).toBeChecked();
  await box.uncheck();
  await expect.poll(entry).toBe('none');
});
