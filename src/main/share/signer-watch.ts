import type { Clock } from '../../shared/clock.ts';
import type { CredentialOrigin, CredentialSource } from '../credentials/credentials.ts';
import type { ShareRecord } from '../history/share-record.ts';
import { signerPrint } from '../signing/bucket-access.ts';

/**
 * Whether the credentials that are there now would give a share's link again. `renewed`: they sign with another key by
 * now, so the link that was given out cannot be copied, and extending is offered. `unknown`: they cannot be had.
 */
export type SignerStanding = 'same' | 'renewed' | 'unknown';

/** Credentials are asked for again after so many milliseconds: rows are looked at all the time. */
const LOOK_AGAIN_MS = 30_000;

interface Look {
  readonly at: number;
  /** Null where the credentials cannot be had. */
  readonly print: Promise<string | null>;
}

/** Tells for the rows that are seen which of their links can still be derived. Each origin is asked once for all. */
export class SignerWatch {
  readonly #sourceOf: (origin: CredentialOrigin) => CredentialSource;
  readonly #clock: Clock;
  readonly #looks = new Map<string, Look>();

  constructor(sourceOf: (origin: CredentialOrigin) => CredentialSource, clock: Clock) {
    this.#sourceOf = sourceOf;
    this.#clock = clock;
  }

  /** By the shares' ids. Never rejects. */
  async standings(
    records: readonly Pick<ShareRecord, 'id' | 'origin' | 'signer'>[],
  ): Promise<ReadonlyMap<string, SignerStanding>> {
    const found = records.map(async ({ id, origin, signer }) => {
      const print = await this.#printOf(origin);
      const standing = print === null ? 'unknown' : print === signer ? 'same' : 'renewed';
      return [id, standing] as const;
    });
    return new Map(await Promise.all(found));
  }

  /** Looks anew the next time: somebody has signed in, or keys were changed. */
  forget(): void {
    this.#looks.clear();
  }

  #printOf(origin: CredentialOrigin): Promise<string | null> {
    const place = JSON.stringify(origin);
    const at = this.#clock.now();
    const last = this.#looks.get(place);
    if (last && at - last.at < LOOK_AGAIN_MS) return last.print;
    const print = this.#look(origin);
    this.#looks.set(place, { at, print });
    return print;
  }

  async #look(origin: CredentialOrigin): Promise<string | null> {
    try {
      return signerPrint(await this.#sourceOf(origin).resolve());
    } catch {
      return null;
    }
  }
}
