import { beforeEach, describe, expect, it, vi } from 'vitest';
import { scene } from './scripted-application.ts';
import type { ScriptedElectron, ScriptedParts } from './scripted-electron.ts';

const given = vi.hoisted(() => ({
  electron: {} as ScriptedElectron,
  parts: {} as ScriptedParts,
  notices: [] as string[],
}));

vi.mock('electron', async () => {
  const { scriptedElectron } = await import('./scripted-electron.ts');
  const Menu = { buildFromTemplate: () => null, setApplicationMenu: () => undefined };
  given.electron = scriptedElectron();
  class Notification {
    static isSupported = () => true;
    on = () => undefined;
    show = () => undefined;
    constructor({ title }: { title: string }) {
      given.notices.push(title);
    }
  }
  return { ...given.electron, Menu, Notification, nativeTheme: {}, BrowserWindow: {} };
});
vi.mock('../../../src/main/shell/app-protocol.ts', () => ({ declareAppScheme: vi.fn(), serveApp: vi.fn() }));
vi.mock('../../../src/main/shell/session-policy.ts', () => ({ lockApp: vi.fn(), lockSession: vi.fn() }));
vi.mock('../../../src/main/shell/request-server.ts', () => ({ serveRequests: vi.fn() }));
vi.mock('../../../src/main/shell/requests.ts', () => ({
  requestHandlers: (rooms: ScriptedParts['requests']) => (given.parts.requests = rooms),
}));
vi.mock('../../../src/main/shell/main-window.ts', () => ({
  MainWindow: function () {
    return given.parts.window;
  },
}));
vi.mock('../../../src/main/shell/tray-menu.ts', () => ({ trayImage: () => '', TrayMenu: vi.fn() }));

beforeEach(async () => {
  const { scriptedParts } = await import('./scripted-electron.ts');
  given.parts = scriptedParts();
  vi.clearAllMocks();
});

describe('the shortcut that opens the window', () => {
  const set = (accelerator: string | null) => given.parts.requests.setShortcut(accelerator);
  const { register, unregister } = {
    get register() {
      return given.electron.globalShortcut.register;
    },
    get unregister() {
      return given.electron.globalShortcut.unregister;
    },
  };

  it('is registered at the start as it was kept', async () => {
    const { run, settings } = scene();
    settings.globalShortcut = 'Control+F9';
    await run();
    expect(register.mock.calls.map(([keys]) => keys)).toEqual(['Control+F9']);
    register.mock.calls[0]?.[1]();
    expect(given.parts.window.show).toHaveBeenCalledTimes(2);
  });

  it('that another program has when the app starts is told of', async () => {
    const { run, settings } = scene();
    settings.globalShortcut = 'Control+F9';
    register.mockReturnValueOnce(false);
    await run();
    expect(given.notices).toEqual(['The shortcut does not work']);
  });

  it('is given back where another is set, and where none is', async () => {
    await scene().run();
    expect([set('Control+F9'), set('Control+F9'), set('Alt+F9'), set(null)]).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(register.mock.calls.map(([keys]) => keys)).toEqual(['Control+F9', 'Alt+F9']);
    expect(unregister.mock.calls).toEqual([['Control+F9'], ['Alt+F9']]);
  });

  it('stays as it was where another program has the new one, or it is none', async () => {
    await scene().run();
    set('Control+F9');
    register.mockReturnValueOnce(false);
    expect(set('Alt+F9')).toBe(false);
    register.mockImplementationOnce(() => {
      throw new TypeError('no accelerator');
    });
    expect(set('nonsense')).toBe(false);
    expect(unregister).not.toHaveBeenCalled();
  });
});

describe('the board', () => {
  it('tells the window of its surroundings, and holds nothing of the keys', async () => {
    const { run } = scene();
    await run();
    expect(given.parts.requests.readBoard()).toEqual({
      ...{ version: '1.2.3', accounts: [{}], currentAccount: 'mine', vaultKeeps: 'keychain', clockOffset: 7 },
      platform: process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux',
      life: { kind: 'seconds', seconds: 60 },
      preferences: { launchAtLogin: true, globalShortcut: null, bandwidth: 'off' },
      waitingFiles: 0,
      language: { chosen: 'system', spoken: 'en' },
    });
  });
});
