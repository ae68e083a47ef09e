/**
 * What the main process may rely on of whatever runs it: its windows, its end, and the desktop around it. Written to
 * be run on Electron's own binary as well.
 */
import { existsSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { electronCommand } from '../../scripts/electron.ts';
import { descendants } from '../standin/contract-app/process-family.ts';
import { RunningApp } from '../standin/contract-app/running-app.ts';

const command = electronCommand();

let app: RunningApp;
test.beforeEach(async () => {
  app = await RunningApp.start();
});
test.afterEach(() => app.stop());

test.describe('the window', () => {
  test('is shown when it is ready, hides instead of closing where main prevents it, and comes back', async () => {
    await app.hasTold('show');
    await app.wish({ keepsWindow: true });
    const isVisible = () =>
      app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());
    await app.electron.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.close();
    });
    await app.hasTold('hide');
    expect(await isVisible()).toBe(false);
    await app.electron.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.show();
    });
    expect(await isVisible()).toBe(true);
    expect(await app.invoke('echo', 'still here')).toBe('still here');
    await app.wish({ keepsWindow: false });
  });

  test('closes, and the app runs on without one where main listens for that', async () => {
    await app.electron.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.close();
    });
    await app.hasTold('window-all-closed');
    expect(app.told.slice(-2)).toEqual(['closed', 'window-all-closed']);
    expect(await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows())).toEqual([]);
  });

  test('may keep itself from being closed by its page', async () => {
    await app.wish({ keepsWindow: true });
    await app.page.evaluate(() => {
      window.close();
    });
    await app.hasTold('hide');
    expect(app.told).not.toContain('closed');
    await app.wish({ keepsWindow: false });
  });

  test('tells that its page has crashed, and can be loaded again', async () => {
    const loads = () => app.told.filter((line) => line === 'did-finish-load').length;
    await expect.poll(loads).toBe(1);
    await app.electron.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
    });
    await expect.poll(() => app.told).toContainEqual(expect.stringMatching(/^gone (crashed|killed)$/));
    await expect.poll(loads).toBe(2);
  });
});

test.describe('the app', () => {
  test('says before-quit and will-quit, and ends with 0', async () => {
    const exit = app.exit();
    await app.electron.evaluate(({ app: running }) => {
      running.quit();
    });
    expect(await exit).toBe(0);
    expect(app.told.slice(-3)).toEqual(['before-quit', 'closed', 'will-quit']);
  });

  test('runs on where before-quit is prevented', async () => {
    await app.wish({ keepsRunning: true });
    await app.electron.evaluate(({ app: running }) => {
      running.quit();
    });
    await app.hasTold('before-quit');
    expect(await app.invoke('echo', 'still here')).toBe('still here');
    expect(app.told).not.toContain('will-quit');
    await app.wish({ keepsRunning: false });
  });

  test('runs on where its window prevents being closed', async () => {
    await app.wish({ keepsWindow: true });
    await app.electron.evaluate(({ app: running }) => {
      running.quit();
    });
    await app.hasTold('hide');
    expect(await app.invoke('echo', 'still here')).toBe('still here');
    expect(app.told).not.toContain('will-quit');
    await app.wish({ keepsWindow: false });
  });

  test('keeps its data where it was told to, and knows its own name and version', async () => {
    const known = await app.electron.evaluate(({ app: running }) => [
      running.getPath('userData'),
      running.getName(),
      running.getVersion(),
      String(running.isPackaged),
    ]);
    expect(known).toEqual([app.userData, 'Contract', '1.2.3', 'false']);
    expect(existsSync(app.userData)).toBe(true);
  });

  test('leaves no process behind when it is killed', async () => {
    test.skip(process.platform !== 'linux', 'Processes are counted in /proc.');
    const family = descendants(app.process.pid ?? 0);
    expect(family.length).toBeGreaterThan(2);
    const exit = app.exit();
    // The process alone, while Playwright would end its whole group.
    process.kill(app.process.pid ?? 0, 'SIGKILL');
    await exit;
    await expect.poll(() => family.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]);
  });
});

