import { open } from 'node:fs/promises';
import { expect, test, type ElectronApplication, type Page } from '@playwright/test';
import type { Misbehave } from '../servers/local-bucket/misbehaviour.ts';
import type { LocalBucket } from '../servers/local-bucket/server.ts';
import { startTemporaryBucket } from '../servers/temporary-bucket.ts';
import { answerFileDialog, clipboardText, Desktop } from './desktop.ts';
import { Keyboard } from './keyboard.ts';

const MIB = 1024 ** 2;
let server: LocalBucket;
let desktop: Desktop;
let app: ElectronApplication;
let page: Page;
let keyboard: Keyboard;
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

async function start(): Promise<void> {
  ({ app, page } = await desktop.start());
  keyboard = new Keyboard(page);
  await keyboard.watchPointers();
}

const row = () => page.getByRole('row', { name: /^video\.mp4/ });
const more = () => page.getByRole('button', { name: 'All actions for video.mp4' });
const item = (name: string) => page.getByRole('menuitem', { name });

async function videoFile(): Promise<string> {
  const path = desktop.file('video.mp4');
  const file = await open(path, 'w');
  await file.truncate(64 * MIB);
  await file.close();
  return path;
}

async function connectBucket(): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Connect a bucket' })).toBeFocused();
  await keyboard.tabTo(page.getByRole('radio', { name: 'Amazon S3' }));
  await keyboard.press('ArrowUp');
  await expect(page.getByRole('radio', { name: 'MinIO, Ceph, other' })).toBeChecked();
  const fields = [
    ['Access key ID', server.accessKeyId],
    ['Secret access key', server.secretAccessKey],
    ['Endpoint', server.endpoint],
    ['Bucket', 'drops'],
  ] as const;
  for (const [label, text] of fields) {
    await keyboard.tabTo(page.getByLabel(label, { exact: true }));
    await page.keyboard.type(text);
  }
  await keyboard.tabTo(page.getByRole('button', { name: 'Test' }));
  await keyboard.press('Enter');
  await expect(page.getByText('All of it worked.')).toBeVisible();
  await keyboard.tabTo(page.getByRole('button', { name: 'Connect', exact: true }));
  await keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /^Account/ })).toBeFocused();
}

/** Chooses a life of 12 hours and a file; all but its first parts wait for the gate. */
async function shareFile(gate: Promise<unknown>): Promise<string> {
  misbehave = ({ partNumber, attempt }) =>
    partNumber !== null && partNumber > 4 && attempt === 1 ? { kind: 'stall', until: gate } : null;
  await answerFileDialog(app, await videoFile());
  await keyboard.tabTo(page.getByRole('radio', { name: '1 day' }));
  await keyboard.press('ArrowLeft');
  await expect(page.getByRole('radio', { name: '12 h' })).toBeChecked();
  await keyboard.tabTo(page.getByRole('button', { name: 'Choose files…' }), 'Shift+Tab');
  await keyboard.press('Enter');
  await expect.poll(() => clipboardText(app)).toMatch(/video\.mp4\?.*X-Amz-Expires=43200/);
  return clipboardText(app);
}

