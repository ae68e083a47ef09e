import type { DropPlace } from '../../shared/bucket-view.ts';

/** Who takes what is dropped or pasted. */
export interface Takers {
  readonly files: (files: readonly File[], place: DropPlace | undefined) => void;
  /** A link that was pasted where nothing is typed. */
  readonly link: (text: string) => void;
}

const LINK = /^\s*["'<`(]*https?:\/\/\S/i;
const TYPED_IN = 'input, textarea, select, [contenteditable]';

/** Watches a window for files that are dragged over it, dropped on it or pasted into it, and for links pasted into it. */
export class DropState {
  /** True while files hang over the window. */
  isOver = $state(false);
  /** Where in a bucket they hang, in a view that has places of its own. */
  over = $state.raw<DropPlace | undefined>(undefined);
  /** Which place in a bucket an element stands for; set by the view that shows a bucket. */
  placeOf: (target: Element) => DropPlace | undefined = () => undefined;
  readonly #takers: Takers;

  constructor(takers: Takers) {
    this.#takers = takers;
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
    const over = holdsFiles ? this.#placeUnder(event) : undefined;
    // A drag tells itself many times a second: only another place is news.
    if (over?.bucket !== this.over?.bucket || over?.prefix !== this.over?.prefix) this.over = over;
  };

  // Moving from one element to the next leaves too, but only outside is there nothing to move to.
  readonly #leave = (event: DragEvent): void => {
    if (event.relatedTarget === null) this.#end();
  };

  readonly #drop = (event: DragEvent): void => {
    event.preventDefault();
    this.#end();
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length > 0) this.#takers.files(files, this.#placeUnder(event));
  };

  readonly #paste = (event: ClipboardEvent): void => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length > 0) {
      event.preventDefault();
      this.#takers.files(files, this.#placeUnder(event));
      return;
    }
    if (event.target instanceof Element && event.target.closest(TYPED_IN)) return;
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (!LINK.test(text)) return;
    event.preventDefault();
    this.#takers.link(text);
  };

  #end(): void {
    this.isOver = false;
    this.over = undefined;
  }

  #placeUnder({ target }: Event): DropPlace | undefined {
    return this.placeOf(target instanceof Element ? target : document.body);
  }
}
