import { join } from 'node:path';
import {
  app,
  clipboard,
  globalShortcut,
  ipcMain,
  powerMonitor,
  protocol,
  safeStorage,
  session,
} from 'electron';
import type { Board } from '../../shared/board.ts';
import type { Push } from '../../shared/ipc-contract.ts';
import { shellWords } from '../../shared/words/spoken.ts';
import { failureOf } from '../board/failure.ts';
import type { AccountDesk } from '../board/account-desk.ts';
import type { FileShelf } from '../board/file-shelf.ts';
import type { Later } from '../board/push-throttle.ts';
import type { Clipboard, ShareBoard } from '../board/share-board.ts';
import type { Vault } from '../credentials/vault.ts';
import type { Settings } from '../settings/settings.ts';
import { setAppMenu } from './app-menu.ts';
import { declareAppScheme, serveApp } from './app-protocol.ts';
import { Arrivals } from './arrivals.ts';
import { followBoard } from './board-follower.ts';
import { boardOf } from './board-view.ts';
import { Departure } from './departure.ts';
import { mayQuit, tellSetAside } from './dialogs.ts';
import type { EndRooms } from './end-requests.ts';
import type { ExtensionPreviewPorts } from './extension-preview.ts';
import { GlobalKey } from './global-key.ts';
import type { PlaceRooms } from './invitation-requests.ts';
import { copyDiagnostics } from './diagnostics-copy.ts';
import { claimInstance, filesOfThisStart, nameApp } from './launch.ts';
import { watchLine, type LineRooms } from './line-watch.ts';
import { isStartAtLogin, LoginItem, type LoginStart } from './login-start.ts';
import { MainWindow } from './main-window.ts';
import { Notices } from './notices.ts';
import { countUnderWay, isAllPaused } from './overview.ts';
import { Pulse } from './pulse.ts';
import { SafeStorageVault } from './safe-storage-vault.ts';
import { serveRequests } from './request-server.ts';
import { requestHandlers } from './requests.ts';
import { lockApp, lockSession } from './session-policy.ts';
import { trayImage, TrayMenu } from './tray-menu.ts';
import { followUpdates, updateSurroundings } from './updates.ts';

export interface ApplicationRooms extends ExtensionPreviewPorts, LineRooms, PlaceRooms, EndRooms {
  readonly shares: ShareBoard;
  readonly accounts: AccountDesk;
  readonly files: FileShelf;
  readonly settings: Settings;
  readonly vault: Vault;
  /** The start at login where Electron does not know it; else null. */
  readonly autostart: LoginStart | null;
  /** What a report of a fault needs, as Markdown. */
  readonly diagnosis: () => Promise<string>;
  close(): Promise<void>;
}

/** The tray's menu tells times that pass; milliseconds. */
const TRAY_REFRESH_MS = 60_000;

