import { app, BrowserWindow, dialog } from 'electron';
import type { Board } from '../../shared/board.ts';
import { SandglassError } from '../../shared/errors.ts';
import { shellWords } from '../../shared/words/shell.ts';
import type { AccountDesk } from '../board/account-desk.ts';
import type { FileShelf } from '../board/file-shelf.ts';
import type { ShareBoard } from '../board/share-board.ts';
import type { Settings } from '../settings/settings.ts';
import { IN_THE_TRAY } from './launch-files.ts';
import type { RequestHandlers } from './request-server.ts';

export interface RequestRooms {
  readonly shares: ShareBoard;
  readonly accounts: AccountDesk;
  readonly files: FileShelf;
  readonly settings: Settings;
  readonly readBoard: () => Board;
  /** The board has changed by what was asked. */
  readonly changed: () => void;
  /** Registers the shortcut; false where another program has it. */
  readonly setShortcut: (accelerator: string | null) => boolean;
}

/** What answers each request of the window. */
export function requestHandlers(rooms: RequestRooms): RequestHandlers {
  return { ...shareHandlers(rooms), ...accountHandlers(rooms), ...choiceHandlers(rooms) };
}

function shareHandlers({ shares, accounts, files, settings }: RequestRooms) {
  return {
    readShares: ({ search, offset, limit }) => shares.page(search, offset, limit),
    offerFiles: ({ paths }) => files.offer(paths),
    chooseFiles: async () => files.offer(await chosenPaths()),
    startShares: ({ fileIds, life }) => {
      const { prefix, ...destination } = accounts.dropTarget();
      const paths = fileIds.map((fileId) => files.take(fileId));
      return shares.start(paths, destination, { life, keyTemplate: settings.keyTemplate, prefix });
    },
    copyShare: async ({ id }) => {
      await shares.copy(id);
      return null;
    },
    pauseShare: ({ id }) => {
      shares.pause(id);
      return null;
    },
    resumeShare: async ({ id }) => {
      await shares.resume(id);
      return null;
    },
    cancelShare: async ({ id }) => {
      await shares.cancel(id);
      return null;
    },
    retryShare: ({ id }) => shares.retry(id),
    extendShare: ({ id, life }) => shares.extend(id, life),
    revokeShare: async ({ id }) => {
      await shares.revoke(id);
      return null;
    },
  } satisfies Partial<RequestHandlers>;
}

function accountHandlers({ accounts, changed }: RequestRooms) {
  return {
    previewLife: ({ life }) => accounts.preview(life),
    listProfiles: () => accounts.profiles(),
    listBuckets: ({ draft }) => accounts.buckets(draft),
    testAccount: ({ draft }) => accounts.test(draft),
    connectAccount: async ({ draft }) => {
      await accounts.connect(draft);
      changed();
      return null;
    },
    selectAccount: async ({ name }) => {
      await accounts.select(name);
      changed();
      return null;
    },
    removeAccount: async ({ name }) => {
      await accounts.remove(name);
      changed();
      return null;
    },
  } satisfies Partial<RequestHandlers>;
}

function choiceHandlers({ settings, readBoard, changed, setShortcut }: RequestRooms) {
  return {
    readBoard,
    chooseLife: async ({ life }) => {
      await settings.choose({ life });
      changed();
      return null;
    },
    changePreferences: async ({ launchAtLogin, globalShortcut }) => {
      if (!setShortcut(globalShortcut)) throw shortcutTaken();
      app.setLoginItemSettings({ openAtLogin: launchAtLogin, args: [IN_THE_TRAY] });
      await settings.choose({ globalShortcut });
      changed();
      return null;
    },
  } satisfies Partial<RequestHandlers>;
}

async function chosenPaths(): Promise<readonly string[]> {
  const { choose, chooseButton } = shellWords.dialog;
  const options: Electron.OpenDialogOptions = {
    title: choose,
    buttonLabel: chooseButton,
    properties: ['openFile', 'multiSelections'],
  };
  const [window] = BrowserWindow.getAllWindows();
  const { canceled, filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options));
  return canceled ? [] : filePaths;
}

function shortcutTaken(): SandglassError {
  return new SandglassError(
    'bad-usage',
    'This shortcut cannot be had: another program uses it, or it is none.',
    {
      next: 'Choose another.',
    },
  );
}
