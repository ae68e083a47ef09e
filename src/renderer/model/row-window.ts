/** Indexes of the rows to draw: `first` included, `end` not. */
export interface RowWindow {
  readonly first: number;
  readonly end: number;
}

export interface Viewport {
  /** Pixels scrolled. */
  readonly top: number;
  /** Pixels seen. */
  readonly height: number;
  readonly rowHeight: number;
  /** Rows in the whole list. */
  readonly total: number;
  /** Rows drawn beyond either edge, so that a quick scroll does not meet an empty strip. */
  readonly beyond: number;
}

export function rowWindow({ top, height, rowHeight, total, beyond }: Viewport): RowWindow {
  const first = Math.floor(Math.max(0, top) / rowHeight) - beyond;
  const end = Math.ceil((Math.max(0, top) + height) / rowHeight) + beyond;
  return { first: Math.min(Math.max(0, first), total), end: Math.min(Math.max(0, end), total) };
}

/** How far to scroll so that a row is seen whole; the present place where it is already. */
export function scrolledTo(index: number, { top, height, rowHeight }: Viewport): number {
  const rowTop = index * rowHeight;
  if (rowTop < top) return rowTop;
  return Math.max(top, rowTop + rowHeight - height);
}
