import { BrowserWindow, dialog } from 'electron';
import writeFileAtomic from 'write-file-atomic';
import { SandglassError } from '../../shared/errors.ts';
import { shellWords } from '../../shared/words/spoken.ts';
import type { AwaitedUploads } from '../board/awaited-uploads.ts';
import type { BucketBrowser } from '../board/bucket-browser.ts';
import type { InvitationDesk } from '../board/invitation-desk.ts';
import type { RequestHandlers } from './request-server.ts';

/** What works on places in buckets, whoever uploads to them. */
export interface PlaceRooms {
  readonly browser: BucketBrowser;
  readonly invitations: InvitationDesk;
  readonly awaited: AwaitedUploads;
}

export interface InvitationRooms extends Pick<PlaceRooms, 'invitations' | 'awaited'> {
  /** The board has changed by what was asked. */
  readonly changed: () => void;
}

/** What answers the window where others are invited to upload. */
export function invitationHandlers({ invitations, awaited, changed }: InvitationRooms) {
  /** The server's clock is learned with each answer, and the countdown goes by it. */
  const told = async <Value>(asking: Promise<Value>) => {
    const value = await asking;
    changed();
    return value;
  };
  return {
    inviteByLink: (asked) => told(invitations.byLink(asked)),
    inviteByForm: (asked) => told(invitations.byForm(asked)),
    extendInvitation: ({ id, life }) => told(invitations.extend(id, life)),
    showInvitation: ({ id }) => invitations.show(id),
    copyInvitation: async ({ id, what }) => {
      await invitations.copy(id, what);
      return null;
    },
    saveUploadPage: async ({ id }) => ({ saved: await saved(await invitations.page(id)) }),
    lookForArrivals: async ({ id }) => ({
      arrived: await (id === null ? awaited.lookAtAll() : awaited.look(id)),
    }),
  } satisfies Partial<RequestHandlers>;
}

interface Page {
  readonly fileName: string;
  readonly html: string;
}

/** False where the person called it off. */
async function saved({ fileName, html }: Page): Promise<boolean> {
  const { savePage: title, savePageButton: buttonLabel } = shellWords.dialog;
  const filters = [{ name: 'HTML', extensions: ['html'] }];
  const options = { title, buttonLabel, defaultPath: fileName, filters };
  const [window] = BrowserWindow.getAllWindows();
  const { canceled, filePath } = await (window
    ? dialog.showSaveDialog(window, options)
    : dialog.showSaveDialog(options));
  if (canceled || filePath === '') return false;
  try {
    // For its owner's eyes alone: whoever has the page may upload.
    await writeFileAtomic(filePath, html, { mode: 0o600 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new SandglassError('file-unreadable', `The page cannot be written there (${code ?? 'unknown'}).`, {
      next: 'Choose another folder, or free some space.',
      cause: error,
    });
  }
  return true;
}
