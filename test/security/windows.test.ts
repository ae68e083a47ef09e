import { EventEmitter } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserWindowConstructorOptions, IpcMainInvokeEvent } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { MainWindow } from '../../src/main/shell/main-window.ts';

interface Made extends EventEmitter {
  readonly options: BrowserWindowConstructorOptions;
  readonly webContents: EventEmitter;
  readonly loaded: string[];
}

const electron = vi.hoisted(() => ({ app: { isPackaged: true }, made: [] as unknown[] }));

vi.mock('electron', async () => {
  const { EventEmitter: Emitter } = await import('node:events');
  class BrowserWindow extends Emitter {
    readonly options: unknown;
    readonly webContents = new Emitter();
    readonly loaded: string[] = [];
    constructor(options: unknown) {
      super();
      this.options = options;
      electron.made.push(this);
    }
    loadURL = (url: string) => Promise.resolve(this.loaded.push(url));
  }
  return { app: electron.app, BrowserWindow, nativeTheme: { shouldUseDarkColors: false } };
});

async function opened() {
  const main = new MainWindow();
  await main.show();
  return { main, window: electron.made.at(-1) as Made };
}

beforeEach(() => {
  electron.made.length = 0;
  electron.app.isPackaged = true;
});

const INDEX = 'app://sandglass/index.html';

describe('the window', () => {
  it.each([
    ['runs in a sandbox', { sandbox: true }],
    ['is a world apart from the preload', { contextIsolation: true }],
    ['has no Node.js', { nodeIntegration: false }],
    [
      'has no Node.js in workers and frames either',
      { nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false },
    ],
    ['keeps the rules of the web', { webSecurity: true, allowRunningInsecureContent: false }],
    ['has no guests within it', { webviewTag: false, plugins: false }],
    ['goes nowhere when something is dropped on it', { navigateOnDragDrop: false }],
    ['tries nothing that is not finished', { experimentalFeatures: false }],
    ['fetches no dictionaries', { spellcheck: false }],
    ['has no DevTools once the app is packaged', { devTools: false }],
  ])('%s', async (_what, preferences) => {
    expect((await opened()).window.options.webPreferences).toMatchObject(preferences);
  });

  it('has DevTools in development', async () => {
    electron.app.isPackaged = false;
    expect((await opened()).window.options.webPreferences?.devTools).toBe(true);
  });

  it('is given no preference that these sentences do not speak of', async () => {
    expect(Object.keys((await opened()).window.options.webPreferences ?? {}).sort()).toEqual(
      [
        ...['allowRunningInsecureContent', 'contextIsolation', 'devTools', 'experimentalFeatures'],
        ...['navigateOnDragDrop', 'nodeIntegration', 'nodeIntegrationInSubFrames', 'nodeIntegrationInWorker'],
        ...['plugins', 'preload', 'sandbox', 'spellcheck', 'webSecurity', 'webviewTag'],
      ].sort(),
    );
  });

  it('loads the app’s own page and no other', async () => {
    expect((await opened()).window.loaded).toEqual([INDEX]);
  });
});

describe('the sources of the app', () => {
  const source = async () => {
    const folder = join(import.meta.dirname, '../../src');
    const files = (await readdir(folder, { recursive: true })).filter((name) =>
      /\.(ts|svelte|html)$/.test(name),
    );
    return Promise.all(
      files.map(async (name) => ({
        name: name.replaceAll('\\', '/'),
        text: await readFile(join(folder, name), 'utf8'),
      })),
    );
  };
  const filesWith = async (pattern: RegExp) =>
    (await source()).filter(({ text }) => pattern.test(text)).map(({ name }) => name);

  it('make a window in one place', async () => {
    expect(await filesWith(/new BrowserWindow\(/)).toEqual(['main/shell/main-window.ts']);
    const { text } = (await source()).find(({ name }) => name === 'main/shell/main-window.ts')!;
    expect(text.match(/new BrowserWindow\(/g)).toHaveLength(1);
  });

  it.each([
    ['another kind of window or page', /\b(BrowserView|WebContentsView|BaseWindow|utilityProcess)\b/],
    ['a webview', /<webview|createElement\(['"]webview/],
    ['a frame', /<(iframe|frame|embed)\b|<object\s/],
    ['markup that is made of text', /\{@html\b|\.(inner|outer)HTML\b|insertAdjacentHTML|document\.write/],
    ['code that is made of text', /\beval\(|new Function\(|executeJavaScript|insertCSS/],
    ['a tool that looks into pages', /openDevTools|toggleDevTools|debugger\.attach/],
    ['a report of crashes, in which keys would lie', /\bcrashReporter\b/],
    [
      'a way round a guard',
      /bypassCSP|ignore-certificate-errors|disable-web-security|no-sandbox|remote\/main/,
    ],
  ])('know nothing of %s', async (_what, pattern) => {
    expect(await filesWith(pattern)).toEqual([]);
  });
});

describe('a message', () => {
  const message = (sender: unknown, frame: { url: string; parent: unknown } | null) =>
    ({ sender, senderFrame: frame }) as unknown as IpcMainInvokeEvent;

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
