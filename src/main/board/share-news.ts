import type { ShareRow } from '../../shared/board.ts';
import { PushThrottle, type Later } from './push-throttle.ts';

/** Hears what happens to shares. */
export interface BoardListener {
  rowsChanged(rows: readonly ShareRow[]): void;
  /** Rows were added, or changed by another process. */
  listed(): void;
  /** An upload has ended well or badly. */
  ended(row: ShareRow): void;
  /** What others were invited to upload is there. */
  arrived?(rows: readonly ShareRow[]): void;
}

/** Tells everybody who listens what has become of which share. */
export class ShareNews {
  readonly #row: (id: string) => ShareRow;
  readonly #listeners = new Set<BoardListener>();
  readonly #throttle: PushThrottle;

  /** @param row a share as it stands now; may throw where history cannot be read just now */
  constructor(later: Later, row: (id: string) => ShareRow) {
    this.#row = row;
    this.#throttle = new PushThrottle(later, (ids) => {
      this.#tellChanged(ids);
    });
  }

  listen(listener: BoardListener): void {
    this.#listeners.add(listener);
  }

  /** The share has changed, perhaps for the hundredth time this second. */
  changed(id: string): void {
    this.#throttle.changed(id);
  }

  listed(): void {
    this.#tell((listener) => {
      listener.listed();
    });
  }

  /** The share's upload has ended: what is shown of it must not wait. */
  ended(id: string): void {
    this.#tellChanged([id]);
    const [row] = this.#rows([id]);
    if (!row) return;
    this.#tell((listener) => {
      listener.ended(row);
    });
  }

  /** What others have uploaded is there: as rows that were awaited, or as new ones. */
  arrived(ids: readonly string[]): void {
    const rows = this.#rows(ids);
    this.#tell((listener) => {
      if (rows.length > 0) listener.rowsChanged(rows);
      listener.listed();
      listener.arrived?.(rows);
    });
  }

  /** A history that cannot be read just now is no reason to stop an upload: the next push tells again. */
  #rows(ids: readonly string[]): ShareRow[] {
    return ids.flatMap((id) => {
      try {
        return [this.#row(id)];
      } catch {
        return [];
      }
    });
  }

  #tellChanged(ids: readonly string[]): void {
    const rows = this.#rows(ids);
    if (rows.length === 0) return;
    this.#tell((listener) => {
      listener.rowsChanged(rows);
    });
  }

  #tell(say: (listener: BoardListener) => void): void {
    for (const listener of this.#listeners) say(listener);
  }
}
