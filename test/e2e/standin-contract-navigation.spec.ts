/**
 * Where a page may go, and that is nowhere. Run on Electron's own binary these sentences check the stand-in's promises;
 * run on the stand-in they check that it keeps them.
 */
import { expect, test } from '@playwright/test';
import { RunningApp } from '../standin/contract-app/running-app.ts';

let app: RunningApp;
test.beforeAll(async () => {
  app = await RunningApp.start();
});
test.beforeEach(() => app.renew());
test.afterAll(() => app.stop());

test.describe('the page', () => {
  test('stays where it is when a script or a link would lead it elsewhere', async () => {
    await app.page.evaluate(() => {
      location.href = 'https://example.com/by-script';
    });
    await app.hasTold('will-navigate https://example.com/by-script');
    await app.page.click('text=elsewhere');
    await app.hasTold('will-navigate https://example.com/elsewhere');
    expect(await app.invoke('sender')).toMatchObject({ url: 'app://contract/index.html' });
  });

  test('has frames that stay where they are too, from their first address on', async () => {
    await app.page.evaluate(() => {
      const frame = document.createElement('iframe');
      frame.src = 'https://example.com/framed';
      document.body.append(frame);
    });
    await app.hasTold('will-frame-navigate https://example.com/framed');
    await app.page.evaluate(() => {
      const frame = document.createElement('iframe');
      document.body.append(frame);
      if (frame.contentWindow) frame.contentWindow.location.href = 'https://example.com/led-away';
    });
    await app.hasTold('will-frame-navigate https://example.com/led-away');
    expect(app.told.filter((line) => line.startsWith('will-navigate') && line.includes('framed'))).toEqual(
      [],
    );
    expect(await app.invoke('sender')).toMatchObject({ url: 'app://contract/index.html' });
  });

  test('opens no window, be it by script or by link', async () => {
    const opened = await app.page.evaluate(() => window.open('https://example.com/by-script') === null);
    expect(opened).toBe(true);
    await app.hasTold('open https://example.com/by-script');
    await app.page.click('text=new window');
    await app.hasTold('open https://example.com/new');
    await app.page.click('text=elsewhere', { button: 'middle' });
    await app.hasTold('open https://example.com/elsewhere');
    expect(app.electron.windows()).toHaveLength(1);
    expect(await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });
});
