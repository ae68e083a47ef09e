import type { Failure, LifeChoice, ShareRow } from '../../shared/board.ts';
import type { AnswerWishes, BucketObjectView, DropPlace } from '../../shared/bucket-view.ts';
import type { Bridge } from '../bridge.ts';
import { namedIn } from '../model/shown-name.ts';
import { tellMoment } from '../telling.ts';
import { words } from '../words.ts';
import { BucketContents } from './bucket-contents.svelte.ts';
import type { Sharing } from './sharing.svelte.ts';
import { settled, type Toasts } from './toasts.svelte.ts';

/** What looking into buckets must know of the rest of the window. */
export interface BucketSurroundings {
  readonly copied: Sharing['copied'];
  /** The server's clock, in milliseconds since 1970. */
  readonly now: () => number;
  /** A link was made: the list of shares is to be read again. */
  readonly linked: () => void;
}

/** An object, or one version of it. */
export interface LinkSubject {
  readonly bucket: string;
  readonly object: Pick<BucketObjectView, 'key' | 'name'>;
  readonly versionId: string | null;
}

export const AS_STORED: AnswerWishes = {
  downloadAs: null,
  inline: false,
  contentType: null,
  cacheControl: null,
};

/** Looks into buckets, and makes links to what is there. */
export class BucketState {
  /** The buckets that may be listed; null where none may, undefined while that is being asked. */
  names = $state.raw<readonly string[] | null | undefined>(undefined);
  failure = $state.raw<Failure | null>(null);
  /** Whose link is being made in the dialog. */
  linking = $state.raw<LinkSubject | null>(null);
  /** Whose versions are shown. */
  versionsOf = $state.raw<LinkSubject | null>(null);
  /** What could not be linked, for it is archived. */
  archived = $state.raw<{ readonly name: string; readonly failure: Failure } | null>(null);
  readonly contents: BucketContents;
  readonly #bridge: Bridge;
  readonly #toasts: Toasts;
  readonly #surroundings: BucketSurroundings;

  constructor(bridge: Bridge, toasts: Toasts, surroundings: BucketSurroundings) {
    this.#bridge = bridge;
    this.#toasts = toasts;
    this.#surroundings = surroundings;
    this.contents = new BucketContents(bridge);
  }

  async readNames(): Promise<void> {
    this.failure = null;
    this.names = undefined;
    const answer = await settled(this.#bridge.browseBuckets({}));
    if (answer.ok) this.names = answer.value;
    else this.failure = answer.failure;
  }

  open(place: DropPlace): void {
    void this.contents.open(place);
  }

  /** Back to the list of buckets. */
  close(): void {
    this.contents.leave();
    this.contents.place = null;
  }

  /** The folder above; the list of buckets above a bucket. */
  up(): void {
    const { place } = this.contents;
    if (place === null) return;
    if (place.prefix === '') this.close();
    else this.open({ ...place, prefix: place.prefix.replace(/[^/]*\/$/, '') });
  }

  /** Puts a link on the clipboard. @returns whether it is there; where it is not, why has been told */
  async link(
    { bucket, object, versionId }: LinkSubject,
    life: LifeChoice,
    wishes = AS_STORED,
  ): Promise<boolean> {
    const { key } = object;
    const name = key.split('/').at(-1) ?? key;
    const answer = await settled(this.#bridge.linkObject({ bucket, key, versionId, life, wishes }));
    if (!answer.ok) {
      if (answer.failure.code === 'archived') this.archived = { name, failure: answer.failure };
      else this.#toasts.fail(answer.failure);
      return false;
    }
    const { id, expiresAt } = answer.value;
    const { copied, now, linked } = this.#surroundings;
    copied.add(id);
    linked();
    this.#toasts.note(words.buckets.copied(namedIn(name), tellMoment(expiresAt, now())));
    return true;
  }

  /** Shows what has been uploaded to where one looks. */
  followUploads(rows: readonly ShareRow[]): void {
    const { place } = this.contents;
    if (place === null) return;
    for (const { bucket, key, name, size, sharedAt, standing } of rows) {
      if (standing.kind !== 'live' || bucket !== place.bucket || !key.startsWith(place.prefix)) continue;
      const stored = { storageClass: 'STANDARD', archived: false, lastModified: sharedAt };
      this.contents.insert({ key, name, size: size ?? 0, ...stored });
    }
  }
}
