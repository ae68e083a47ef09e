import { expect, test, type ElectronApplication, type Page } from '@playwright/test';
import { Desktop } from './desktop.ts';

let desktop: Desktop;
let app: ElectronApplication;
let page: Page;

test.beforeEach(async () => {
  desktop = await Desktop.install();
  ({ app, page } = await desktop.start());
});
test.afterEach(() => desktop.uninstall());

const ELSEWHERE = 'https://example.com/elsewhere';

/** Where the window stands, as the app itself knows it. */
const address = () =>
  app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) => webContents.getURL()),
  );

test('a middle click on a link opens nothing, and neither does a click with a key held', async () => {
  await page.evaluate((url) => {
    const link = document.createElement('a');
    Object.assign(link, { href: url, textContent: 'a link' });
    link.style.cssText = 'position: fixed; inset: 0; z-index: 99';
    document.body.append(link);
  }, ELSEWHERE);
  const asked = await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    const kept = globalThis as unknown as { created: number };
    kept.created = 0;
    window?.webContents.on('did-create-window', () => (kept.created += 1));
    return window?.webContents.getURL();
  });
  await page.click('text=a link', { button: 'middle' });
  await page.click('text=a link', { modifiers: ['ControlOrMeta'] });
  await page.click('text=a link', { modifiers: ['Shift'] });
  await page.click('text=a link');
  expect(await address()).toEqual([asked]);
  expect(app.windows()).toHaveLength(1);
  expect(await app.evaluate(() => (globalThis as unknown as { created: number }).created)).toBe(0);
});

test('a frame within the page is refused by the page’s own policy, before the app has to', async () => {
  const refused = await page.evaluate((url) => {
    const frame = document.createElement('iframe');
    frame.src = url;
    return new Promise<string>((resolve) => {
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
        resolve(`${effectiveDirective} ${blockedURI}`);
      });
      document.body.append(frame);
    });
  }, ELSEWHERE);
  expect(refused).toMatch(/^frame-src https:\/\/example\.com/);
  expect(page.frames().filter((frame) => frame.url().startsWith('https://example.com/'))).toEqual([]);
});
