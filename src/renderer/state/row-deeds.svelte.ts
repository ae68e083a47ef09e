import type { LifeChoice, ShareRow } from '../../shared/board.ts';
import type { Bridge } from '../bridge.ts';
import type { ShareAction } from '../model/share-actions.ts';
import { namedIn } from '../model/shown-name.ts';
import { stillInvited } from '../row-words.ts';
import { tellMoment } from '../telling.ts';
import { words } from '../words.ts';
import type { Inviting } from './inviting.svelte.ts';
import type { Sharing } from './sharing.svelte.ts';
import type { Toasts } from './toasts.svelte.ts';

/** Does what is asked for one share. What needs an answer first opens a question in the window. */
export class RowDeeds {
  /** Whose details are open. */
  detailed = $state.raw<ShareRow | null>(null);
  /** The share that is to be revoked, if the person says so once more. */
  revoking = $state.raw<ShareRow | null>(null);
  /** The share whose new link's life is being picked. */
  extending = $state.raw<ShareRow | null>(null);
  readonly #bridge: Bridge;
  readonly #toasts: Toasts;
  readonly #copied: Sharing['copied'];
  readonly #inviting: Inviting;

  constructor(bridge: Bridge, toasts: Toasts, copied: Sharing['copied'], inviting: Inviting) {
    this.#bridge = bridge;
    this.#toasts = toasts;
    this.#copied = copied;
    this.#inviting = inviting;
  }

  async act(action: ShareAction, row: ShareRow): Promise<void> {
    const { id } = row;
    const name = namedIn(row.name);
    switch (action) {
      case 'copy':
        if (await this.#told(this.#bridge.copyShare({ id }), words.told.copied)) this.#copied.add(id);
        return;
      case 'pause':
        await this.#told(this.#bridge.pauseShare({ id }));
        return;
      case 'resume':
        // The clipboard may have been used for something else since the link lay there.
        this.#copied.delete(id);
        await this.#told(this.#bridge.resumeShare({ id }));
        return;
      case 'cancel':
        await this.#told(this.#bridge.cancelShare({ id }), words.told.cancelled(name));
        return;
      case 'retry':
        this.#copied.delete(id);
        await this.#told(this.#bridge.retryShare({ id }), words.told.sendingAgain(name));
        return;
      case 'extend':
      case 'invite':
        this.extending = row;
        return;
      case 'revoke':
        this.revoking = row;
        return;
      case 'details':
        this.detailed = row;
        return;
      case 'look':
        await this.#inviting.look(id);
        return;
      case 'show':
        await this.#inviting.show(id);
        return;
      case 'forsake':
        await this.#inviting.forsake(row);
        return;
    }
  }

  /** @param now the server's clock, in milliseconds since 1970 */
  async extend(row: ShareRow, life: LifeChoice, now: number): Promise<void> {
    if (row.standing.kind === 'awaited') {
      await this.#inviting.extend(row.id, life);
      return;
    }
    const extended = await this.#toasts.unwrap(this.#bridge.extendShare({ id: row.id, life }));
    if (extended) this.#toasts.note(words.told.extended(tellMoment(extended.expiresAt, now)));
  }

  /** @param now as above */
  async revoke(row: ShareRow, now: number): Promise<void> {
    const removed = await this.#toasts.unwrap(this.#bridge.revokeShare({ id: row.id }));
    if (removed === undefined) return;
    const { told, endings } = words;
    const name = namedIn(row.name);
    this.#toasts.note(removed.did === 'hidden' ? endings.toldHidden(name) : told.revoked(name));
    const open = stillInvited(row, now);
    if (open !== null) this.#toasts.note(open);
  }

  /** Lets the object go with its link, or stay after all. @returns whether it was done */
  async chooseEnd({ id, name }: ShareRow, goes: boolean): Promise<boolean> {
    const { toldGoes, toldStays } = words.endings;
    const note = goes ? toldGoes(namedIn(name)) : toldStays(namedIn(name));
    return this.#told(this.#bridge.chooseEnd({ id, goes }), note);
  }

  /** @returns whether it was done */
  async #told(asking: Parameters<Toasts['unwrap']>[0], note?: string): Promise<boolean> {
    const value = await this.#toasts.unwrap(asking);
    if (value !== undefined && note !== undefined) this.#toasts.note(note);
    return value !== undefined;
  }
}
