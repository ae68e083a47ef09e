import { app } from './app.ts';
import { openWindows } from './open-windows.ts';
import { session, type Session } from './session.ts';
import { emitPreventable, StrictEmitter } from './strict-emitter.ts';
import { WebContents } from './web-contents.ts';

interface WindowOptions {
  readonly title?: string;
  readonly width?: number;
  readonly height?: number;
  readonly show?: boolean;
  readonly webPreferences?: {
    readonly preload?: string;
    readonly session?: Session;
    readonly partition?: string;
    readonly sandbox?: boolean;
    readonly contextIsolation?: boolean;
    readonly nodeIntegration?: boolean;
  };
}

let lastId = 0;
let focusedId: number | undefined;

export class BrowserWindow extends StrictEmitter {
  readonly id = ++lastId;
  readonly webContents: WebContents;
  #title: string;
  #size: readonly [width: number, height: number];
  #isVisible: boolean;
  #isMinimized = false;
  #isDestroyed = false;

  constructor({ title, width = 800, height = 600, show = true, webPreferences = {} }: WindowOptions = {}) {
    super();
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    const { sandbox, contextIsolation, nodeIntegration } = webPreferences;
    if (sandbox === false || contextIsolation === false || nodeIntegration === true)
      throw new Error('The stand-in has only windows that are sandboxed and isolated, without Node.');
    this.#title = title ?? app.getName();
    this.#size = [width, height];
    this.#isVisible = show;
    const windowSession = webPreferences.session ?? session.fromPartition(webPreferences.partition ?? '');
    this.webContents = new WebContents(this, windowSession, { width, height }, webPreferences.preload);
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show'));
    openWindows.add(this);
    app.emit('browser-window-created', {}, this);
    if (show) this.focus();
  }

  static getAllWindows(): BrowserWindow[] {
    return openWindows.all.filter((window) => window instanceof BrowserWindow);
  }

  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.webContents === contents) ?? null;
  }

  static fromId(id: number): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.id === id) ?? null;
  }

  static getFocusedWindow(): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find(({ id }) => id === focusedId) ?? null;
  }

  loadURL(address: string): Promise<void> {
    return this.webContents.loadURL(address);
  }

  show(): void {
    if (!this.#isVisible) {
      this.#isVisible = true;
      this.emit('show', {});
    }
    this.#setState('normal');
    this.focus();
  }

  showInactive(): void {
    if (this.#isVisible) return;
    this.#isVisible = true;
    this.emit('show', {});
  }

  hide(): void {
    if (!this.#isVisible) return;
    this.#isVisible = false;
    this.emit('hide', {});
    this.#setState('minimized');
    this.#blur();
  }

  minimize(): void {
    this.#isMinimized = true;
    this.emit('minimize', {});
    this.#setState('minimized');
    this.#blur();
  }

  restore(): void {
    if (!this.#isMinimized) return;
    this.#isMinimized = false;
    this.emit('restore', {});
    this.#setState('normal');
  }

  focus(): void {
    if (!this.#isVisible || this.isFocused()) return;
    BrowserWindow.getFocusedWindow()?.emit('blur', {});
    focusedId = this.id;
    this.emit('focus', {});
    app.emit('browser-window-focus', {}, this);
  }

  isVisible(): boolean {
    return this.#isVisible;
  }

  isMinimized(): boolean {
    return this.#isMinimized;
  }

  isFocused(): boolean {
    return focusedId === this.id;
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  close(): void {
    if (!this.#isDestroyed && !emitPreventable(this, 'close')) this.destroy();
  }

  destroy(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    this.#blur();
    this.webContents.standInDestroy();
    this.emit('closed');
    openWindows.remove(this);
  }

  setTitle(title: string): void {
    this.#title = title;
  }

  getTitle(): string {
    return this.#title;
  }

  getSize(): readonly number[] {
    return this.#size;
  }

  setSize(width: number, height: number): void {
    this.#size = [width, height];
    this.webContents.standInPage.then((page) => page.resize({ width, height })).catch(console.error);
  }

  /** No desktop shows it here. */
  setProgressBar(): void {
    return;
  }

  setMenuBarVisibility(): void {
    return;
  }

  #setState(state: 'normal' | 'minimized'): void {
    this.webContents.standInPage.then((page) => page.setWindowState(state)).catch(() => undefined);
  }

  #blur(): void {
    if (!this.isFocused()) return;
    focusedId = undefined;
    this.emit('blur', {});
  }
}
