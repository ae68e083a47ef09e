import { join } from 'node:path';
import { BrowserWindow, nativeTheme, type IpcMainInvokeEvent } from 'electron';
import { channelOf, type Push, type PushName } from '../../shared/ipc-contract.ts';
import { APP_ORIGIN } from './app-protocol.ts';

const BACKGROUND = { light: '#f6f7f9', dark: '#14171c' };

/** The one window. Closing it hides it: uploads and the tray's links live on until the app is quit. */
export class MainWindow {
  #window: BrowserWindow | null = null;
  #quitting = false;

  /** Brings the window to the front, and makes it first where there is none. */
  async show(): Promise<void> {
    const window = this.#window;
    if (window === null) {
      await this.#open();
      return;
    }
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  /** From now on closing closes. */
  letClose(): void {
    this.#quitting = true;
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
    const window = new BrowserWindow({
      width: 480,
      height: 640,
      minWidth: 380,
      minHeight: 480,
      title: 'Sandglass',
      show: false,
      backgroundColor: BACKGROUND[nativeTheme.shouldUseDarkColors ? 'dark' : 'light'],
      webPreferences: {
        preload: join(import.meta.dirname, '../preload/index.cjs'),
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        spellcheck: false,
      },
    });
    this.#window = window;
    window.on('close', (event) => {
      if (this.#quitting) return;
      event.preventDefault();
      window.hide();
    });
    window.on('closed', () => (this.#window = null));
    // Uploads live in this process: a page that crashed is shown again, and has lost nothing.
    window.webContents.on('render-process-gone', () => {
      window.webContents.reload();
    });
    window.once('ready-to-show', () => {
      window.show();
    });
    await window.loadURL(`${APP_ORIGIN}/index.html`);
  }
}
