import { rmSync } from 'node:fs';
import { open, writeFile } from 'node:fs/promises';
import { expect, test, type ElectronApplication, type Page } from '@playwright/test';
import type { LocalBucket } from '../servers/local-bucket/server.ts';
import type { Misbehave } from '../servers/local-bucket/misbehaviour.ts';
import { startTemporaryBucket } from '../servers/temporary-bucket.ts';
import { clipboardText, Desktop, drop, pictures } from './desktop.ts';

const MIB = 1024 ** 2;
let server: LocalBucket;
let desktop: Desktop;
let app: ElectronApplication;
let page: Page;
let misbehave: Misbehave;

test.beforeEach(async () => {
  misbehave = () => null;
  server = await startTemporaryBucket({ buckets: ['drops'], misbehave: (occasion) => misbehave(occasion) });
  desktop = await Desktop.install();
  await desktop.connect({ ...server, bucket: 'drops' });
  ({ app, page } = await desktop.start());
});
test.afterEach(async () => {
  await desktop.uninstall();
  await server.close();
});

const row = (name: string) => page.getByRole('row').filter({ hasText: name });

async function act(name: string, action: string): Promise<void> {
  await row(name).hover();
  await row(name)
    .getByRole('button', { name: `All actions for ${name}` })
    .click();
  await page.getByRole('menuitem', { name: action }).click();
}

/** A file of three parts, the last of which waits for the gate. */
async function dropThreeParts(gate: Promise<unknown>): Promise<string> {
  misbehave = ({ partNumber, attempt }) =>
    partNumber === 3 && attempt === 1 ? { kind: 'stall', until: gate } : null;
  const path = desktop.file('video.mp4');
  const file = await open(path, 'w');
  await file.truncate(20 * MIB);
  await file.close();
  await drop(page, path);
  await expect(row('video.mp4').getByRole('progressbar')).toBeVisible();
  return path;
}

const picture = (name: string) => pictures(app, page, name);

test('an upload is paused, resumed, and its link works in the end', async () => {
  const gate = Promise.withResolvers<undefined>();
  await dropThreeParts(gate.promise);
  await act('video.mp4', 'Pause');
  await expect(row('video.mp4')).toContainText('Paused');
  await picture('paused');
  gate.resolve(undefined);
  await act('video.mp4', 'Resume');
  await expect(row('video.mp4')).toContainText('left');
  await expect(row('video.mp4').getByText('The link works')).toBeAttached();
  expect((await fetch(await clipboardText(app))).status).toBe(200);
});

test('an upload is cancelled, and nothing is left to download', async () => {
  const gate = Promise.withResolvers<undefined>();
  await dropThreeParts(gate.promise);
  const url = await clipboardText(app);
  await act('video.mp4', 'Cancel upload');
  gate.resolve(undefined);
  await expect(row('video.mp4')).toContainText('Cancelled');
  await picture('cancelled');
  expect((await fetch(url)).status).toBe(404);
});

test('a file deleted while it uploads is waited for, and another in its place is sent only where that is wished', async () => {
  test.setTimeout(120_000);
  const gate = Promise.withResolvers<undefined>();
  const path = await dropThreeParts(gate.promise);
  const url = await clipboardText(app);
  rmSync(path);
  gate.resolve(undefined);
  await expect(row('video.mp4')).toContainText('There is no file');
  await picture('file-deleted');
  await writeFile(path, 'back again');
  // It is looked for by itself, each time after a longer while.
  await expect(row('video.mp4')).toContainText('changed while it was uploading', { timeout: 60_000 });
  await picture('file-changed');
  await act('video.mp4', 'Try again');
  await expect(row('video.mp4').getByText(/^The link works\.?$/)).toBeAttached();
  expect(await (await fetch(url)).text()).toBe('back again');
});

