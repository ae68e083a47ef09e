import { rowWindow, scrolledTo } from '../model/row-window.ts';

/** A list as far as it is held; what is not held yet is undefined. */
export interface HeldRows<Row> {
  readonly total: number;
  at(index: number): Row | undefined;
  /** The place of a row among those that are held; -1 where it is not. */
  indexOf(id: string): number;
  /** Keeps a row, wherever the list is scrolled to, until another is kept. */
  hold(index: number): void;
}

export const ROW_HEIGHT = 76;
const ROWS_BEYOND = 4;

/** A row as it is drawn: what stands at a place of the list, if that has been read yet. */
export interface Entry<Row> {
  readonly index: number;
  readonly row: Row | undefined;
  /** The same row keeps its element, wherever it moves. */
  readonly key: string | number;
}

/** Which part of the list is seen, and where in it the focus is. All lengths in pixels. */
export class ListView<Row extends { readonly id: string }> {
  top = $state(0);
  height = $state(0);
  hasFocus = $state(false);
  /** A row that gets the focus as soon as it is there. */
  awaited = $state<number | null>(null);
  /** By the row's id, for its place changes when another comes above it. */
  #active = $state.raw<{ index: number; id: string | null }>({ index: 0, id: null });
  readonly rowHeight: number;
  readonly #held: HeldRows<Row>;

  constructor(held: HeldRows<Row>, rowHeight = ROW_HEIGHT) {
    this.#held = held;
    this.rowHeight = rowHeight;
  }

  /** How many rows there are, those that have not been read yet among them. */
  get total(): number {
    return this.#held.total;
  }

  readonly drawn = $derived.by(() => rowWindow(this.#viewport(this.top)));

  /** The one row that Tab leads to. */
  readonly activeIndex = $derived.by(() => {
    const { index, id } = this.#active;
    const place = id === null ? -1 : this.#held.indexOf(id);
    return Math.max(0, Math.min(place === -1 ? index : place, this.#held.total - 1));
  });

  readonly entries = $derived.by((): readonly Entry<Row>[] => {
    const { first, end } = this.drawn;
    const indexes = Array.from({ length: end - first }, (_, step) => first + step);
    const active = this.activeIndex;
    // What has the focus stays drawn, or scrolling away would drop the focus.
    if (this.hasFocus && this.#held.total > 0 && (active < first || active >= end)) indexes.push(active);
    return indexes.map((index) => {
      const row = this.#held.at(index);
      // While pages are read anew one after the other, a row may for a moment stand in two of them.
      return { index, row, key: row && this.#held.indexOf(row.id) === index ? row.id : index };
    });
  });

  activate(index: number): void {
    this.#held.hold(index);
    this.#active = { index, id: this.#held.at(index)?.id ?? null };
  }

  /** What is found is looked at from its beginning. @returns where the list is to be scrolled to, in pixels */
  reset(): number {
    this.#active = { index: 0, id: null };
    this.awaited = null;
    this.top = 0;
    return this.top;
  }

  /**
   * Sends the focus to a row, or as near to it as there is one.
   * @param top where the list is scrolled to
   * @returns where it is to be scrolled to
   */
  moveTo(index: number, top: number): number {
    // Awaited in an empty list, the focus would jump out of whatever has it by then.
    if (this.#held.total === 0) return top;
    const next = Math.max(0, Math.min(index, this.#held.total - 1));
    this.awaited = next;
    this.top = scrolledTo(next, this.#viewport(top));
    return this.top;
  }

  /** Where a key leads from the row that has the focus; null where it leads nowhere. */
  placeOf(key: string): number | null {
    const page = Math.max(1, Math.floor(this.height / this.rowHeight) - 1);
    const places: Readonly<Record<string, number>> = {
      ArrowDown: this.activeIndex + 1,
      ArrowUp: this.activeIndex - 1,
      PageDown: this.activeIndex + page,
      PageUp: this.activeIndex - page,
      Home: 0,
      End: this.#held.total - 1,
    };
    return places[key] ?? null;
  }

  #viewport(top: number) {
    return {
      top,
      height: this.height,
      rowHeight: this.rowHeight,
      total: this.#held.total,
      beyond: ROWS_BEYOND,
    };
  }
}