test('the whole main job is done by keyboard alone, from the first start to the end of the link', async () => {
  test.setTimeout(120_000);
  await start();
  await connectBucket();
  const gate = Promise.withResolvers<undefined>();
  const url = await shareFile(gate.promise);

  await keyboard.tabTo(row());
  await expect(row().getByRole('progressbar')).toHaveAttribute('aria-valuenow', /^[1-9]\d?$/);
  await keyboard.press('Space');
  await expect(row()).toContainText('Paused');
  gate.resolve(undefined);
  await keyboard.press('Space');
  await expect(row().getByText(/^The link works\.?$/)).toBeAttached();
  await expect(row()).toBeFocused();
  expect((await fetch(url)).status).toBe(200);
  await app.evaluate(({ clipboard }) => clipboard.writeText(''));
  await keyboard.press('Enter');
  await expect.poll(() => clipboardText(app)).toBe(url);

  await keyboard.press('Delete');
  await expect(page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' })).toBeFocused();
  await keyboard.press('Escape');
  await expect(row()).toBeFocused();
  await keyboard.press('Delete');
  await keyboard.tabTo(page.getByRole('button', { name: 'Delete and revoke' }));
  await keyboard.press('Enter');
  await expect(row()).toContainText('Revoked');
  await expect(row()).toBeFocused();
  expect((await fetch(url)).status).toBe(404);
  expect(await keyboard.pointerEvents()).toBeNull();
  expect(keyboard.unseenStops).toEqual([]);
});

test('a row’s menu and its dialogs are walked by keyboard, and the focus comes back to what opened them', async () => {
  await desktop.connect({ ...server, bucket: 'drops' });
  await start();
  const first = await shareFile(Promise.resolve());
  await expect(row().getByText(/^The link works\.?$/)).toBeAttached();
  await keyboard.tabTo(more());
  await keyboard.press('Enter');
  await expect(item('Copy link')).toBeFocused();
  await keyboard.press('ArrowDown');
  await expect(item('New link…')).toBeFocused();
  await keyboard.press('End');
  await expect(page.getByRole('menuitem').last()).toBeFocused();
  await keyboard.press('ArrowDown');
  await expect(item('Copy link')).toBeFocused();
  await keyboard.press('ArrowUp', 'Home');
  await expect(item('Copy link')).toBeFocused();
  await keyboard.press('r');
  await expect(item('Revoke…')).toBeFocused();
  await keyboard.press('Escape');
  await expect(page.getByRole('menu')).toBeHidden();
  await expect(more()).toBeFocused();

  await keyboard.press('Enter', 'n', 'Enter');
  const dialog = page.getByRole('dialog', { name: 'A new link to video.mp4' });
  await expect(dialog.getByRole('radio', { name: '12 h' })).toBeFocused();
  await keyboard.press('ArrowRight', 'ArrowRight');
  await expect(dialog.getByRole('radio', { name: '3 days' })).toBeChecked();
  await keyboard.tabTo(dialog.getByRole('button', { name: 'Copy new link' }));
  await keyboard.press('Enter');
  await expect(more()).toBeFocused();
  await expect.poll(() => clipboardText(app)).not.toBe(first);

  await keyboard.press('Enter', 'd', 'Enter');
  await expect(page.getByRole('dialog', { name: 'video.mp4' })).toContainText('Signed by');
  expect(await keyboard.walk()).toEqual(expect.arrayContaining(['button Copy link', 'button Close']));
  await keyboard.press('Escape');
  await expect(more()).toBeFocused();
  expect(await keyboard.pointerEvents()).toBeNull();
  expect(keyboard.unseenStops).toEqual([]);
});

test('the search and every view are reached and left by keyboard, and each stop shows that it has the focus', async () => {
  await desktop.connect({ ...server, bucket: 'drops' });
  await start();
  await shareFile(Promise.resolve());
  await expect(row().getByText(/^The link works\.?$/)).toBeAttached();
  await keyboard.press('ControlOrMeta+f');
  const search = page.getByLabel('Search shares');
  await page.keyboard.type('nothing is called so');
  await expect(page.getByText('No share is named like')).toBeVisible();
  await keyboard.press('Escape');
  await expect(search).toBeFocused();
  await page.keyboard.type('video');
  await expect(page.getByText('1 share', { exact: true })).toBeVisible();
  await keyboard.press('ArrowDown');
  await expect(row()).toBeFocused();

  const views = [
    ['Buckets', 'Buckets', 'button drops'],
    ['What is this link?', 'What is this link?', 'textarea A presigned link'],
    ['Preferences', 'Preferences', 'button Record…'],
  ] as const;
  for (const [opener, title, stop] of views) {
    const button = page.getByRole('button', { name: opener });
    await keyboard.tabTo(button);
    await keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible();
    await expect(page.getByText('Reading…')).toBeHidden();
    expect(await keyboard.walk()).toContain(stop);
    await keyboard.press('Escape');
    await expect(button).toBeFocused();
  }

  await keyboard.tabTo(page.getByRole('button', { name: /^Account/ }), 'Shift+Tab');
  await keyboard.press('Enter', 'c', 'Enter');
  await expect(page.getByRole('heading', { name: 'Connect a bucket' })).toBeFocused();
  expect((await keyboard.walk()).length).toBeGreaterThan(8);
  await keyboard.press('Escape');
  await expect(page.getByRole('button', { name: /^Account/ })).toBeFocused();
  expect(await keyboard.pointerEvents()).toBeNull();
  expect(keyboard.unseenStops).toEqual([]);
});

test('a stop that hides its focus is noticed', async () => {
  await start();
  await expect(page.getByRole('heading', { name: 'Connect a bucket' })).toBeFocused();
  await page.getByLabel('Access key ID').evaluate((field) => {
    field.setAttribute('data-hides', '');
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('[data-hides] { outline: none !important }');
    document.adoptedStyleSheets.push(sheet);
  });
  await keyboard.walk();
  expect(keyboard.unseenStops[0]).toContain('Access key ID: none');
  expect(keyboard.unseenStops.filter((stop) => !stop.includes('Access key ID'))).toEqual([]);
});
