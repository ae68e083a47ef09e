/** What quitting the app needs of a window. */
export interface OpenWindow {
  close(): void;
  destroy(): void;
}

/** The windows that are open, and who wants to know when the last one goes. */
class OpenWindows<Window extends OpenWindow> {
  readonly #windows = new Set<Window>();
  #onLastClosed: () => void = () => undefined;

  get all(): Window[] {
    return [...this.#windows];
  }

  add(window: Window): void {
    this.#windows.add(window);
  }

  remove(window: Window): void {
    if (this.#windows.delete(window) && this.#windows.size === 0) this.#onLastClosed();
  }

  whenLastClosed(listener: () => void): void {
    this.#onLastClosed = listener;
  }
}

export const openWindows = new OpenWindows<OpenWindow>();
