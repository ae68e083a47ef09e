import { join } from 'node:path';
import { app, BrowserWindow, dialog, nativeTheme, type IpcMainInvokeEvent } from 'electron';
import { channelOf, type Push, type PushName } from '../../shared/ipc-contract.ts';
import { shellWords } from '../../shared/words/spoken.ts';
import { APP_ORIGIN } from './app-protocol.ts';
import { CrashLimit } from './crash-limit.ts';

/** What is seen before the page is: its own `--paper`, in styles/tokens.css. */
export const BACKGROUND = { light: '#faf7f2', dark: '#1c1a18' };

/** The one window. Closing it hides it: uploads and the tray's links live on until the app is quit. */
export class MainWindow {
  readonly #crashes: CrashLimit;
  #window: BrowserWindow | null = null;
  #quitting = false;
  /** Whether the page crashed so often that it was left as it is. */
  #isGivenUp = false;

  constructor(crashes = new CrashLimit(() => performance.now())) {
    this.#crashes = crashes;
  }

  /** Brings the window to the front, and makes it first where there is none. */
  async show(): Promise<void> {
    const window = this.#window;
    if (window === null) {
      await this.#open();
      return;
    }
    if (this.#isGivenUp) this.#tryAgain(window);
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  /** The app ends: nothing of the window is to be seen, and closing closes. */
  vanish(): void {
    this.#quitting = true;
    this.#window?.hide();
  }

  /** Whether somebody may be looking. */
  get isVisible(): boolean {
    return this.#window !== null && this.#window.isVisible() && !this.#window.isMinimized();
  }

  push<Name extends PushName>(name: Name, push: Push<Name>): void {
    if (this.#window && !this.#window.isDestroyed()) this.#window.webContents.send(channelOf(name), push);
  }

  /** Progress on the taskbar or the dock, from 0 to 1; null for none. */
  setProgress(fraction: number | null): void {
    this.#window?.setProgressBar(fraction ?? -1);
  }

  /** Whether a message comes from the window's own page, and from no frame within it. */
  isSender(event: IpcMainInvokeEvent): boolean {
    const { senderFrame, sender } = event;
    return (
      this.#window !== null &&
      sender === this.#window.webContents &&
      senderFrame !== null &&
      senderFrame.parent === null &&
      senderFrame.url.startsWith(`${APP_ORIGIN}/`)
    );
  }

  async #open(): Promise<void> {
    const window = lockedWindow();
    this.#window = window;
    window.on('close', (event) => {
      if (this.#quitting) return;
      event.preventDefault();
      window.hide();
    });
    window.on('closed', () => (this.#window = null));
    window.webContents.on('render-process-gone', () => void this.#recover(window));
    window.once('ready-to-show', () => {
      window.show();
    });
    const gone = Promise.withResolvers<undefined>();
    window.webContents.once('render-process-gone', () => {
      gone.resolve(undefined);
    });
    // Where the page crashes while it is loaded, that is told above; whoever waits for the window must not wait on.
    await Promise.race([window.loadURL(`${APP_ORIGIN}/index.html`).catch(() => undefined), gone.promise]);
  }

  /** Uploads live in this process: a page that crashed is loaded again, and has lost nothing. */
  async #recover(window: BrowserWindow): Promise<void> {
    if (this.#crashes.mayReload()) {
      window.webContents.reload();
      return;
    }
    this.#isGivenUp = true;
    const { message, detail, tryAgain, hide } = shellWords.crash;
    const buttons = [tryAgain, hide];
    const { response } = await dialog.showMessageBox({
      ...{ type: 'error', message, detail, buttons, defaultId: 0, cancelId: 1 },
    });
    if (window.isDestroyed()) return;
    if (response === 0) this.#tryAgain(window);
    else window.hide();
  }

  #tryAgain(window: BrowserWindow): void {
    this.#isGivenUp = false;
    this.#crashes.forget();
    window.webContents.reload();
  }
}

/**
 * Most of what its page may not is Electron's default today; all of it is said, so that a default that changes changes
 * nothing. https://www.electronjs.org/docs/latest/api/structures/web-preferences
 */
function lockedWindow(): BrowserWindow {
  return new BrowserWindow({
    width: 480,
    height: 640,
    minWidth: 380,
    minHeight: 480,
    title: shellWords.appName,
    show: false,
    backgroundColor: BACKGROUND[nativeTheme.shouldUseDarkColors ? 'dark' : 'light'],
    webPreferences: {
      preload: join(import.meta.dirname, '../preload/index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      plugins: false,
      navigateOnDragDrop: false,
      // A dictionary would be fetched from elsewhere.
      spellcheck: false,
      // What people install opens them to nobody.
      devTools: !app.isPackaged,
    },
  });
}
