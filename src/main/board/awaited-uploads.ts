import type { Failure, ShareStanding } from '../../shared/board.ts';
import type { Clock } from '../../shared/clock.ts';
import { asSandglassError } from '../../shared/errors.ts';
import type { History } from '../history/history.ts';
import type { ShareRecord } from '../history/share-record.ts';
import type { Arrivals } from '../share/arrivals.ts';
import { isAwaited } from '../share/invitations.ts';
import { failureOf } from './failure.ts';

export interface AwaitedUploadsPorts {
  readonly history: Pick<History, 'find' | 'awaited'>;
  readonly arrivals: Pick<Arrivals, 'of'>;
  /** The server's. */
  readonly clock: Clock;
  /** For rests between looks: the server's clock may jump when its offset is learned. */
  readonly localClock: Clock;
}

/** Hears what becomes of what is awaited. */
export interface AwaitedListener {
  /** Shares that live now, some of them perhaps new to the list. */
  arrived(ids: readonly string[]): void;
  /** What is known of one has changed, though it has not arrived. */
  changed(id: string): void;
}

interface Look {
  readonly at: number;
  readonly failures: number;
  readonly trouble: Failure | null;
}

/** An upload that was begun in time may be under way for so long after its link has ended; milliseconds. */
const LONGEST_UPLOAD_MS = 86_400_000;
/** History is asked no oftener what is awaited. */
const BEAT_MS = 3_000;
/** The longer something has been awaited, the longer the rest between two looks: this part of its age. */
const PART_OF_AGE = 1 / 20;
/** The shortest and the longest rest while somebody may be watching, and while nobody does; milliseconds. */
const RESTS = { watched: [5_000, 60_000], unwatched: [30_000, 300_000] } as const;
/** After one look that failed upon the other. */
const LONGEST_REST_MS = 900_000;

/**
 * Looks again and again whether what somebody else was invited to upload has arrived, gently: each look is a request
 * that the bucket's owner pays for.
 */
export class AwaitedUploads {
  readonly #ports: AwaitedUploadsPorts;
  readonly #listeners = new Set<AwaitedListener>();
  readonly #looks = new Map<string, Look>();
  readonly #underWay = new Map<string, Promise<number>>();
  #beatAt = -Infinity;
  #isLookingRound = false;

  constructor(ports: AwaitedUploadsPorts) {
    this.#ports = ports;
  }

  listen(listener: AwaitedListener): void {
    this.#listeners.add(listener);
  }

  /** What is known here of an awaited share; undefined of any other. */
  standing(record: ShareRecord): ShareStanding | undefined {
    if (!isAwaited(record)) return undefined;
    const { way, uploadEndsAt } = record.invitation;
    return { kind: 'awaited', way, uploadEndsAt, trouble: this.#looks.get(record.id)?.trouble ?? null };
  }

  /** To be called about once a second: looks where the time for it has come. Never rejects. */
  async beat(isWatched: boolean): Promise<void> {
    const now = this.#ports.localClock.now();
    if (this.#isLookingRound || (now < this.#beatAt + BEAT_MS && now >= this.#beatAt)) return;
    this.#beatAt = now;
    await this.#lookRound((record) => this.#isDue(record, isWatched));
  }

  /** Looks at all of them; for the moment at which a person comes back. Never rejects. @returns how many arrived */
  lookAtAll(): Promise<number> {
    const [shortest] = RESTS.watched;
    return this.#lookRound(({ id }) => this.#restedFor(id) >= shortest);
  }

  /**
   * Looks at once. @returns how many are new
   * @throws SandglassError share-not-live where it is not awaited, access-denied, unreachable, expiry-invalid
   */
  look(id: string): Promise<number> {
    const looking = this.#underWay.get(id) ?? this.#look(id).finally(() => this.#underWay.delete(id));
    this.#underWay.set(id, looking);
    return looking;
  }

  /** One after the other; what fails is told by its row. */
  async #lookRound(isWanted: (record: ShareRecord) => boolean): Promise<number> {
    if (this.#isLookingRound) return 0;
    this.#isLookingRound = true;
    let arrived = 0;
    try {
      const { history, clock } = this.#ports;
      for (const record of history.awaited(clock.now() - LONGEST_UPLOAD_MS)) {
        if (isWanted(record)) arrived += await this.look(record.id).catch(() => 0);
      }
    } catch {
      // A history that another process holds just now can be read at the next beat.
    } finally {
      this.#isLookingRound = false;
    }
    return arrived;
  }

  async #look(id: string): Promise<number> {
    const before = this.#looks.get(id);
    try {
      const links = await this.#ports.arrivals.of(id);
      this.#keep(id, { failures: 0, trouble: null });
      if (links.length > 0) this.#tellArrived(links.map((link) => link.id));
      return links.length;
    } catch (error) {
      if (this.#isOver(id)) {
        this.#looks.delete(id);
        this.#tellChanged(id);
      } else {
        const trouble = failureOf(error);
        this.#keep(id, { failures: (before?.failures ?? 0) + 1, trouble });
      }
      throw asSandglassError(error);
    }
  }

  #keep(id: string, { failures, trouble }: Omit<Look, 'at'>): void {
    const before = this.#looks.get(id)?.trouble?.message;
    this.#looks.set(id, { at: this.#ports.localClock.now(), failures, trouble });
    if (before !== trouble?.message) this.#tellChanged(id);
  }

  /** Whether another process has found it, or a person awaits it no more. */
  #isOver(id: string): boolean {
    try {
      return !isAwaited(this.#ports.history.find(id));
    } catch {
      return false;
    }
  }

  #isDue(record: ShareRecord, isWatched: boolean): boolean {
    const [shortest, longest] = RESTS[isWatched ? 'watched' : 'unwatched'];
    const age = Math.max(0, this.#ports.clock.now() - record.signedAt);
    const rest = Math.min(longest, Math.max(shortest, age * PART_OF_AGE));
    const failures = this.#looks.get(record.id)?.failures ?? 0;
    return this.#restedFor(record.id) >= Math.min(LONGEST_REST_MS, rest * 2 ** failures);
  }

  /** Milliseconds since the last look; without end where there was none, or the clock was set back. */
  #restedFor(id: string): number {
    const { at } = this.#looks.get(id) ?? { at: -Infinity };
    const rested = this.#ports.localClock.now() - at;
    return rested < 0 ? Infinity : rested;
  }

  #tellArrived(ids: readonly string[]): void {
    for (const listener of this.#listeners) listener.arrived(ids);
  }

  #tellChanged(id: string): void {
    for (const listener of this.#listeners) listener.changed(id);
  }
}