/** The app around the rooms: one instance, one window, the tray, and what leads in and out of them. */
export class Application {
  readonly clipboard: Clipboard = clipboard;
  readonly #folder: string;
  readonly #later: Later;
  readonly #window = new MainWindow();
  readonly #notices: Notices;
  readonly #key = new GlobalKey(globalShortcut, () => void this.#window.show());
  readonly #up = Promise.withResolvers<undefined>();
  readonly #arrivals = new Arrivals({
    refused: (refused) => {
      this.#notices.refused(refused);
    },
    waiting: () => {
      this.changed();
      this.#ask('connect');
    },
    momentPassed: () => {
      this.#notices.momentPassed();
    },
  });
  #rooms: ApplicationRooms | null = null;
  #tray: TrayMenu | null = null;

  /** @param folder where history, settings and the browser engine's own files lie */
  constructor(folder: string, later: Later) {
    this.#folder = folder;
    this.#later = later;
    const open = () => void this.#window.show();
    this.#notices = new Notices({ copy: (id) => void this.#copy(id), open }, later);
    nameApp(shellWords.appName, folder);
    declareAppScheme(protocol);
    lockApp(app);
  }

  /** For a machine whose keychain keytar cannot reach, though Electron can. */
  sealedVault(): Vault {
    return new SafeStorageVault(safeStorage, join(this.#folder, 'sealed-keys.json'));
  }

  /**
   * False where the app runs already, and this process is to end. What comes while this one starts waits until it is
   * up.
   */
  isFirst(): boolean {
    return claimInstance({
      again: () => void this.#up.promise.then(() => this.#window.show()),
      files: (paths) => void this.#arrivals.take(paths),
    });
  }

  /** Tells the window that what the board shows has changed. */
  changed(): void {
    if (!this.#rooms) return;
    this.#window.push('boardChanged', this.#board(this.#rooms));
    this.#tray?.refresh();
    void this.#arrivals.shareWaiting();
  }

  /** @param misfortunes what a person must know of the start, in sentences */
  async run(rooms: ApplicationRooms, misfortunes: readonly string[] = []): Promise<void> {
    this.#rooms = rooms;
    await app.whenReady();
    lockSession(session.defaultSession);
    serveApp(protocol, join(import.meta.dirname, '../renderer'));
    this.#serve(rooms);
    this.#buildMenus(rooms);
    this.#follow(rooms);
    watchLine({ app, powerMonitor }, rooms);
    this.#prepareToLeave(rooms);
    app.on('activate', () => void this.#window.show());
    // Before the first keys are typed, the window says whether there is a keychain to keep them.
    if (rooms.accounts.summaries().length === 0) void rooms.vault.read('first').catch(() => undefined);
    if (!isStartAtLogin(app, process.argv, process.platform)) await this.#window.show();
    this.#up.resolve(undefined);
    this.#arrivals.open(rooms);
    const { globalShortcut: keys } = rooms.settings;
    if (keys !== null && !this.#key.set(keys)) this.#notices.shortcutTaken(keys);
    void followUpdates(updateSurroundings(app.isPackaged));
    void rooms.shares.takeUpAll().catch(() => undefined);
    if (misfortunes.length > 0) void tellSetAside(misfortunes, this.#folder);
    await this.#arrivals.take(filesOfThisStart());
  }

  #serve(rooms: ApplicationRooms): void {
    const handlers = requestHandlers({
      ...rooms,
      loginStart: loginStartOf(rooms),
      readBoard: () => this.#board(rooms),
      changed: () => {
        this.changed();
      },
      setShortcut: (accelerator) => this.#key.set(accelerator),
    });
    serveRequests(ipcMain, (event) => this.#window.isSender(event), handlers, rooms.log);
  }

  #follow({ shares, awaited }: ApplicationRooms): void {
    followBoard(shares, {
      ...{ window: this.#window, notices: this.#notices, later: this.#later },
      refreshTray: () => this.#tray?.refresh(),
      changed: () => {
        this.changed();
      },
    });
    new Pulse({ shares, awaited }, () => this.#window.isVisible).start();
  }

  #buildMenus({ shares, clock, diagnosis }: ApplicationRooms): void {
    const ask = (to: Push<'asked'>['to']) => () => {
      this.#ask(to);
    };
    setAppMenu(process.platform, {
      shareFile: ask('choose-files'),
      connect: ask('connect'),
      preferences: ask('preferences'),
      copyDiagnostics: () => void copyDiagnostics(diagnosis, this.#notices),
    });
    const assets = join(import.meta.dirname, '../../assets');
    this.#tray = new TrayMenu(trayImage(assets, process.platform), {
      recent: () => shares.live(),
      now: () => clock.now(),
      copy: (id) => void this.#copy(id),
      shareFile: ask('choose-files'),
      open: () => void this.#window.show(),
      isAllPaused: () => isAllPaused(shares.underWay()),
      pauseAll: shares.pauseAll.bind(shares),
      resumeAll: shares.resumeAll.bind(shares),
      quit: () => {
        app.quit();
      },
    });
    setInterval(() => this.#tray?.refresh(), TRAY_REFRESH_MS).unref();
  }

  /** Leads the window to what was asked for outside it. */
  #ask(to: Push<'asked'>['to']): void {
    void this.#window.show().then(() => {
      this.#window.push('asked', { to });
    });
  }

  /** No window may be there to show that it is done, or why not. */
  async #copy(id: string): Promise<void> {
    const { shares } = this.#rooms ?? {};
    try {
      await shares?.copy(id);
      if (shares) this.#notices.copied(shares.row(id).name);
    } catch (error) {
      this.#notices.notCopied(failureOf(error));
    }
  }

  #prepareToLeave(rooms: ApplicationRooms): void {
    const { shares } = rooms;
    const departure = new Departure({
      underWay: () => countUnderWay(shares.underWay()),
      mayStop: mayQuit,
      vanish: () => {
        this.#window.vanish();
        globalShortcut.unregisterAll();
      },
      close: async () => {
        await shares.interruptAll();
        await rooms.close();
      },
      end: () => {
        app.quit();
      },
      later: this.#later,
    });
    app.on('before-quit', (event) => {
      if (!departure.ask()) event.preventDefault();
    });
  }

  #board(rooms: ApplicationRooms): Board {
    const loginStart = loginStartOf(rooms);
    return boardOf({ ...rooms, loginStart, waitingFiles: this.#arrivals.waiting });
  }
}

function loginStartOf({ autostart }: ApplicationRooms): LoginStart {
  return autostart ?? new LoginItem(app);
}
