import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import type { LocalBucket } from '../servers/local-bucket/server.ts';
import type { Misbehave } from '../servers/local-bucket/misbehaviour.ts';
import { startTemporaryBucket } from '../servers/temporary-bucket.ts';
import { clipboardText, Desktop, drop, noticeTexts } from './desktop.ts';

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

const PARTS = 3;
const FILM = Buffer.alloc(PARTS * 8 * 1024 ** 2, 'film');

test('a window that crashes in the middle of an upload comes back and shows it; no part is sent twice', async () => {
  const gate = Promise.withResolvers<undefined>();
  let parts = 0;
  let held = 0;
  misbehave = ({ operation }) => {
    if (operation !== 'UploadPart') return null;
    parts += 1;
    if (parts === 1) return null;
    held += 1;
    return { kind: 'stall', until: gate.promise };
  };
  const { app, page } = await desktop.start();
  await writeFile(desktop.file('film.mp4'), FILM);
  await drop(page, desktop.file('film.mp4'));
  await expect(page.getByRole('progressbar')).toBeVisible();
  const url = await clipboardText(app);
  await expect.poll(() => held).toBeGreaterThan(0);

  await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const shown = Promise.withResolvers<undefined>();
    contents?.once('did-finish-load', () => {
      shown.resolve(undefined);
    });
    contents?.forcefullyCrashRenderer();
    return shown.promise;
  });
  // Playwright does not follow a page into its next process; the window itself is asked.
  const seen = () =>
    app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
        `[document.body.innerText, document.querySelectorAll('[role=progressbar], progress').length].join(' / ')`,
      ),
    );
  await expect.poll(seen).toMatch(/film\.mp4[^]* \/ 1$/);

  gate.resolve(undefined);
  await expect.poll(async () => (await fetch(url)).status).toBe(200);
  expect(Buffer.from(await (await fetch(url)).arrayBuffer()).equals(FILM)).toBe(true);
  await expect.poll(seen).toMatch(/film\.mp4[^]* \/ 0$/);
  expect(parts).toBe(PARTS);

  const log = await readFile(desktop.file('data/logs/sandglass.log'), 'utf8');
  expect(log).toMatch(
    /share uploading[^]*window crashed reason=crashed[^]*share live share=\w{10} link=works/,
  );
  expect(log).not.toMatch(/unhandled|uncaught/);
});

test('Help › Copy diagnostics puts on the clipboard what happened, and nothing that is private', async () => {
  misbehave = ({ operation }) =>
    operation === 'PutObject' ? { kind: 'refuse', code: 'AccessDenied', status: 403 } : null;
  const { app, page } = await desktop.start();
  await writeFile(desktop.file('canary plan.txt'), 'a note');
  await drop(page, desktop.file('canary plan.txt'));
  await expect(page.getByRole('row').filter({ hasText: 'canary plan.txt' })).toContainText('may not');
  const url = new URL(await clipboardText(app));
  await app.evaluate(({ Menu }) => {
    const help = Menu.getApplicationMenu()?.items.find(({ role }) => role === 'help');
    help?.submenu?.items.find(({ label }) => label === 'Copy Diagnostics')?.click();
  });
  await expect.poll(() => noticeTexts(app)).toContainEqual(expect.stringContaining('Diagnostics copied. '));
  const text = await clipboardText(app);
  expect(text).toMatch(/^### Sandglass diagnostics\n[^]*\| Accounts \| 1; [^]*\| Shares \| 1 failed \|/);
  expect(text).toMatch(/share failed share=\w{10} code=access-denied/);
  const { accessKeyId, secretAccessKey } = server;
  const key = url.pathname.split('/').slice(3);
  const secret = [accessKeyId, secretAccessKey, ...key, 'canary', 'drops', desktop.home, url.host, 'X-Amz-'];
  for (const word of secret) expect(text, word).not.toContain(word);
});
