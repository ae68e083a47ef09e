import { EventEmitter } from 'node:events';
import type { BrowserWindowConstructorOptions, IpcMainInvokeEvent } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { MainWindow } from '../../../src/main/shell/main-window.ts';

interface Made extends EventEmitter {
  readonly options: BrowserWindowConstructorOptions;
  readonly webContents: EventEmitter & { readonly send: () => void; readonly reload: () => void };
  readonly calls: string[];
  minimized: boolean;
}

const electron = vi.hoisted(() => ({ made: [] as unknown[] }));

vi.mock('electron', async () => {
  const { EventEmitter: Emitter } = await import('node:events');
  class BrowserWindow extends Emitter {
    readonly options: unknown;
    readonly webContents = Object.assign(new Emitter(), { send: vi.fn(), reload: vi.fn() });
    readonly calls: string[] = [];
    minimized = false;
    destroyed = false;
    constructor(options: unknown) {
      super();
      this.options = options;
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
      return Promise.resolve();
    };
  }
  return { BrowserWindow, nativeTheme: { shouldUseDarkColors: false } };
});

async function opened() {
  const main = new MainWindow();
  await main.show();
  return { main, window: electron.made.at(-1) as Made };
}

const INDEX = 'app://sandglass/index.html';
const message = (sender: unknown, frame: { url: string; parent: unknown } | null) =>
  ({ sender, senderFrame: frame }) as unknown as IpcMainInvokeEvent;

beforeEach(() => {
  electron.made.length = 0;
});

describe('the window', () => {
  it('loads the app’s own page, in a sandbox apart from the preload', async () => {
    const { window } = await opened();
    expect(window.calls).toEqual([`load ${INDEX}`]);
    expect(window.options.webPreferences).toMatchObject({
      ...{ sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true },
    });
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
    main.letClose();
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

  it('is loaded again where its page has crashed', async () => {
    const { window } = await opened();
    window.webContents.emit('render-process-gone');
    expect(window.webContents.reload).toHaveBeenCalledOnce();
  });
});

describe('a message', () => {
  it('from the window’s own page is ours', async () => {
    const { main, window } = await opened();
    expect(main.isSender(message(window.webContents, { url: INDEX, parent: null }))).toBe(true);
  });

  it.each<readonly [string, { url: string; parent: unknown } | null]>([
    ['a frame within it', { url: INDEX, parent: { url: INDEX } }],
    ['a frame that is gone', null],
    ['another page in it', { url: 'https://example.org/', parent: null }],
    ['a page that begins like ours', { url: 'app://sandglass.example.org/', parent: null }],
    ['an empty page', { url: 'about:blank', parent: null }],
    ['a page from the disk', { url: 'file:///app/index.html', parent: null }],
  ])('from %s is none of ours', async (_what, frame) => {
    const { main, window } = await opened();
    expect(main.isSender(message(window.webContents, frame))).toBe(false);
  });

  it('from another window is none of ours, though its page is', async () => {
    const { main } = await opened();
    expect(main.isSender(message(new EventEmitter(), { url: INDEX, parent: null }))).toBe(false);
  });

  it('that comes before there is a window, or after, is none of ours', async () => {
    expect(new MainWindow().isSender(message(null, { url: INDEX, parent: null }))).toBe(false);
    const { main, window } = await opened();
    window.emit('closed');
    expect(main.isSender(message(window.webContents, { url: INDEX, parent: null }))).toBe(false);
  });
});
