/** Watches a window for files that are dragged over it, dropped on it or pasted into it. */
export class DropState {
  /** True while files hang over the window. */
  isOver = $state(false);
  readonly #take: (files: readonly File[]) => void;

  constructor(take: (files: readonly File[]) => void) {
    this.#take = take;
  }

  /** @returns what ends it */
  watch(target: Window): () => void {
    const listeners = {
      dragenter: this.#hover,
      dragover: this.#hover,
      dragleave: this.#leave,
      drop: this.#drop,
    } as const;
    for (const [name, listener] of Object.entries(listeners))
      target.addEventListener(name, listener as EventListener);
    target.addEventListener('paste', this.#paste);
    return () => {
      for (const [name, listener] of Object.entries(listeners)) {
        target.removeEventListener(name, listener as EventListener);
      }
      target.removeEventListener('paste', this.#paste);
    };
  }

  // Whatever is dragged in, a file or a link out of a browser: unprevented, the page would be left for it.
  readonly #hover = (event: DragEvent): void => {
    event.preventDefault();
    const holdsFiles = event.dataTransfer?.types.includes('Files') ?? false;
    if (event.dataTransfer) event.dataTransfer.dropEffect = holdsFiles ? 'copy' : 'none';
    this.isOver = holdsFiles;
  };

  // Moving from one element to the next leaves too, but only outside is there nothing to move to.
  readonly #leave = (event: DragEvent): void => {
    if (event.relatedTarget === null) this.isOver = false;
  };

  readonly #drop = (event: DragEvent): void => {
    event.preventDefault();
    this.isOver = false;
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length > 0) this.#take(files);
  };

  readonly #paste = (event: ClipboardEvent): void => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    this.#take(files);
  };
}