test.describe('the desktop', () => {
  test('takes a tray icon with a menu, whose items can be clicked', async () => {
    const clicked = await app.electron.evaluate(({ Menu, nativeImage, Tray }) => {
      const menus: Electron.Menu[] = [];
      const kept = Reflect.get<Electron.Tray, 'setContextMenu'>(Tray.prototype, 'setContextMenu');
      Tray.prototype.setContextMenu = function (menu) {
        if (menu !== null) menus.push(menu);
        kept.call(this, menu);
      };
      const heard: string[] = [];
      const tray = new Tray(nativeImage.createEmpty());
      tray.on('click', () => heard.push('the icon'));
      tray.setToolTip('Contract');
      tray.setContextMenu(
        Menu.buildFromTemplate([
          { label: 'Copy', id: 'copy', click: () => heard.push('copy') },
          { type: 'separator' },
          { label: 'More', submenu: [{ label: 'Quit', id: 'quit', enabled: false }] },
        ]),
      );
      menus[0]?.getMenuItemById('copy')?.click();
      tray.emit('click');
      const labels = menus[0]?.items.map(({ label, type }) => label || type);
      const enabled = menus[0]?.getMenuItemById('quit')?.enabled;
      tray.destroy();
      return { heard, labels, enabled, isDestroyed: tray.isDestroyed() };
    });
    expect(clicked).toEqual({
      heard: ['copy', 'the icon'],
      labels: ['Copy', 'separator', 'More'],
      enabled: false,
      isDestroyed: true,
    });
  });

  test('takes an application menu, and gives it back', async () => {
    const labels = await app.electron.evaluate(({ Menu }) => {
      Menu.setApplicationMenu(Menu.buildFromTemplate([{ label: 'File', submenu: [{ label: 'Share…' }] }]));
      return Menu.getApplicationMenu()?.items.map(({ label, submenu }) => [label, submenu?.items.length]);
    });
    expect(labels).toEqual([['File', 1]]);
  });

  test('shows a notification that can be clicked', async () => {
    const heard = await app.electron.evaluate(({ Notification }) => {
      const notification = new Notification({ title: 'Done', body: 'The link works.' });
      const clicks: string[] = [];
      notification.on('click', () => clicks.push(`${notification.title}: ${notification.body}`));
      notification.show();
      notification.emit('click');
      notification.close();
      return [Notification.isSupported(), clicks];
    });
    expect(heard).toEqual([true, ['Done: The link works.']]);
  });

  test('asks with the dialog that a test has put in its place', async () => {
    await app.electron.evaluate(({ dialog }) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: ['/chosen'] });
    });
    expect(await app.invoke('choose')).toEqual({ canceled: false, filePaths: ['/chosen'] });
  });

  test('keeps what is written to the clipboard, and registers shortcuts', async () => {
    const kept = await app.electron.evaluate(async ({ clipboard, globalShortcut }) => {
      await clipboard.writeText('https://example.com/link');
      const text = await clipboard.readText();
      clipboard.clear();
      const keys = 'Control+Alt+Shift+F9';
      const registered = [globalShortcut.register(keys, () => undefined), globalShortcut.isRegistered(keys)];
      globalShortcut.unregisterAll();
      return [text, await clipboard.readText(), ...registered, globalShortcut.isRegistered(keys)];
    });
    expect(kept).toEqual(['https://example.com/link', '', true, true, false]);
  });

  test('is not pretended where the app does not use it (of Electron’s own binary, the app uses a part)', async () => {
    test.skip(command.kind === 'electron', 'Electron’s own binary has all of it.');
    const refusal = await app.electron.evaluate(({ app: running }) => {
      try {
        running.setAboutPanelOptions({});
        return 'none';
      } catch (error) {
        return (error as Error).message;
      }
    });
    expect(refusal).toMatch(/^The stand-in has no App\.setAboutPanelOptions:/);
  });
});
