import { expect, type Locator, type Page } from '@playwright/test';

/** More stops than any view has. */
const MOST_STOPS = 60;

/** How the element that has the focus is seen to have it. */
interface Stop {
  readonly element: string;
  /** Its outline and shadow now. */
  readonly focused: string;
  /** Those of the stop before, now that the focus has gone on; null where there was none. */
  readonly before: { readonly element: string; readonly focused: string; readonly left: string } | null;
}

interface Remembered {
  lastStop?: { readonly painted: Element; readonly element: string; readonly focused: string };
}

/** Moves through a page as somebody without a mouse does, and sees at each stop where the focus is. */
export class Keyboard {
  readonly #page: Page;
  readonly #unseen: string[] = [];

  constructor(page: Page) {
    this.#page = page;
  }

  /** Counts what only a mouse, a pen or a finger does; see `pointerEvents`. */
  async watchPointers(): Promise<void> {
    await this.#page.evaluate(() => {
      const count = () => {
        const { dataset } = document.documentElement;
        dataset['pointers'] = String(Number(dataset['pointers'] ?? 0) + 1);
      };
      for (const type of ['pointerdown', 'mousedown', 'touchstart']) addEventListener(type, count, true);
    });
  }

  pointerEvents(): Promise<string | null> {
    return this.#page.locator('html').getAttribute('data-pointers');
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.#page.keyboard.press(key);
  }

  /** Goes on until the element has the focus. @throws where it is never reached */
  async tabTo(wanted: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    await expect(wanted).toBeAttached();
    for (let stops = 0; stops < MOST_STOPS; stops += 1) {
      await this.#step(key);
      if (await wanted.evaluate((element) => element === document.activeElement)) return;
    }
    throw new Error(`${wanted.toString()} is not reached by ${key}.`);
  }

  /** Goes through every stop of what is open, also of what lies before the focus. @returns what each is called */
  async walk(): Promise<string[]> {
    const stops: string[] = [];
    let rounds = 0;
    for (let steps = 0; steps < MOST_STOPS && rounds < 2; steps += 1) {
      const element = await this.#step('Tab');
      if (element === '') rounds += 1;
      else if (!stops.includes(element)) stops.push(element);
    }
    return stops;
  }

  /** Stops at which nothing showed that the focus was there. */
  get unseenStops(): readonly string[] {
    return this.#unseen;
  }

  /** @returns what has the focus now; empty where the page itself has it */
  async #step(key: string): Promise<string> {
    await this.#page.keyboard.press(key);
    const { element, focused, before } = await this.#page.evaluate(look);
    if (element !== '' && !/ [2-9](\.\d+)?px/.test(focused)) this.#unseen.push(`${element}: ${focused}`);
    if (before && before.focused === before.left) this.#unseen.push(`${before.element}: as without focus`);
    return element;
  }
}

/** Runs in the page. A radio button that cannot be seen is drawn by what stands beside it. */
function look(): Stop {
  const kept = globalThis as Remembered;
  const active = document.activeElement ?? document.body;
  const styleOf = (element: Element) => {
    const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(element);
    return `${outlineStyle} ${outlineStyle === 'none' ? '0px' : outlineWidth} ${outlineColor}; ${boxShadow}`;
  };
  const { lastStop } = kept;
  const before = lastStop?.painted.isConnected
    ? { element: lastStop.element, focused: lastStop.focused, left: styleOf(lastStop.painted) }
    : null;
  if (active === document.body) {
    delete kept.lastStop;
    return { element: '', focused: '', before };
  }
  const beside = getComputedStyle(active).opacity === '0' ? active.nextElementSibling : null;
  const painted = beside ?? active;
  const labels = 'labels' in active ? (active.labels as NodeListOf<HTMLElement> | null) : null;
  const name = active.getAttribute('aria-label') ?? [...(labels ?? []), active][0]?.textContent ?? '';
  const element = `${active.getAttribute('role') ?? active.localName} ${name.trim()}`;
  const focused = styleOf(painted);
  kept.lastStop = { painted, element, focused };
  const isSame = lastStop?.painted === painted;
  return { element, focused, before: isSame ? null : before };
}