test('a link is extended and revoked, which is asked once', async () => {
  await writeFile(desktop.file('note.txt'), 'a note');
  await drop(page, desktop.file('note.txt'));
  await expect(row('note.txt').getByText('The link works')).toBeAttached();
  const first = await clipboardText(app);
  await act('note.txt', 'New link…');
  const dialog = page.getByRole('dialog', { name: 'A new link to note.txt' });
  await dialog.getByRole('radio', { name: '7 days' }).check();
  await picture('extending');
  await dialog.getByRole('button', { name: 'Copy new link' }).click();
  await expect(row('note.txt')).toContainText('6 d 23 h left');
  const second = await clipboardText(app);
  expect(second).not.toBe(first);
  await picture('extended');
  await act('note.txt', 'Revoke…');
  await expect(page.getByRole('alertdialog')).toContainText('Every link to it ends');
  await picture('revoke');
  await page.getByRole('button', { name: 'Delete and revoke' }).click();
  await expect(row('note.txt')).toContainText('Revoked');
  expect((await fetch(first)).status).toBe(404);
  expect((await fetch(second)).status).toBe(404);
});

test('a link is extended to a date and time, without a mouse', async () => {
  await writeFile(desktop.file('note.txt'), 'a note');
  await drop(page, desktop.file('note.txt'));
  await expect(row('note.txt').getByText('The link works')).toBeAttached();
  const first = await clipboardText(app);
  await row('note.txt').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menu')).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'A new link to note.txt' });
  await expect(dialog.getByRole('radio', { name: '1 day' })).toBeFocused();
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowRight');
  await expect(dialog.getByRole('radio', { name: 'Until…' })).toBeChecked();
  await page.keyboard.press('Tab');
  await expect(dialog.getByLabel('The link ends on')).toBeFocused();
  const end = new Date(Math.ceil(Date.now() / 3_600_000) * 3_600_000 + 49 * 3_600_000);
  await dialog.getByLabel('The link ends on').fill(end.toISOString().slice(0, 16));
  await picture('extending-until');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(row('note.txt')).toContainText(/2 d( 1 h)? left/);
  const query = new URL(await clipboardText(app)).searchParams;
  const signed = query.get('X-Amz-Date')?.replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5') ?? '';
  expect(Date.parse(signed) + Number(query.get('X-Amz-Expires')) * 1000).toBe(end.getTime());
  expect(await clipboardText(app)).not.toBe(first);
  await expect(row('note.txt').getByRole('button', { name: 'All actions for note.txt' })).toBeFocused();
});

test('ten files at once are ten rows, and ten links on the clipboard', async () => {
  const paths = Array.from({ length: 10 }, (_, at) => desktop.file(`photo ${at}.jpg`));
  for (const path of paths) await writeFile(path, path);
  await drop(page, ...paths);
  await expect.poll(async () => (await clipboardText(app)).split('\n').length).toBe(10);
  await expect(page.getByText('10 shares')).toBeVisible();
  await expect(page.getByText('The link works').first()).toBeAttached();
  await picture('ten-files');
  for (const url of (await clipboardText(app)).split('\n')) {
    await expect.poll(async () => (await fetch(url)).status).toBe(200);
  }
});

test('without a network the link is there all the same, the row says why it does not work yet, and goes on by itself', async () => {
  test.setTimeout(120_000);
  await writeFile(desktop.file('first.txt'), 'first');
  await drop(page, desktop.file('first.txt'));
  await expect(row('first.txt').getByText('The link works')).toBeAttached();
  misbehave = () => ({ kind: 'reset' });
  await writeFile(desktop.file('note.txt'), 'a note');
  await drop(page, desktop.file('note.txt'));
  await expect.poll(() => clipboardText(app)).toContain('note.txt');
  const url = await clipboardText(app);
  await expect(row('note.txt')).toContainText('connection to the server was lost', { timeout: 60_000 });
  await picture('no-network');
  misbehave = () => null;
  await expect(row('note.txt').getByText('The link works')).toBeAttached({ timeout: 60_000 });
  expect(await (await fetch(url)).text()).toBe('a note');
});
