import type { GlobalShortcut } from 'electron';

/** The one shortcut that works in every program. */
export class GlobalKey {
  readonly #registry: Pick<GlobalShortcut, 'register' | 'unregister'>;
  readonly #hit: () => void;
  #registered: string | null = null;

  constructor(registry: Pick<GlobalShortcut, 'register' | 'unregister'>, hit: () => void) {
    this.#registry = registry;
    this.#hit = hit;
  }

  /** @param accelerator null for none @returns false where another program has it, or it is none */
  set(accelerator: string | null): boolean {
    if (accelerator === this.#registered) return true;
    try {
      if (accelerator && !this.#registry.register(accelerator, this.#hit)) return false;
    } catch {
      // Electron throws where the text is no accelerator at all.
      return false;
    }
    // Only now that the new one is had: a refusal must not cost the old one.
    if (this.#registered !== null) this.#registry.unregister(this.#registered);
    this.#registered = accelerator;
    return true;
  }
}
