import { untrack } from 'svelte';
import { SvelteMap } from 'svelte/reactivity';
import type { ShareRow } from '../../shared/board.ts';
import type { Bridge } from '../bridge.ts';
import type { RowWindow } from '../model/row-window.ts';
import type { Toasts } from './toasts.svelte.ts';

/** A part of the list, as it was in one edition of it; in a later one it is still shown, but read again. */
interface Page {
  readonly rows: readonly ShareRow[];
  readonly edition: number;
}

export const PAGE_ROWS = 100;
const SEARCH_REST_MS = 150;
/** Pages kept on each side of what is seen. */
const PAGES_NEARBY = 4;

/**
 * The list as far as it has been looked at. Main holds all of it; pages are read when they come into view, kept while
 * they are near, and read again when rows were added or removed, the old ones standing until the new have come.
 */
export class ShareListState {
  total = $state(0);
  search = $state('');
  /** False until the first page has come. */
  wasRead = $state(false);
  /** False until main has answered, even where it could not read the list. */
  wasAnswered = $state(false);
  /** What `total` and the rows were found for; what was typed since is still on its way. */
  foundFor = $state('');
  /** Whether there are shares at all, whatever is searched for. */
  hasAny = $state(false);
  readonly #pages = new SvelteMap<number, Page>();
  readonly #bridge: Bridge;
  readonly #toasts: Toasts;
  #seen: RowWindow = { first: 0, end: 1 };
  /** The page that is kept however far away it is, for a row of it has the focus. */
  #held = 0;
  #edition = 0;
  #isReading = false;
  #rest: ReturnType<typeof setTimeout> | undefined;

  constructor(bridge: Bridge, toasts: Toasts) {
    this.#bridge = bridge;
    this.#toasts = toasts;
  }

  /** Follows main's pushes. @returns what ends it */
  follow(): () => void {
    const ends = [
      this.#bridge.onSharesChanged(({ rows }) => {
        this.#change(rows);
      }),
      this.#bridge.onSharesListed(() => {
        void this.refresh();
      }),
    ];
    return () => {
      clearTimeout(this.#rest);
      for (const end of ends) end();
    };
  }

  /** The row at a place; undefined while it has not been read. */
  at(index: number): ShareRow | undefined {
    return this.#pages.get(Math.floor(index / PAGE_ROWS))?.rows[index % PAGE_ROWS];
  }

  /** All rows that are held. */
  get held(): readonly ShareRow[] {
    return [...this.#pages.values()].flatMap(({ rows }) => rows);
  }

  /** A row among those that are held. */
  byId(id: string): ShareRow | undefined {
    const index = this.indexOf(id);
    return index === -1 ? undefined : this.at(index);
  }

  /** The place of a row among those that are held; -1 where it is not. */
  indexOf(id: string): number {
    for (const [page, { rows }] of this.#pages) {
      const place = rows.findIndex((row) => row.id === id);
      if (place !== -1) return page * PAGE_ROWS + place;
    }
    return -1;
  }

  /** Tells what is in view, and reads what of it is missing. */
  async look(seen: RowWindow): Promise<void> {
    this.#seen = seen;
    await untrack(() => this.#read());
  }

  /** Keeps a row, wherever the list is scrolled to, until another is kept. */
  hold(index: number): void {
    this.#held = Math.floor(index / PAGE_ROWS);
  }

  /** Reads what is in view again. */
  async refresh(): Promise<void> {
    this.#edition += 1;
    await this.#read();
  }

  /** Searches when typing rests. */
  searchFor(text: string): void {
    this.search = text;
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => {
      this.#seen = { first: 0, end: 1 };
      void this.refresh();
    }, SEARCH_REST_MS);
  }

  async #read(): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    try {
      for (let page = this.#missing(); page !== undefined; page = this.#missing()) await this.#readPage(page);
    } finally {
      this.#isReading = false;
    }
  }

  /** The first page in view that is not held, or no longer true. */
  #missing(): number | undefined {
    const first = Math.floor(this.#seen.first / PAGE_ROWS);
    const last = Math.floor(Math.max(this.#seen.first, this.#seen.end - 1) / PAGE_ROWS);
    for (let page = first; page <= last; page += 1) {
      if (this.#pages.get(page)?.edition !== this.#edition) return page;
    }
    return undefined;
  }

  async #readPage(page: number): Promise<void> {
    const edition = this.#edition;
    const asked = { search: this.search.trim(), offset: page * PAGE_ROWS, limit: PAGE_ROWS };
    const answer = await this.#toasts.unwrap(this.#bridge.readShares(asked));
    this.wasAnswered = true;
    // A page that cannot be read counts as read until something changes: asking on and on would help nobody.
    if (answer === undefined) {
      this.#pages.set(page, { rows: this.#pages.get(page)?.rows ?? [], edition });
      return;
    }
    this.total = answer.total;
    this.wasRead = true;
    this.foundFor = asked.search;
    if (asked.search === '' || answer.total > 0) this.hasAny = answer.total > 0;
    this.#pages.set(page, { rows: answer.rows, edition });
    this.#dropFarPages(page);
  }

  #dropFarPages(near: number): void {
    for (const page of this.#pages.keys()) {
      const isBeyondEnd = page > 0 && page * PAGE_ROWS >= this.total;
      const isKept = page === this.#held || Math.abs(page - near) <= PAGES_NEARBY;
      if (isKept && !isBeyondEnd) continue;
      if (isBeyondEnd && page * PAGE_ROWS < this.#seen.end) this.#seen = { first: 0, end: 1 };
      this.#pages.delete(page);
    }
  }

  #change(rows: readonly ShareRow[]): void {
    const later = (row: ShareRow) => rows.find(({ id }) => id === row.id) ?? row;
    for (const [page, held] of this.#pages) {
      if (!held.rows.some((row) => later(row) !== row)) continue;
      this.#pages.set(page, { ...held, rows: held.rows.map(later) });
    }
  }
}
