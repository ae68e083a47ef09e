import { asSandglassError, SandglassError } from '../../shared/errors.ts';
import type { CredentialOrigin, CredentialSource } from '../credentials/credentials.ts';
import type { Removal, ShareRecord } from '../history/share-record.ts';
import { BucketAccess } from '../signing/bucket-access.ts';
import { BucketObject, type Deletion, type ObjectHead } from '../signing/bucket-object.ts';
import type { ServerClock } from '../signing/server-clock.ts';

/** The shares whose object is to go with their link. */
export interface EndShelf {
  /** Those whose last link has ended, and whose object no other live link leads to. @param now milliseconds since 1970 */
  dueAtEnd(now: number): ShareRecord[];
  /** When the next of them after that moment is due, in milliseconds since 1970; null where none is. */
  nextGoneAt(after: number): number | null;
  /**
   * Notes that the object goes now, so that nobody extends the share any more; false where somebody has, or ended it,
   * or another live link leads to the object. It stays due until `forgetEnd`, however the process ends.
   * @param now milliseconds since 1970, by the server's clock
   */
  takeAway(id: string, goneAt: number, now: number): boolean;
  /** It did not go after all, unless another process has deleted it. */
  giveBack(id: string): void;
  /** Nothing is left to be done: the object is gone, or is not ours. */
  forgetEnd(id: string, removal: Removal): void;
}

export interface EndPorts {
  readonly shelf: EndShelf;
  readonly clock: ServerClock;
  readonly sourceOf: (origin: CredentialOrigin) => CredentialSource;
}

/** What became of an object whose link has ended. */
export interface Ending {
  readonly record: ShareRecord;
  readonly did:
    | Deletion
    /** Somebody had deleted it before. */
    | 'gone-already'
    /** Something else lies under the key by now; it is left alone. */
    | 'not-ours'
    /** The link lives after all: this computer's clock was wrong, it was extended, or another was made to its object. */
    | 'not-yet'
    /** See `failure`; it is tried again the next time. */
    | 'failed';
  readonly failure: SandglassError | null;
}

/** Deletes what was shared with the choice “when it ends, it is gone”. Two processes may do so at the same time. */
export class EndOfLife {
  readonly #ports: EndPorts;

  constructor(ports: EndPorts) {
    this.#ports = ports;
  }

  /**
   * When there is something to sweep next, in milliseconds since 1970 by the server's clock; null for never.
   * @param after looks only at what is due after that moment
   */
  nextAt(after = -Infinity): number | null {
    return this.#ports.shelf.nextGoneAt(after);
  }

  /** Deletes every object whose end has passed. What fails stays due. @throws SandglassError for the history alone */
  async sweep(): Promise<Ending[]> {
    const { shelf, clock } = this.#ports;
    const endings: Ending[] = [];
    for (const record of shelf.dueAtEnd(clock.now())) endings.push(await this.#end(record));
    return endings;
  }

  async #end(record: ShareRecord): Promise<Ending> {
    try {
      return { record, did: await this.#removed(record), failure: null };
    } catch (error) {
      return { record, did: 'failed', failure: asSandglassError(error) };
    }
  }

  async #removed(record: ShareRecord): Promise<Ending['did']> {
    const { shelf, clock } = this.#ports;
    const goneAt = record.goneAt ?? Infinity;
    const access = new BucketAccess(record.location, this.#ports.sourceOf(record.origin), clock);
    const object = new BucketObject(() => access.client(), record.location.bucket, record.key);
    const head = await headOf(object);
    // The answer has told the server's time: a computer whose clock runs ahead must not delete early.
    const now = clock.now();
    if (now < goneAt) return 'not-yet';
    if (head !== null && head.uploadMark !== record.journal?.uploadMark) {
      // A process that died may have noted that it goes.
      shelf.giveBack(record.id);
      shelf.forgetEnd(record.id, 'not-ours');
      return 'not-ours';
    }
    if (!shelf.takeAway(record.id, goneAt, now)) return 'not-yet';
    try {
      const did = head === null ? 'gone-already' : await removed(object, head);
      shelf.forgetEnd(record.id, did === 'gone-already' ? 'found-gone' : did);
      return did;
    } catch (error) {
      shelf.giveBack(record.id);
      throw error;
    }
  }
}

async function headOf(object: BucketObject): Promise<ObjectHead | null> {
  try {
    return await object.head();
  } catch (error) {
    if (error instanceof SandglassError && error.code === 'no-such-key') return null;
    throw error;
  }
}

/** In a bucket that keeps versions, just the version that was looked at is deleted, where the keys may do that. */
async function removed(object: BucketObject, { versionId }: ObjectHead): Promise<Deletion> {
  if (versionId === undefined) return object.remove();
  try {
    return await object.remove(versionId);
  } catch (error) {
    if (error instanceof SandglassError && error.code === 'access-denied') return object.remove();
    throw error;
  }
}
