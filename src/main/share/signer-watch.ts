import type { Clock } from '../../shared/clock.ts';
import type { CredentialOrigin, CredentialSource } from '../credentials/credentials.ts';
import { expiresAt, type ShareRecord } from '../history/share-record.ts';
import { signerPrint } from '../signing/bucket-access.ts';

/**
 * Whether the credentials that are there now would give a share's link again. `renewed`: they sign with another key by
 * now, so the link that was given out cannot be copied, and extending is offered. `unknown`: they cannot be had.
 */
export type SignerStanding = 'same' | 'renewed' | 'unknown';

/**
 * Why a new link is worth having at once. `longer`: the credentials that made a link end sooner than was wished have been
 * renewed, and a link signed now would live longer. `signer-gone`: the link lives, but cannot be copied any more.
 */
export type ExtensionOffer = 'longer' | 'signer-gone';

/** What there is to know of a share before a new link is offered for it. */
export type OfferSubject = Pick<
  ShareRecord,
  'id' | 'origin' | 'signer' | 'signedAt' | 'expiresInSeconds' | 'requestedExpiresAt' | 'limitedBy'
>;

/** Less than so many milliseconds more are not worth a new link. */
const WORTHWHILE_MS = 60_000;

/** Credentials are asked for again after so many milliseconds: rows are looked at all the time. */
const LOOK_AGAIN_MS = 30_000;

interface Look {
  readonly at: number;
  /** Null where the credentials cannot be had. */
  readonly signer: Promise<Signer | null>;
}

interface Signer {
  readonly print: string;
  /** When its credentials end, in milliseconds since 1970; Infinity for those that do not, or do not tell. */
  readonly endsAt: number;
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
      const now = await this.#signerOf(origin);
      const standing = now === null ? 'unknown' : now.print === signer ? 'same' : 'renewed';
      return [id, standing] as const;
    });
    return new Map(await Promise.all(found));
  }

  /**
   * For which of the shares, whose objects are there, a new link is worth having at once. Never rejects.
   * @param now milliseconds since 1970, by the server's clock
   */
  async offers(records: readonly OfferSubject[], now: number): Promise<ReadonlyMap<string, ExtensionOffer>> {
    const found = records.map(async (record) => {
      const offer = offerOf(record, await this.#signerOf(record.origin), now);
      return offer === null ? [] : [[record.id, offer] as const];
    });
    return new Map((await Promise.all(found)).flat());
  }

  /** Looks anew the next time: somebody has signed in, or keys were changed. */
  forget(): void {
    this.#looks.clear();
  }

  #signerOf(origin: CredentialOrigin): Promise<Signer | null> {
    const place = JSON.stringify(origin);
    const at = this.#clock.now();
    const last = this.#looks.get(place);
    if (last && at - last.at < LOOK_AGAIN_MS) return last.signer;
    const signer = this.#look(origin);
    this.#looks.set(place, { at, signer });
    return signer;
  }

  async #look(origin: CredentialOrigin): Promise<Signer | null> {
    try {
      const credentials = await this.#sourceOf(origin).resolve();
      const endsAt = credentials.expiration?.getTime() ?? Infinity;
      return { print: signerPrint(credentials), endsAt };
    } catch {
      return null;
    }
  }
}

function offerOf(record: OfferSubject, signer: Signer | null, now: number): ExtensionOffer | null {
  if (signer === null || signer.print === record.signer || signer.endsAt <= now) return null;
  const end = expiresAt(record);
  const wished = Math.min(record.requestedExpiresAt, signer.endsAt);
  if (record.limitedBy === 'credentials' && wished - Math.max(end, now) >= WORTHWHILE_MS) return 'longer';
  return now < end ? 'signer-gone' : null;
}
