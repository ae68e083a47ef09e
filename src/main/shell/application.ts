import { join } from 'node:path';
import { app, clipboard, dialog, globalShortcut, ipcMain, protocol, safeStorage, session } from 'electron';
import type { Board } from '../../shared/board.ts';
import { shellWords } from '../../shared/words/shell.ts';
import { failureOf } from '../board/failure.ts';
import type { AccountDesk } from '../board/account-desk.ts';
import type { FileShelf } from '../board/file-shelf.ts';
import { overallProgress } from '../board/overall-progress.ts';
import type { Clipboard, ShareBoard } from '../board/share-board.ts';
import type { Vault } from '../credentials/vault.ts';
import type { Settings } from '../settings/settings.ts';
import type { ServerClock } from '../signing/server-clock.ts';
import { setAppMenu } from './app-menu.ts';
import { declareAppScheme, serveApp } from './app-protocol.ts';
import { filesIn, IN_THE_TRAY } from './launch-files.ts';
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
  readonly #notices = new Notices(
    (id) => {
      this.#copy(id);
    },
    () => void this.#window.show(),
  );
  #shortcut: string | null = null;
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
    if (!process.argv.includes(IN_THE_TRAY)) await this.#window.show();
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
    shares.listen({
      rowsChanged: (rows) => {
        this.#window.push('sharesChanged', { rows: [...rows] });
        this.#window.setProgress(overallProgress(shares.underWay()));
      },
      listed: () => {
        this.#window.push('sharesListed', {});
        this.changed();
      },
      ended: (row) => {
        this.#notices.ended(row);
        this.changed();
        this.#window.setProgress(overallProgress(shares.underWay()));
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
      copy: (id) => {
        this.#copy(id);
      },
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
    try {
      const { prefix, ...destination } = accounts.dropTarget();
      const { life, keyTemplate } = settings;
      const results = await shares.start(paths, destination, { life, keyTemplate, prefix });
      for (const result of results) if (result.kind === 'refused') this.#notices.refused(result);
    } catch (error) {
      this.#notices.refused({ name: shellWords.appName, failure: failureOf(error) });
    }
  }

  /** Where the link cannot be had, the window says why: its row tells. */
  #copy(id: string): void {
    void this.#rooms?.shares.copy(id).catch(() => this.#window.show());
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
    if (accelerator === this.#shortcut) return true;
    try {
      if (accelerator && !globalShortcut.register(accelerator, () => void this.#window.show())) return false;
    } catch {
      // Electron throws where the text is no accelerator at all.
      return false;
    }
    // Only now that the new one is had: a refusal must not cost the old one.
    if (this.#shortcut !== null) globalShortcut.unregister(this.#shortcut);
    this.#shortcut = accelerator;
    return true;
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
