import type { App as ElectronApp } from 'electron';
import { mkdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Chromium } from './chromium.ts';
import { commandLine } from './command-line.ts';
import { openWindows } from './open-windows.ts';
import { SingleInstance } from './single-instance.ts';
import { emitPreventable, strict, StrictEmitter } from './strict-emitter.ts';

const PATHS: Readonly<Record<string, () => string>> = {
  home: homedir,
  temp: tmpdir,
  appData: () => process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'),
};

type Used =
  | 'dock'
  | 'enableSandbox'
  | 'exit'
  | 'getAppPath'
  | 'getName'
  | 'getPath'
  | 'getPreferredSystemLanguages'
  | 'getVersion'
  | 'hasSingleInstanceLock'
  | 'isPackaged'
  | 'isReady'
  | 'quit'
  | 'releaseSingleInstanceLock'
  | 'requestSingleInstanceLock'
  | 'setAppUserModelId'
  | 'setBadgeCount'
  | 'setLoginItemSettings'
  | 'setName'
  | 'setPath'
  | 'whenReady';

class App extends StrictEmitter implements Pick<ElectronApp, Used> {
  readonly isPackaged = false;
  /** macOS alone has one. */
  readonly dock = undefined;
  readonly commandLine = strict('app.commandLine', {
    appendSwitch: (name: string, value = '') => void commandLine.switches.set(name, value),
    hasSwitch: (name: string) => commandLine.switches.has(name),
    getSwitchValue: (name: string) => commandLine.switches.get(name) ?? '',
  });
  readonly #ready = Promise.withResolvers<undefined>();
  #chromium: Chromium | undefined;
  #isReady = false;
  #isQuitting = false;
  #isEnding = false;
  #name = commandLine.manifest.productName ?? commandLine.manifest.name ?? 'Electron';
  #userData = commandLine.userDataFolder;
  #instance: SingleInstance | undefined;

  constructor() {
    super();
    openWindows.whenLastClosed(() => {
      if (this.#isQuitting) this.#willQuit();
      else if (this.listenerCount('window-all-closed') === 0) this.quit();
      else this.emit('window-all-closed');
    });
  }

  /** No part of Electron: told once, when the main module has run and Chromium answers. */
  becomeReady(chromium: Chromium): void {
    this.#chromium = chromium;
    mkdirSync(this.getPath('userData'), { recursive: true });
    this.#isReady = true;
    this.emit('ready', {}, {});
    this.#ready.resolve(undefined);
    // Guaranteed to come after `ready` only. https://www.electronjs.org/docs/latest/api/app#event-second-instance
    this.#instance?.listen(({ argv, workingDirectory, additionalData }) => {
      this.emit('second-instance', {}, argv, workingDirectory, additionalData);
    });
  }

  /** No part of Electron. */
  get standInChromium(): Chromium {
    if (this.#chromium === undefined) throw new Error('Cannot do this before app is ready');
    return this.#chromium;
  }

  /** No part of Electron: true from the moment when nothing can keep the app from ending. */
  get standInIsEnding(): boolean {
    return this.#isEnding;
  }

  whenReady(): Promise<void> {
    return this.#ready.promise;
  }

  isReady(): boolean {
    return this.#isReady;
  }

  quit(): void {
    if (this.#isQuitting || this.#isEnding || emitPreventable(this, 'before-quit')) return;
    this.#isQuitting = true;
    for (const window of openWindows.all) window.close();
    if (openWindows.all.length > 0) this.#isQuitting = false;
    // With windows open, the last one to close has gone on from here already.
    else this.#willQuit();
  }

  exit(code = 0): void {
    if (this.#isEnding) return;
    this.#isEnding = true;
    this.emit('quit', {}, code);
    void this.#end(code);
  }

  getVersion(): string {
    return commandLine.manifest.version ?? '';
  }

  getName(): string {
    return this.#name;
  }

  setName(name: string): void {
    this.#name = name;
  }

  getAppPath(): string {
    return commandLine.appFolder;
  }

  getPath(name: string): string {
    if (name === 'userData')
      return this.#userData === undefined
        ? join(this.getPath('appData'), this.#name)
        : resolve(this.#userData);
    const path = PATHS[name];
    if (path === undefined) throw new Error(`Failed to get '${name}' path: the stand-in does not have it.`);
    return path();
  }

  /** On Linux, those of the environment, as GLib orders them: without the character set, and without C. */
  getPreferredSystemLanguages(): string[] {
    const { LANGUAGE, LC_ALL, LC_MESSAGES, LANG } = process.env;
    const named = [...(LANGUAGE ?? '').split(':'), LC_ALL || LC_MESSAGES || LANG || ''];
    const plain = named.map((name) => name.replace(/[.@].*/, '').replace('_', '-'));
    return plain.filter((name) => name !== '' && name !== 'C' && name !== 'POSIX');
  }

  setPath(name: string, path: string): void {
    if (name !== 'userData') throw new Error(`The stand-in can set no path but userData, not '${name}'.`);
    this.#userData = path;
  }

  requestSingleInstanceLock(additionalData: unknown = null): boolean {
    this.#instance ??= new SingleInstance(this.getPath('userData'));
    return this.#instance.acquire({
      argv: [...process.argv],
      workingDirectory: process.cwd(),
      additionalData,
    });
  }

  hasSingleInstanceLock(): boolean {
    return this.#instance?.isHeld ?? false;
  }

  releaseSingleInstanceLock(): void {
    this.#instance?.release();
  }

  /** On Linux Electron knows no login items; it takes the call and remembers nothing. */
  setLoginItemSettings(): void {
    return;
  }

  getLoginItemSettings(): { openAtLogin: boolean; wasOpenedAtLogin: boolean } {
    return { openAtLogin: false, wasOpenedAtLogin: false };
  }

  setAppUserModelId(): void {
    return;
  }

  enableSandbox(): void {
    return;
  }

  setBadgeCount(): boolean {
    return false;
  }

  #willQuit(): void {
    if (this.#isEnding) return;
    if (emitPreventable(this, 'will-quit')) this.#isQuitting = false;
    else this.exit(0);
  }

  async #end(code: number): Promise<void> {
    this.#instance?.release();
    for (const window of openWindows.all) window.destroy();
    await this.#chromium?.close();
    process.exit(code);
  }
}

export const app = new App();
