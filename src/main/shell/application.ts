import { join } from 'node:path';
import { app, clipboard, dialog, globalShortcut, ipcMain, protocol, safeStorage, session } from 'electron';
import type { Board, ShareRow } from '../../shared/board.ts';
import { shellWords } from '../../shared/words/shell.ts';
import type { AccountDesk } from '../board/account-desk.ts';
import type { FileShelf } from '../board/file-shelf.ts';
import type { Clipboard, ShareBoard } from '../board/share-board.ts';
import type { Vault } from '../credentials/vault.ts';
import type { Settings } from '../settings/settings.ts';
import type { ServerClock } from '../signing/server-clock.ts';
import { setAppMenu } from './app-menu.ts';
import { declareAppScheme, serveApp } from './app-protocol.ts';
import { filesIn } from './launch-files.ts';
import { MainWindow } from './main-window.ts';
import { Notices } from './notices.ts';
import { SafeStorageVault } from './safe-storage-vault.ts';
import { serveRequests } from './request-server.ts';
import { requestHandlers } from './requests.ts';
import { lockPages, lockSession } from './session-policy.ts';
import { TrayMenu } from './tray-menu.ts';

export interface ApplicationRooms {
  readonly shares: ShareBoard;
  readonly accounts: AccountDesk;
  readonly files: FileShelf;
  readonly settings: Settings;
  readonly vault: Vault;
  readonly clock: ServerClock;
  close(): Promise<void>;
}

/** The tray's menu tells times that pass; milliseconds. */
const TRAY_REFRESH_MS = 60_000;

/** The app around the rooms: one instance, one window, the tray, and what leads in and out of them. */
export class Application {
  readonly clipboard: Clipboard = clipboard;
  readonly #folder: string;
  readonly #window = new MainWindow();
  #rooms: ApplicationRooms | null = null;
  #tray: TrayMenu | null = null;
  #leaving = false;

  /** @param folder where history, settings and the browser engine's own files lie */
  constructor(folder: string) {
    this.#folder = folder;
    app.setName(shellWords.appName);
    app.setPath('userData', folder);
    declareAppScheme(protocol);
    lockPages(app);
  }

