import type { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { CrashLimit } from '../../../src/main/shell/crash-limit.ts';
import { MainWindow } from '../../../src/main/shell/main-window.ts';

interface Made extends EventEmitter {
  readonly webContents: EventEmitter & { readonly send: () => void; readonly reload: () => void };
  readonly calls: string[];
  minimized: boolean;
}

const electron = vi.hoisted(() => ({
  made: [] as unknown[],
  load: (): Promise<void> => Promise.resolve(),
  showMessageBox: vi.fn<(options: object) => Promise<{ response: number }>>(),
}));

vi.mock('electron', async () => {
  const { EventEmitter: Emitter } = await import('node:events');
  class BrowserWindow extends Emitter {
    readonly webContents = Object.assign(new Emitter(), { send: vi.fn(), reload: vi.fn() });
    readonly calls: string[] = [];
    minimized = false;
    destroyed = false;
    constructor() {
      super();
      electron.made.push(this);
    }
    isMinimized = () => this.minimized;
    isDestroyed = () => this.destroyed;
    restore = () => this.calls.push('restore');
    show = () => this.calls.push('show');
    hide = () => this.calls.push('hide');
    focus = () => this.calls.push('focus');
    setProgressBar = (fraction: number) => this.calls.push(`progress ${fraction}`);
    loadURL = (url: string) => {
      this.calls.push(`load ${url}`);
      return electron.load();
    };
  }
  return {
    app: { isPackaged: false },
    BrowserWindow,
    dialog: { showMessageBox: electron.showMessageBox },
    nativeTheme: { shouldUseDarkColors: false },
  };
});

async function opened(time = { now: 0 }) {
  const main = new MainWindow(new CrashLimit(() => time.now));
  await main.show();
  return { main, window: electron.made.at(-1) as Made };
}

const INDEX = 'app://sandglass/index.html';

beforeEach(() => {
  electron.made.length = 0;
  electron.load = () => Promise.resolve();
});

describe('the window', () => {
  it('loads the app’s own page', async () => {
    const { window } = await opened();
    expect(window.calls).toEqual([`load ${INDEX}`]);
  });

  it('is one: what shows it again brings it to the front', async () => {
    const { main, window } = await opened();
    window.minimized = true;
    await main.show();
    expect(electron.made).toHaveLength(1);
    expect(window.calls.slice(1)).toEqual(['restore', 'show', 'focus']);
  });

  it('is hidden where it is closed, until the app quits', async () => {
    const { main, window } = await opened();
    const preventDefault = vi.fn<() => void>();
    window.emit('close', { preventDefault });
    expect([preventDefault.mock.calls.length, window.calls.at(-1)]).toEqual([1, 'hide']);
    main.vanish();
    window.emit('close', { preventDefault });
    expect(preventDefault).toHaveBeenCalledOnce();
  });

  it('is made anew after it was closed for good', async () => {
    const { main, window } = await opened();
    window.emit('closed');
    main.push('sharesListed', {});
    main.setProgress(0.5);
    expect([window.webContents.send, window.calls.length]).toEqual([window.webContents.send, 1]);
    expect(window.webContents.send).not.toHaveBeenCalled();
    await main.show();
    expect(electron.made).toHaveLength(2);
  });

  it('is told on the channel of the contract, and shows progress or none', async () => {
    const { main, window } = await opened();
    main.push('asked', { to: 'connect' });
    main.setProgress(0.5);
    main.setProgress(null);
    expect(window.webContents.send).toHaveBeenCalledExactlyOnceWith('sandglass:asked', { to: 'connect' });
    expect(window.calls.slice(1)).toEqual(['progress 0.5', 'progress -1']);
  });
});

describe('a page that crashed', () => {
  const crash = (window: Made, times: number) => {
    for (let time = 0; time < times; time += 1) window.webContents.emit('render-process-gone');
  };

  beforeEach(() => {
    electron.showMessageBox.mockReset().mockResolvedValue({ response: 1 });
  });

  it('is loaded again, and nobody is asked', async () => {
    const { window } = await opened();
    crash(window, 1);
    expect(window.webContents.reload).toHaveBeenCalledOnce();
    expect(electron.showMessageBox).not.toHaveBeenCalled();
  });

  it('again and again is loaded three times, and then a dialog says what to do', async () => {
    const { window } = await opened();
    crash(window, 4);
    expect(window.webContents.reload).toHaveBeenCalledTimes(3);
    expect(electron.showMessageBox).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ type: 'error', detail: expect.stringContaining('Uploads go on') as string }),
    );
    await vi.waitFor(() => {
      expect(window.calls.at(-1)).toBe('hide');
    });
  });

  it('now and then is always loaded again', async () => {
    const time = { now: 0 };
    const { window } = await opened(time);
    for (let crashes = 0; crashes < 10; crashes += 1) {
      crash(window, 1);
      time.now += 20_001;
    }
    expect(window.webContents.reload).toHaveBeenCalledTimes(10);
    expect(electron.showMessageBox).not.toHaveBeenCalled();
  });

  it('too often is tried again where the person wants it, with as many chances as at first', async () => {
    electron.showMessageBox.mockResolvedValue({ response: 0 });
    const { window } = await opened();
    crash(window, 4);
    await vi.waitFor(() => {
      expect(window.webContents.reload).toHaveBeenCalledTimes(4);
    });
    crash(window, 3);
    expect(window.webContents.reload).toHaveBeenCalledTimes(7);
    expect(electron.showMessageBox).toHaveBeenCalledOnce();
  });

  it('too often and was hidden is loaded once more when the window is asked for', async () => {
    const { main, window } = await opened();
    crash(window, 4);
    await vi.waitFor(() => {
      expect(window.calls.at(-1)).toBe('hide');
    });
    await main.show();
    expect(window.webContents.reload).toHaveBeenCalledTimes(4);
    await main.show();
    expect(window.webContents.reload).toHaveBeenCalledTimes(4);
  });

  it('while it was loaded for the first time keeps nobody waiting', async () => {
    const main = new MainWindow();
    electron.load = () => new Promise(() => undefined);
    const shown = main.show();
    crash(electron.made.at(-1) as Made, 1);
    await expect(shown).resolves.toBeUndefined();
  });
});
