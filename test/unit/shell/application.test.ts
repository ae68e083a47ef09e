import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SandglassError } from '../../../src/shared/errors.ts';
import { LIFE, scene, TARGET } from './scripted-application.ts';
import type { ScriptedElectron, ScriptedParts } from './scripted-electron.ts';

const given = vi.hoisted(() => ({ electron: {} as ScriptedElectron, parts: {} as ScriptedParts }));

vi.mock('electron', async () => {
  const { scriptedElectron } = await import('./scripted-electron.ts');
  given.electron = scriptedElectron();
  return given.electron;
});
vi.mock('../../../src/main/shell/app-protocol.ts', () => ({ declareAppScheme: vi.fn(), serveApp: vi.fn() }));
vi.mock('../../../src/main/shell/session-policy.ts', () => ({ lockApp: vi.fn(), lockSession: vi.fn() }));
vi.mock('../../../src/main/shell/request-server.ts', () => ({ serveRequests: vi.fn() }));
vi.mock('../../../src/main/shell/requests.ts', () => ({
  requestHandlers: (rooms: ScriptedParts['requests']) => (given.parts.requests = rooms),
}));
vi.mock('../../../src/main/shell/app-menu.ts', () => ({
  setAppMenu: (_platform: string, actions: ScriptedParts['menu']) => (given.parts.menu = actions),
}));
vi.mock('../../../src/main/shell/main-window.ts', () => ({
  MainWindow: function () {
    return given.parts.window;
  },
}));
vi.mock('../../../src/main/shell/notices.ts', () => ({
  Notices: function () {
    return given.parts.notices;
  },
}));
vi.mock('../../../src/main/shell/tray-menu.ts', () => ({
  trayImage: () => '/assets/tray.png',
  TrayMenu: function (_image: string, actions: ScriptedParts['tray']['actions']) {
    return Object.assign(given.parts.tray, { actions });
  },
}));

const { argv } = process;
const startedWith = (...files: string[]) => (process.argv = ['electron', '/app', ...files]);

beforeEach(async () => {
  const { scriptedParts } = await import('./scripted-electron.ts');
  given.parts = scriptedParts();
  given.electron.app.removeAllListeners();
  given.electron.powerMonitor.removeAllListeners();
  vi.clearAllMocks();
  vi.useFakeTimers();
  startedWith();
});
afterEach(() => {
  process.argv = argv;
  vi.useRealTimers();
});

describe('a start', () => {
  it('is the only one: a second tells the first of its files, and ends', () => {
    startedWith('/home/ada/a.txt', '--flag');
    given.electron.app.requestSingleInstanceLock.mockReturnValueOnce(false);
    expect(scene().application.isFirst()).toBe(false);
    expect(given.electron.app.requestSingleInstanceLock).toHaveBeenCalledWith({ files: ['/home/ada/a.txt'] });
    expect(given.electron.app.quit).toHaveBeenCalledOnce();
  });

  it('shares the files that it names, under the life that was chosen last', async () => {
    startedWith('/home/ada/a.txt');
    const { run, shares } = scene();
    await run();
    const { prefix, ...destination } = TARGET;
    const options = { life: LIFE, keyTemplate: '{random}/{name}', prefix };
    expect(shares.start.mock.calls).toEqual([[['/home/ada/a.txt'], destination, options]]);
  });

  it('opens the window, but not where the system starts it at login', async () => {
    await scene().run();
    expect(given.parts.window.show).toHaveBeenCalledOnce();
    startedWith('--in-the-tray');
    await scene().run();
    expect(given.parts.window.show).toHaveBeenCalledOnce();
  });

  it('takes up what an earlier process has left, and lets the board look around each second', async () => {
    const { run, shares } = scene();
    await run();
    vi.advanceTimersByTime(2_000);
    expect([shares.takeUpAll.mock.calls.length, shares.tick.mock.calls.length]).toEqual([1, 2]);
  });

  it('says once what was damaged and has been set aside, and where; else nothing', async () => {
    await scene().run();
    expect(given.electron.dialog.showMessageBox).not.toHaveBeenCalled();
    await scene().run('The settings are kept as x.', 'The list is kept as y.');
    expect(given.electron.dialog.showMessageBox.mock.calls[0]?.[0].detail).toBe(
      'The settings are kept as x.\n\nThe list is kept as y.\n\nThe folder is /data.',
    );
  });

  it('follows the computer’s sleep and its network', async () => {
    const { run, shares, nudge, network, dropConnections } = scene();
    await run();
    given.electron.powerMonitor.emit('suspend');
    expect([shares.stallAll.mock.calls.length, dropConnections.mock.calls.length]).toEqual([1, 1]);
    network.watch.mock.calls[0]?.[0]();
    expect([shares.stallAll.mock.calls.length, nudge.now.mock.calls.length]).toEqual([2, 1]);
  });

  it('asks the keychain at once where no account is known, so that the window can tell of it', async () => {
    const first = scene();
    first.accounts.summaries.mockReturnValue([]);
    await first.run();
    expect(first.vault.read).toHaveBeenCalledOnce();
    const later = scene();
    await later.run();
    expect(later.vault.read).not.toHaveBeenCalled();
  });
});

