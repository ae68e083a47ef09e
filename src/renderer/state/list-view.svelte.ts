import type { ShareRow } from '../../shared/board.ts';
import { rowWindow, scrolledTo } from '../model/row-window.ts';
import type { ShareListState } from './share-list-state.svelte.ts';

export const ROW_HEIGHT = 76;
const ROWS_BEYOND = 4;

/** A row as it is drawn: what stands at a place of the list, if that has been read yet. */
export interface Entry {
  readonly index: number;
  readonly row: ShareRow | undefined;
  /** The same share keeps its element, wherever it moves. */
  readonly key: string | number;
}

/** Which part of the list is seen, and where in it the focus is. All lengths in pixels. */
export class ListView {
  top = $state(0);
  height = $state(0);
  hasFocus = $state(false);
  /** A row that gets the focus as soon as it is there. */
  awaited = $state<number | null>(null);
  /** By the share's id, for its place changes when another comes above it. */
  #active = $state.raw<{ index: number; id: string | null }>({ index: 0, id: null });
  readonly #shares: ShareListState;

  constructor(shares: ShareListState) {
    this.#shares = shares;
  }

  readonly drawn = $derived.by(() => rowWindow(this.#viewport(this.top)));

  /** The one row that Tab leads to. */
  readonly activeIndex = $derived.by(() => {
    const { index, id } = this.#active;
    const place = id === null ? -1 : this.#shares.indexOf(id);
    return Math.max(0, Math.min(place === -1 ? index : place, this.#shares.total - 1));
  });

  readonly entries = $derived.by((): readonly Entry[] => {
    const { first, end } = this.drawn;
    const indexes = Array.from({ length: end - first }, (_, step) => first + step);
    const active = this.activeIndex;
    // What has the focus stays drawn, or scrolling away would drop the focus.
    if (this.hasFocus && this.#shares.total > 0 && (active < first || active >= end)) indexes.push(active);
    return indexes.map((index) => {
      const row = this.#shares.at(index);
      // While pages are read anew one after the other, a share may for a moment stand in two of them.
      return { index, row, key: row && this.#shares.indexOf(row.id) === index ? row.id : index };
    });
  });

  activate(index: number): void {
    this.#shares.hold(index);
    this.#active = { index, id: this.#shares.at(index)?.id ?? null };
  }

  /** What is found is looked at from its beginning. @returns where the list is to be scrolled to, in pixels */
  reset(): number {
    this.#active = { index: 0, id: null };
    this.top = 0;
    return this.top;
  }

  /**
   * Sends the focus to a row, or as near to it as there is one.
   * @param top where the list is scrolled to
   * @returns where it is to be scrolled to
   */
  moveTo(index: number, top: number): number {
    const next = Math.max(0, Math.min(index, this.#shares.total - 1));
    this.awaited = next;
    this.top = scrolledTo(next, this.#viewport(top));
    return this.top;
  }

  /** Where a key leads from the row that has the focus; null where it leads nowhere. */
  placeOf(key: string): number | null {
    const page = Math.max(1, Math.floor(this.height / ROW_HEIGHT) - 1);
    const places: Readonly<Record<string, number>> = {
      ArrowDown: this.activeIndex + 1,
      ArrowUp: this.activeIndex - 1,
      PageDown: this.activeIndex + page,
      PageUp: this.activeIndex - page,
      Home: 0,
      End: this.#shares.total - 1,
    };
    return places[key] ?? null;
  }

  #viewport(top: number) {
    return {
      top,
      height: this.height,
      rowHeight: ROW_HEIGHT,
      total: this.#shares.total,
      beyond: ROWS_BEYOND,
    };
  }
}
