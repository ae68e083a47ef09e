import { BrowserWindow, dialog } from 'electron';
import { describeBandwidth, parseBandwidth } from '../../shared/bandwidth.ts';
import type { Board } from '../../shared/board.ts';
import type { ShareOptionsChoice } from '../../shared/ending-view.ts';
import { SandglassError } from '../../shared/errors.ts';
import { checkedDescription } from '../../shared/object-description.ts';
import { shellWords } from '../../shared/words/spoken.ts';
import type { AccountDesk } from '../board/account-desk.ts';
import type { FileShelf } from '../board/file-shelf.ts';
import type { ShareBoard } from '../board/share-board.ts';
import type { Settings } from '../settings/settings.ts';
import { browseHandlers } from './browse-requests.ts';
import { previewExtension, type ExtensionPreviewPorts } from './extension-preview.ts';
import { endHandlers, type EndRooms } from './end-requests.ts';
import { invitationHandlers, type PlaceRooms } from './invitation-requests.ts';
import { keyHandlers } from './key-requests.ts';
import { languageHandlers } from './language.ts';
import type { LoginStart } from './login-start.ts';
import type { RequestHandlers } from './request-server.ts';

export interface RequestRooms extends ExtensionPreviewPorts, PlaceRooms, EndRooms {
  readonly shares: ShareBoard;
  readonly accounts: AccountDesk;
  readonly files: FileShelf;
  readonly settings: Settings;
  readonly readBoard: () => Board;
  /** The board has changed by what was asked. */
  readonly changed: () => void;
  /** Registers the shortcut; false where another program has it. */
  readonly setShortcut: (accelerator: string | null) => boolean;
  readonly loginStart: LoginStart;
}

/** What answers each request of the window. */
export function requestHandlers(rooms: RequestRooms): RequestHandlers {
  const own = { ...shareHandlers(rooms), ...accountHandlers(rooms), ...choiceHandlers(rooms) };
  const places = { ...browseHandlers(rooms), ...invitationHandlers(rooms), ...endHandlers(rooms) };
  return { ...own, ...places, ...keyHandlers(rooms), ...languageHandlers(rooms) };
}

function shareHandlers(rooms: RequestRooms) {
  const { shares } = rooms;
  return {
    ...fileHandlers(rooms),
    readShares: ({ search, offset, limit }) => shares.page(search, offset, limit),
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
    retryShare: ({ id }) => shares.resume(id),
    extendShare: ({ id, life }) => shares.extend(id, life),
    previewExtension: ({ id, life }) => previewExtension(rooms, id, life),
    revokeShare: async ({ id }) => ({ did: await shares.revoke(id) }),
  } satisfies Partial<RequestHandlers>;
}

function fileHandlers({ shares, accounts, files, settings }: RequestRooms) {
  const chooser = new OneDialog();
  return {
    offerFiles: ({ paths }) => files.offer(paths),
    chooseFiles: async () => files.offer(await chooser.paths()),
    startShares: async ({ fileIds, life, again = false, place, options: chosen }) => {
      const stored = chosen && storedAs(chosen);
      const { prefix, ...destination } = accounts.dropTarget(place);
      const paths = files.take(fileIds);
      // Dropped onto a folder, a file is looked for there by its own name.
      const keyTemplate = place ? '{name}' : settings.keyTemplate;
      const options = { life, keyTemplate, prefix, again, ...stored };
      const results = await shares.start(paths, destination, options);
      // What runs already may be asked for once more, and is sent then.
      for (const [at, { kind }] of results.entries()) {
        const [fileId, path] = [fileIds[at], paths[at]];
        if (kind === 'running' && fileId !== undefined && path !== undefined) files.giveBack(fileId, path);
      }
      return results;
    },
  } satisfies Partial<RequestHandlers>;
}

/** @throws SandglassError bad-usage for what S3 would not take, before anything is sent */
function storedAs({ tags, metadata, goneAtEnd }: ShareOptionsChoice) {
  if (tags.length + metadata.length === 0) return { goneAtEnd };
  return { goneAtEnd, description: checkedDescription({ tags, metadata }) };
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

function choiceHandlers({ settings, readBoard, changed, setShortcut, loginStart }: RequestRooms) {
  return {
    readBoard,
    chooseLife: async ({ life }) => {
      await settings.choose({ life });
      changed();
      return null;
    },
    /** What stays as it was is not touched: a shortcut that cannot be had just now must not hold up the rest. */
    changePreferences: async ({ launchAtLogin, globalShortcut, bandwidth }) => {
      const plan = parseBandwidth(bandwidth);
      if (bandwidth !== describeBandwidth(settings.bandwidth))
        await settings.choose({ bandwidth: [...plan] });
      if (globalShortcut !== settings.globalShortcut) {
        if (!setShortcut(globalShortcut)) throw shortcutTaken();
        await settings.choose({ globalShortcut });
      }
      if (launchAtLogin !== loginStart.isOn()) loginStart.set(launchAtLogin);
      changed();
      if (launchAtLogin !== loginStart.isOn()) throw loginRefused();
      return null;
    },
  } satisfies Partial<RequestHandlers>;
}

/** The system's dialog for files, once at a time: who asks while it is open chooses nothing more. */
class OneDialog {
  #isOpen = false;

  async paths(): Promise<readonly string[]> {
    if (this.#isOpen) return [];
    this.#isOpen = true;
    try {
      return await chosenPaths();
    } finally {
      this.#isOpen = false;
    }
  }
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

function loginRefused(): SandglassError {
  return new SandglassError('refused', 'The system does not do that.', {
    next: 'Look into its own settings for what starts at login.',
  });
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
