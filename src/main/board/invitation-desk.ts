import type { LifeChoice } from '../../shared/board.ts';
import { SandglassError } from '../../shared/errors.ts';
import type {
  FormInvitationAsked,
  LinkInvitationAsked,
  ReadyInvitation,
} from '../../shared/invitation-view.ts';
import type { History } from '../history/history.ts';
import { curlLine } from '../share/curl-line.ts';
import {
  awaitedNoMore,
  isAwaited,
  type AwaitedRecord,
  type FreshInvitation,
  type Invitations,
  type UploadInvitation,
} from '../share/invitations.ts';
import { uploadPage } from '../share/upload-page.ts';
import { pageWords } from '../share/upload-terms.ts';
import type { AccountDesk } from './account-desk.ts';
import { failureOf } from './failure.ts';
import type { Clipboard, ShareBoard } from './share-board.ts';

export interface InvitationDeskPorts {
  readonly accounts: Pick<AccountDesk, 'dropTarget'>;
  readonly links: { readonly invitations: Pick<Invitations, 'byLink' | 'byForm' | 'again' | 'extend'> };
  readonly history: Pick<History, 'find'>;
  readonly shares: Pick<ShareBoard, 'row'>;
  readonly clipboard: Pick<Clipboard, 'writeText'>;
}

/** Which of an invitation's texts is wanted. */
export type InvitationText = 'address' | 'line';

/** Invites others to upload, from the window. Every method throws SandglassError. */
export class InvitationDesk {
  readonly #ports: InvitationDeskPorts;

  constructor(ports: InvitationDeskPorts) {
    this.#ports = ports;
  }

  /** The link is on the clipboard. */
  async byLink({ place, name, contentType, ...wishes }: LinkInvitationAsked): Promise<ReadyInvitation> {
    const { prefix, ...destination } = this.#ports.accounts.dropTarget(place ?? undefined);
    const type = contentType ?? undefined;
    const { invitations } = this.#ports.links;
    return this.#made(
      await invitations.byLink(destination, `${folderOf(prefix)}${name}`, { ...wishes, contentType: type }),
    );
  }

  /** The line is on the clipboard: of a form the address alone is of no use. */
  async byForm(asked: FormInvitationAsked): Promise<ReadyInvitation> {
    const { place, folder, contentType, maxBytes, ...wishes } = asked;
    const { prefix, ...destination } = this.#ports.accounts.dropTarget(place ?? undefined);
    const limits = { contentType: contentType ?? undefined, maxBytes: maxBytes ?? undefined };
    const { invitations } = this.#ports.links;
    return this.#made(
      await invitations.byForm(destination, `${folderOf(prefix)}${folderOf(folder)}`, {
        ...wishes,
        ...limits,
      }),
    );
  }

  async show(id: string): Promise<ReadyInvitation> {
    return this.#ready(await this.#again(id));
  }

  async copy(id: string, what: InvitationText): Promise<void> {
    await this.#write(await this.#again(id), what);
  }

  async extend(id: string, life: LifeChoice): Promise<ReadyInvitation> {
    return this.#made({
      invitation: await this.#ports.links.invitations.extend(this.#awaited(id), life),
      unchecked: null,
    });
  }

  /** A form as a page that a person can open, and a name for its file. @throws SandglassError bad-usage for a link */
  async page(id: string): Promise<{ readonly fileName: string; readonly html: string }> {
    const invitation = await this.#again(id);
    if (invitation.terms.way === 'put') {
      throw new SandglassError('bad-usage', 'A page can hold a form, and this is a link.', {
        next: 'Pass on the link itself, or invite by a form.',
      });
    }
    const plain = invitation.name.replace(/[^\p{L}\p{N}._-]+/gu, '-');
    return { fileName: `Upload to ${plain}.html`, html: uploadPage(invitation, pageWords(invitation)) };
  }

  async #made({ invitation, unchecked }: FreshInvitation): Promise<ReadyInvitation> {
    await this.#write(invitation, invitation.terms.way === 'put' ? 'address' : 'line');
    return this.#ready(invitation, unchecked);
  }

  #ready(invitation: UploadInvitation, unchecked: SandglassError | null = null): ReadyInvitation {
    return {
      row: this.#ports.shares.row(invitation.id),
      curl: curlLine(invitation),
      unchecked: unchecked && failureOf(unchecked),
    };
  }

  #write(invitation: UploadInvitation, what: InvitationText): Promise<void> {
    return this.#ports.clipboard.writeText(what === 'line' ? curlLine(invitation) : invitation.url);
  }

  #again(id: string): Promise<UploadInvitation> {
    return this.#ports.links.invitations.again(this.#awaited(id));
  }

  #awaited(id: string): AwaitedRecord {
    const record = this.#ports.history.find(id);
    if (isAwaited(record)) return record;
    throw awaitedNoMore(record);
  }
}

/** As keys begin with it: empty, or with a slash at its end. */
function folderOf(prefix = ''): string {
  return prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`;
}
