import type { Failure, LifeChoice, ShareRow } from '../../shared/board.ts';
import type { DropPlace } from '../../shared/bucket-view.ts';
import type {
  FormInvitationAsked,
  LinkInvitationAsked,
  ReadyInvitation,
} from '../../shared/invitation-view.ts';
import type { Answer } from '../../shared/ipc-contract.ts';
import type { Bridge } from '../bridge.ts';
import { namedIn } from '../model/shown-name.ts';
import { tellMoment } from '../telling.ts';
import { words } from '../words.ts';
import { settled, type Toasts } from './toasts.svelte.ts';

/** What inviting must know of the rest of the window. */
export interface InvitingSurroundings {
  /** The server's clock, in milliseconds since 1970. */
  readonly now: () => number;
  /** The list of shares is to be read again. */
  readonly listed: () => void;
}

/** An invitation as it is shown. It is a secret, and forgotten when its dialog closes. */
export type ShownInvitation = ReadyInvitation & { readonly wasCopied: boolean };

/** Lets somebody else upload, and looks whether they have. */
export class Inviting {
  /** Where somebody is being invited to; null for where drops go, undefined while nobody is. */
  place = $state.raw<DropPlace | null | undefined>(undefined);
  shown = $state.raw<ShownInvitation | null>(null);
  readonly #bridge: Bridge;
  readonly #toasts: Toasts;
  readonly #surroundings: InvitingSurroundings;

  constructor(bridge: Bridge, toasts: Toasts, surroundings: InvitingSurroundings) {
    this.#bridge = bridge;
    this.#toasts = toasts;
    this.#surroundings = surroundings;
  }

  close(): void {
    this.place = undefined;
    this.shown = null;
  }

  /** @returns why it could not be made, which the dialog tells; null where it was */
  byLink(asked: LinkInvitationAsked): Promise<Failure | null> {
    return this.#made(this.#bridge.inviteByLink(asked));
  }

  /** @returns as above */
  byForm(asked: FormInvitationAsked): Promise<Failure | null> {
    return this.#made(this.#bridge.inviteByForm(asked));
  }

  /** A new invitation to the same place. */
  async extend(id: string, life: LifeChoice): Promise<void> {
    const failure = await this.#made(this.#bridge.extendInvitation({ id, life }));
    if (failure) this.#toasts.fail(failure);
  }

  async show(id: string): Promise<void> {
    const ready = await this.#toasts.unwrap(this.#bridge.showInvitation({ id }));
    if (ready) this.shown = { ...ready, wasCopied: false };
  }

  async copy(id: string, what: 'address' | 'line'): Promise<void> {
    const copied = await this.#toasts.unwrap(this.#bridge.copyInvitation({ id, what }));
    if (copied === undefined) return;
    this.#toasts.note(what === 'line' ? words.invite.ready.lineCopied : words.told.copied);
  }

  async savePage(id: string): Promise<void> {
    const answer = await this.#toasts.unwrap(this.#bridge.saveUploadPage({ id }));
    if (answer?.saved) this.#toasts.note(words.invite.ready.pageSaved);
  }

  async look(id: string): Promise<void> {
    const answer = await this.#toasts.unwrap(this.#bridge.lookForArrivals({ id }));
    if (answer === undefined) return;
    this.#toasts.note(answer.arrived > 0 ? words.told.arrived(answer.arrived) : words.told.notArrived);
  }

  /** A person comes back to the window: what has arrived meanwhile is shown soon. What fails is told by its row. */
  async lookAround(): Promise<void> {
    await settled(this.#bridge.lookForArrivals({ id: null }));
  }

  /** Waits no more. Nothing takes the invitation itself back, and that is said. */
  async forsake({ id, name, standing }: ShareRow): Promise<void> {
    if ((await this.#toasts.unwrap(this.#bridge.cancelShare({ id }))) === undefined) return;
    const now = this.#surroundings.now();
    const end = standing.kind === 'awaited' ? standing.uploadEndsAt : 0;
    const { forsaken, forsakenOpen } = words.told;
    this.#toasts.note(
      end > now ? forsakenOpen(namedIn(name), tellMoment(end, now)) : forsaken(namedIn(name)),
    );
  }

  async #made(asking: Promise<Answer<ReadyInvitation>>): Promise<Failure | null> {
    const answer = await settled(asking);
    if (!answer.ok) return answer.failure;
    this.#surroundings.listed();
    this.place = undefined;
    this.shown = { ...answer.value, wasCopied: true };
    return null;
  }
}
