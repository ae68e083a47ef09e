import type { Failure } from '../../shared/board.ts';
import type { Clock } from '../../shared/clock.ts';
import type { ShareRecord } from '../history/share-record.ts';
import type { Ending } from '../share/end-of-life.ts';
import type { ExtensionOffer, SignerWatch } from '../share/signer-watch.ts';
import { failureOf } from './failure.ts';

export interface RowNotesPorts {
  readonly signers: Pick<SignerWatch, 'offers'>;
  /** The server's. */
  readonly clock: Clock;
}

/** Hears that something else is known of a share than before. */
export interface NotesListener {
  changed(id: string): void;
}

/** What is known of a share beside what history keeps. */
export interface Notes {
  /** By the server's clock, in milliseconds since 1970. */
  readonly now: number;
  readonly offer: ExtensionOffer | null;
  /** Why its object could not be deleted at its end; it is tried again. */
  readonly endFailure: Failure | null;
}

/** Of a share that nobody has looked at. */
export const NO_NOTES: Notes = { now: Infinity, offer: null, endFailure: null };

/** Credentials are not looked at oftener, in milliseconds, however often rows are. */
const LOOK_AGAIN_MS = 10_000;

/** What this process has found out about shares that are seen, and that history does not keep. */
export class RowNotes {
  readonly #ports: RowNotesPorts;
  readonly #listeners = new Set<NotesListener>();
  readonly #endFailures = new Map<string, Failure>();
  #offers: ReadonlyMap<string, ExtensionOffer> = new Map();
  #seen: readonly ShareRecord[] = [];
  #lookedAt = -Infinity;
  #looking: Promise<void> | null = null;

  constructor(ports: RowNotesPorts) {
    this.#ports = ports;
  }

  listen(listener: NotesListener): void {
    this.#listeners.add(listener);
  }

  of({ id }: ShareRecord): Notes {
    return {
      now: this.#ports.clock.now(),
      offer: this.#offers.get(id) ?? null,
      endFailure: this.#endFailures.get(id) ?? null,
    };
  }

  /** These rows are looked at now: new links are offered for them, as credentials stand. */
  seen(records: readonly ShareRecord[]): void {
    this.#seen = records.filter(({ status }) => status === 'live');
    this.#lookedAt = -Infinity;
    this.beat();
  }

  /** To be called about once a second while somebody may be looking: credentials are renewed elsewhere. */
  beat(): void {
    const now = this.#ports.clock.now();
    if (this.#looking || this.#seen.length === 0 || now - this.#lookedAt < LOOK_AGAIN_MS) return;
    this.#lookedAt = now;
    this.#looking = this.#look(now).finally(() => {
      this.#looking = null;
    });
  }

  /** What became of objects whose link has ended. */
  ended(endings: readonly Ending[]): void {
    for (const { record, failure } of endings) {
      if (failure) this.#endFailures.set(record.id, failureOf(failure));
      else this.#endFailures.delete(record.id);
    }
    this.#tell(endings.map(({ record }) => record.id));
  }

  /** Something was chosen for the share that history keeps. */
  changed(id: string): void {
    this.#tell([id]);
  }

  /** The share has another link: what was offered for the old one is done. */
  renewed(id: string): void {
    this.#seen = this.#seen.filter((record) => record.id !== id);
    this.#offers = new Map([...this.#offers].filter(([other]) => other !== id));
    this.#tell([id]);
  }

  async #look(now: number): Promise<void> {
    const before = this.#offers;
    const found = await this.#ports.signers.offers(this.#seen, now);
    // What was renewed meanwhile has another link than the one that was looked at.
    const seen = new Set(this.#seen.map(({ id }) => id));
    const offers = new Map([...found].filter(([id]) => seen.has(id)));
    this.#offers = offers;
    const ids = new Set([...before.keys(), ...offers.keys()]);
    this.#tell([...ids].filter((id) => before.get(id) !== offers.get(id)));
  }

  #tell(ids: readonly string[]): void {
    for (const id of ids) for (const listener of this.#listeners) listener.changed(id);
  }
}