describe('files from outside', () => {
  it('are shared by the first start, which comes to the front', async () => {
    const { application, run, shares } = scene();
    application.isFirst();
    await run();
    given.electron.app.emit('second-instance', {}, [], '/', { files: ['/home/ada/b.txt'] });
    await vi.waitFor(() => {
      expect(shares.start.mock.calls[0]?.[0]).toEqual(['/home/ada/b.txt']);
      expect(given.parts.window.show).toHaveBeenCalledTimes(2);
    });
  });

  it('that come while the app starts wait until it is up, and so does the window', async () => {
    const { application, run, shares } = scene();
    application.isFirst();
    given.electron.app.emit('second-instance', {}, [], '/', { files: ['/home/ada/b.txt'] });
    const preventDefault = vi.fn<() => void>();
    given.electron.app.emit('open-file', { preventDefault }, '/home/ada/c.txt');
    expect(preventDefault).toHaveBeenCalledOnce();
    await Promise.resolve();
    expect(given.parts.window.show).not.toHaveBeenCalled();
    await run();
    await vi.waitFor(() => {
      const shared = shares.start.mock.calls.map(([paths]) => paths);
      expect(shared).toEqual([['/home/ada/b.txt'], ['/home/ada/c.txt']]);
    });
  });

  it('wait for a bucket where none is connected: the window asks for one, and tells how many wait', async () => {
    startedWith('/home/ada/a.txt');
    const { run, settings, shares, application } = scene();
    settings.currentAccount = null;
    await run();
    await vi.waitFor(() => {
      expect(given.parts.window.push).toHaveBeenCalledWith('asked', { to: 'connect' });
    });
    expect(given.parts.requests.readBoard()).toMatchObject({ waitingFiles: 1 });
    expect(shares.start).not.toHaveBeenCalled();
    settings.currentAccount = 'mine';
    application.changed();
    await vi.waitFor(() => {
      expect(shares.start.mock.calls[0]?.[0]).toEqual(['/home/ada/a.txt']);
    });
    expect(given.parts.requests.readBoard()).toMatchObject({ waitingFiles: 0 });
  });
});

describe('quitting', () => {
  const quit = () => {
    const preventDefault = vi.fn<() => void>();
    given.electron.app.emit('before-quit', { preventDefault });
    return preventDefault;
  };

  it('closes the rooms first, and asks nobody where nothing is under way', async () => {
    const { run, shares, close } = scene();
    await run();
    expect(quit()).toHaveBeenCalledOnce();
    await vi.waitFor(() => {
      expect(given.electron.app.quit).toHaveBeenCalledOnce();
    });
    expect(given.electron.dialog.showMessageBox).not.toHaveBeenCalled();
    expect([shares.interruptAll.mock.calls.length, close.mock.calls.length]).toEqual([1, 1]);
    expect(given.parts.window.vanish).toHaveBeenCalledOnce();
    expect(given.electron.globalShortcut.unregisterAll).toHaveBeenCalledOnce();
    expect(quit()).not.toHaveBeenCalled();
  });

  it('while something is under way says what becomes of it, and stays where that is wished', async () => {
    const { run, shares } = scene();
    await run();
    const reason = { code: 'unreachable', message: 'Away.', next: null, requestId: null };
    const waiting = { kind: 'paused', sentBytes: 0, totalBytes: 1, reason } as const;
    shares.underWay.mockReturnValue([waiting, waiting, waiting, { ...waiting, reason: null }]);
    given.electron.dialog.showMessageBox.mockResolvedValueOnce({ response: 1 });
    quit();
    expect(given.electron.dialog.showMessageBox.mock.calls[0]?.[0].detail).toMatch(
      /^3 uploads are under way. They stop now, and go on by themselves next time/,
    );
    await vi.advanceTimersByTimeAsync(0);
    expect([shares.interruptAll.mock.calls, given.electron.app.quit.mock.calls]).toEqual([[], []]);
  });
});

describe('the tray and the menu', () => {
  it('open the window before they ask it for something', async () => {
    await scene().run();
    given.parts.menu['preferences']?.();
    given.parts.tray.actions['shareFile']?.();
    await vi.waitFor(() => {
      expect(given.parts.window.push.mock.calls).toEqual([
        ['asked', { to: 'preferences' }],
        ['asked', { to: 'choose-files' }],
      ]);
    });
    expect(given.parts.window.show).toHaveBeenCalledTimes(3);
  });

  it('copy a link without the window, and a notice tells that it is done, or why not', async () => {
    const { run, shares } = scene();
    await run();
    given.parts.tray.actions['copy']?.('a1');
    await vi.waitFor(() => {
      expect(given.parts.notices.copied.mock.calls).toEqual([['a1.txt']]);
    });
    shares.copy.mockRejectedValueOnce(new SandglassError('no-credentials', 'There are no keys.'));
    given.parts.tray.actions['copy']?.('a1');
    await vi.waitFor(() => {
      expect(given.parts.notices.notCopied.mock.calls).toMatchObject([[{ message: 'There are no keys.' }]]);
    });
    expect(given.parts.notices.copied).toHaveBeenCalledOnce();
  });

  it('pause all and go on with all, as everything stands', async () => {
    const { run, shares } = scene();
    await run();
    const { isAllPaused, pauseAll, resumeAll } = given.parts.tray.actions;
    expect(isAllPaused?.()).toBe(false);
    shares.underWay.mockReturnValue([{ kind: 'paused', sentBytes: 0, totalBytes: 1, reason: null }]);
    expect(isAllPaused?.()).toBe(true);
    pauseAll?.();
    resumeAll?.();
    expect([shares.pauseAll.mock.calls.length, shares.resumeAll.mock.calls.length]).toEqual([1, 1]);
  });

  it('are told anew each minute how long the links have left', async () => {
    await scene().run();
    const before = given.parts.tray.refresh.mock.calls.length;
    vi.advanceTimersByTime(120_000);
    expect(given.parts.tray.refresh.mock.calls.length - before).toBe(2);
  });
});
