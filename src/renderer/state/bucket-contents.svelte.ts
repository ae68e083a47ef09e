import type { Failure } from '../../shared/board.ts';
import type { BucketObjectView, BucketPage, DropPlace } from '../../shared/bucket-view.ts';
import type { Bridge } from '../bridge.ts';
import { KeyedList } from '../model/keyed-list.ts';
import type { HeldRows } from './list-view.svelte.ts';
import { settled } from './toasts.svelte.ts';

/** A line of a bucket's contents, by its key. */
export type BucketEntry =
  | { readonly kind: 'folder'; readonly id: string; readonly name: string }
  | {
      readonly kind: 'object';
      readonly id: string;
      readonly name: string;
      readonly object: BucketObjectView;
    };

const PAGE_ENTRIES = 1_000;
/** As many as this are held beyond what is seen, so that a quick scroll does not come to their end. */
const ENTRIES_AHEAD = 3_000;
/** More would be more than a page can scroll. */
export const MOST_ENTRIES = 500_000;
const SEARCH_REST_MS = 200;

/**
 * What stands in a folder of a bucket, as far as it has been looked at. S3 gives it page by page, each only after the
 * one before, so pages are fetched ahead of what is seen; they stay in the order of their keys and never move.
 */
export class BucketContents implements HeldRows<BucketEntry> {
  place = $state.raw<DropPlace | null>(null);
  /** How the names begin that are looked for. */
  search = $state('');
  /** What the entries were found for; what was typed since is still on its way. */
  foundFor = $state('');
  count = $state(0);
  isComplete = $state(false);
  isReading = $state(false);
  failure = $state.raw<Failure | null>(null);
  readonly #bridge: Bridge;
  #entries = new KeyedList<BucketEntry>();
  #next: string | null = null;
  /** Whether nothing of this journey has come yet. */
  #isFresh = false;
  /** Grows with each new beginning; what was asked for before it is thrown away. */
  #journey = 0;
  #seenEnd = 0;
  #rest: ReturnType<typeof setTimeout> | undefined;

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
  }

  /** One more while there are others to come. */
  get total(): number {
    return this.count + (this.isComplete || this.failure || this.isFull ? 0 : 1);
  }

  get isFull(): boolean {
    return this.count >= MOST_ENTRIES;
  }

  at(index: number): BucketEntry | undefined {
    return index < this.count ? this.#entries.at(index) : undefined;
  }

  indexOf(id: string): number {
    return this.count > 0 ? this.#entries.indexOf(id) : -1;
  }

  /** Nothing that was read is dropped before its folder is left. */
  hold(): void {
    // All of it is held.
  }

  /** Goes to a folder, and reads it from its beginning. */
  async open(place: DropPlace): Promise<void> {
    clearTimeout(this.#rest);
    this.place = place;
    this.search = '';
    this.foundFor = '';
    this.#begin();
    this.count = 0;
    await this.#read();
  }

  /** Searches when typing rests. */
  searchFor(beginning: string): void {
    this.search = beginning;
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => void this.refresh(), SEARCH_REST_MS);
  }

  /** Reads it anew; what stands there stays until its first page has come. */
  async refresh(): Promise<void> {
    if (this.place === null) return;
    this.#begin();
    await this.#read();
  }

  /** Tells how far the list is seen, and reads ahead of that. */
  async look(end: number): Promise<void> {
    this.#seenEnd = end;
    if (this.place !== null && !this.isReading) await this.#read();
  }

  /** Puts in what has just been uploaded, where it belongs; it is not asked for again. */
  insert(object: BucketObjectView): void {
    const folder = this.place?.prefix ?? '';
    const slash = object.key.indexOf('/', folder.length);
    const [entry] = entriesOf(
      slash === -1
        ? { prefixes: [], objects: [object], next: null }
        : { prefixes: [object.key.slice(0, slash + 1)], objects: [], next: null },
      folder,
    );
    const isLooked = object.key.startsWith(folder + this.foundFor);
    if (entry === undefined || !isLooked || this.indexOf(entry.id) !== -1) return;
    // Behind all that was read, it comes with a later page.
    if (!this.#entries.insert(entry) && this.isComplete) this.#entries.add([entry]);
    this.count = this.#entries.count;
  }

  /** Ends what waits, as when the view is left. */
  leave(): void {
    clearTimeout(this.#rest);
    this.#journey += 1;
  }

  #begin(): void {
    this.#journey += 1;
    this.#next = null;
    this.#isFresh = true;
    this.#seenEnd = 0;
    this.isComplete = false;
    this.failure = null;
    this.isReading = false;
  }

  async #read(): Promise<void> {
    const journey = this.#journey;
    const wants = () =>
      !this.isComplete && !this.failure && !this.isFull && this.count < this.#seenEnd + ENTRIES_AHEAD;
    if (this.place === null || !(this.#isFresh || wants())) return;
    const { bucket, prefix } = this.place;
    this.isReading = true;
    do {
      const { search } = this;
      const asked = { bucket, prefix: prefix + search, after: this.#next, limit: PAGE_ENTRIES };
      const answer = await settled(this.#bridge.browse(asked));
      if (journey !== this.#journey) return;
      if (answer.ok) this.#take(answer.value, search);
      else this.#fail(answer.failure);
      this.#isFresh = false;
    } while (wants());
    this.isReading = false;
  }

  #take(page: BucketPage, search: string): void {
    if (this.#isFresh) {
      this.#entries = new KeyedList();
      this.foundFor = search;
    }
    this.#entries.add(entriesOf(page, this.place?.prefix ?? ''));
    this.#next = page.next;
    this.isComplete = page.next === null;
    // The same number of other entries would be no news.
    if (this.#isFresh) this.count = 0;
    this.count = this.#entries.count;
  }

  #fail(failure: Failure): void {
    this.failure = failure;
    if (this.#isFresh) this.count = 0;
  }
}

/** In the order of their keys, as S3 lists them; it tells folders and objects apart, not how they mingle. */
function entriesOf({ prefixes, objects }: BucketPage, folder: string): BucketEntry[] {
  const entries: BucketEntry[] = [
    ...prefixes.map((id) => ({ kind: 'folder', id, name: id.slice(folder.length, -1) }) as const),
    // A folder that was made by hand is an object of its own name.
    ...objects.flatMap((object) =>
      object.key === folder
        ? []
        : [{ kind: 'object', id: object.key, name: object.key.slice(folder.length), object } as const],
    ),
  ];
  return entries.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}