  /** For a machine whose keychain keytar cannot reach, though Electron can. */
  sealedVault(): Vault {
    return new SafeStorageVault(safeStorage, join(this.#folder, 'sealed-keys.json'));
  }

  /** False where the app runs already: it has been told of the files, and this process is to end. */
  isFirst(): boolean {
    const files = filesIn(process.argv, process.cwd(), app.isPackaged);
    if (!app.requestSingleInstanceLock({ files })) {
      app.quit();
      return false;
    }
    app.on('second-instance', (_event, _argv, _folder, data) => {
      void this.#window.show();
      void this.#shareFiles((data as { files?: string[] }).files ?? []);
    });
    app.on('open-file', (event, path) => {
      event.preventDefault();
      void app.whenReady().then(() => this.#shareFiles([path]));
    });
    return true;
  }

  /** Tells the window that what the board shows has changed. */
  changed(): void {
    if (this.#rooms) this.#window.push('boardChanged', this.#board(this.#rooms));
    this.#tray?.refresh();
  }

  async run(rooms: ApplicationRooms): Promise<void> {
    this.#rooms = rooms;
    await app.whenReady();
    lockSession(session.defaultSession);
    serveApp(protocol, join(import.meta.dirname, '../renderer'));
    this.#serve(rooms);
    this.#follow(rooms);
    this.#buildMenus(rooms);
    this.#setShortcut(rooms.settings.globalShortcut);
    app.on('activate', () => void this.#window.show());
    app.on('before-quit', (event) => {
      if (this.#leaving) return;
      event.preventDefault();
      void this.#leave(rooms);
    });
    // Before the first keys are typed, the window says whether there is a keychain to keep them.
    if (rooms.accounts.summaries().length === 0) void rooms.vault.read('first').catch(() => undefined);
    await this.#window.show();
    await this.#shareFiles(filesIn(process.argv, process.cwd(), app.isPackaged));
  }

  #serve(rooms: ApplicationRooms): void {
    const handlers = requestHandlers({
      ...rooms,
      readBoard: () => this.#board(rooms),
      changed: () => {
        this.changed();
      },
      setShortcut: (accelerator) => this.#setShortcut(accelerator),
    });
    serveRequests(ipcMain, (event) => this.#window.isSender(event), handlers);
  }

  #follow({ shares }: ApplicationRooms): void {
    const copy = (id: string) => void shares.copy(id).catch(() => this.#window.show());
    const notices = new Notices(copy, () => void this.#window.show());
    shares.listen({
      rowsChanged: (rows) => {
        this.#window.push('sharesChanged', { rows: [...rows] });
        this.#window.setProgress(overall(shares.underWay()));
      },
      listed: () => {
        this.#window.push('sharesListed', {});
        this.changed();
      },
      ended: (row) => {
        notices.ended(row);
        this.changed();
        this.#window.setProgress(overall(shares.underWay()));
      },
    });
  }

  #buildMenus({ shares, clock }: ApplicationRooms): void {
    const ask = (to: 'choose-files' | 'connect' | 'preferences') => () => {
      void this.#window.show().then(() => {
        this.#window.push('asked', { to });
      });
    };
    setAppMenu(process.platform, {
      shareFile: ask('choose-files'),
      connect: ask('connect'),
      preferences: ask('preferences'),
    });
    this.#tray = new TrayMenu(join(import.meta.dirname, '../../assets/tray.png'), {
      recent: () => shares.live(),
      now: () => clock.now(),
      copy: (id) => void shares.copy(id).catch(() => this.#window.show()),
      shareFile: ask('choose-files'),
      open: () => void this.#window.show(),
      pauseAll: () => {
        shares.pauseAll();
      },
      quit: () => {
        app.quit();
      },
    });
    setInterval(() => this.#tray?.refresh(), TRAY_REFRESH_MS).unref();
  }

  async #shareFiles(paths: readonly string[]): Promise<void> {
    if (this.#rooms === null || paths.length === 0) return;
    const { accounts, shares, settings } = this.#rooms;
    if (settings.currentAccount === null) {
      this.#window.push('asked', { to: 'connect' });
      return;
    }
    const { prefix, ...destination } = accounts.dropTarget();
    await shares.start(paths, destination, {
      life: settings.life,
      keyTemplate: settings.keyTemplate,
      prefix,
    });
  }

  /** Says what will go on next time, and lets what is on its way land before the process ends. */
  async #leave(rooms: ApplicationRooms): Promise<void> {
    const { shares } = rooms;
    const count = shares.underWay().length;
    if (count > 0 && !(await this.#mayQuit(count))) return;
    this.#leaving = true;
    this.#window.letClose();
    await shares.interruptAll();
    globalShortcut.unregisterAll();
    await rooms.close();
    app.quit();
  }

  async #mayQuit(count: number): Promise<boolean> {
    const { quitTitle, quitBody, quit, stay } = shellWords.dialog;
    const { response } = await dialog.showMessageBox({
      type: 'question',
      message: quitTitle,
      detail: quitBody(count),
      buttons: [quit, stay],
      defaultId: 1,
      cancelId: 1,
    });
    return response === 0;
  }

  #setShortcut(accelerator: string | null): boolean {
    globalShortcut.unregisterAll();
    if (accelerator === null) return true;
    try {
      return globalShortcut.register(accelerator, () => void this.#window.show());
    } catch {
      // Electron throws where the text is no accelerator at all.
      return false;
    }
  }

  #board({ accounts, settings, vault, clock }: ApplicationRooms): Board {
    return {
      version: app.getVersion(),
      platform: process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux',
      accounts: accounts.summaries(),
      currentAccount: settings.currentAccount,
      vaultKeeps: vault.keeps,
      life: settings.life,
      clockOffset: clock.offset,
      preferences: {
        launchAtLogin: app.getLoginItemSettings().openAtLogin,
        globalShortcut: settings.globalShortcut,
      },
    };
  }
}

/** How much of all that is under way has been sent, from 0 to 1; null where nothing is. */
function overall(rows: readonly ShareRow[]): number | null {
  let [sent, total] = [0, 0];
  for (const { standing } of rows) {
    if (standing.kind !== 'uploading' && standing.kind !== 'paused') continue;
    sent += standing.sentBytes;
    total += standing.totalBytes;
  }
  return rows.length === 0 ? null : sent / Math.max(1, total);
}
