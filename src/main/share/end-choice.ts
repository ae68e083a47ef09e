import { SandglassError } from '../../shared/errors.ts';
import { lastEndOf, type ShareRecord } from '../history/share-record.ts';
import type { ServerClock } from '../signing/server-clock.ts';

/** The shares, by id, as far as choosing their end touches them. */
export interface EndChoiceShelf {
  find(id: string): ShareRecord;
  /** When the object goes, in milliseconds since 1970; null for never. False where the share is not live any more. */
  setEnd(id: string, goneAt: number | null): boolean;
}

/**
 * Whether there may be a choice: a link lives, and the object is known again by the mark that its upload gave it.
 * What was in the bucket before is not ours to delete unasked.
 * @param now milliseconds since 1970, by the server's clock
 */
export function mayChooseEnd(record: ShareRecord, now: number): boolean {
  return record.status === 'live' && record.journal !== null && now < lastEndOf(record);
}

/** Chooses anew, while one of its links lives, whether its object goes with it. */
export class EndChoice {
  readonly #shelf: EndChoiceShelf;
  readonly #clock: ServerClock;

  constructor(shelf: EndChoiceShelf, clock: ServerClock) {
    this.#shelf = shelf;
    this.#clock = clock;
  }

  /**
   * @param goes whether the object is deleted when the last of the share's links ends, or stays
   * @throws SandglassError share-not-live, share-unknown
   */
  choose(id: string, goes: boolean): void {
    const record = this.#shelf.find(id);
    if (!mayChooseEnd(record, this.#clock.now())) throw tooLate(record);
    // A link that was given out before may have promised more; it keeps what it has.
    const at = goes ? Math.max(record.goneAt ?? 0, lastEndOf(record)) : null;
    if (!this.#shelf.setEnd(record.id, at)) throw tooLate(record);
  }
}

function tooLate({ name, journal }: ShareRecord): SandglassError {
  return journal === null
    ? new SandglassError('share-not-live', `“${name}” was not uploaded by this share.`, {
        next: 'Only what a share has uploaded itself can be deleted with its link.',
      })
    : new SandglassError('share-not-live', `The link to “${name}” does not live any more.`, {
        next: 'Revoke it to delete its object now.',
      });
}
