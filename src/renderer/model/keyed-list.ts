/**
 * Many entries, found by their place and by their id. It is no reactive state: of a hundred thousand entries only their
 * number is watched.
 */
export class KeyedList<Entry extends { readonly id: string }> {
  readonly #entries: Entry[] = [];
  #places = new Map<string, number>();

  get count(): number {
    return this.#entries.length;
  }

  at(index: number): Entry | undefined {
    return this.#entries[index];
  }

  /** -1 where it is not held. */
  indexOf(id: string): number {
    return this.#places.get(id) ?? -1;
  }

  add(entries: readonly Entry[]): void {
    for (const entry of entries) {
      this.#places.set(entry.id, this.#entries.length);
      this.#entries.push(entry);
    }
  }

  /** Puts an entry before the first whose id is greater. @returns false where there is none, and it was not put in */
  insert(entry: Entry): boolean {
    const at = this.#entries.findIndex(({ id }) => id > entry.id);
    if (at === -1) return false;
    this.#entries.splice(at, 0, entry);
    this.#places = new Map(this.#entries.map(({ id }, place) => [id, place]));
    return true;
  }
}
