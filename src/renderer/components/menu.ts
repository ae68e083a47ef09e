import type { IconName } from './icons.ts';

export interface MenuItem {
  readonly label: string;
  readonly icon?: IconName;
  /** Said at the right: a key, a bucket. */
  readonly hint?: string;
  /** For screen readers, as in `aria-keyshortcuts`. */
  readonly keys?: string;
  /** Present where the items exclude each other. */
  readonly isChecked?: boolean;
  readonly isDanger?: boolean;
  /** Set off by a line. */
  readonly isApart?: boolean;
  readonly choose: () => void;
}

/** Where a menu opens, in the window's pixels. */
export interface MenuPlace {
  readonly x: number;
  /** The menu's top, where there is room below. */
  readonly y: number;
  /** The menu's bottom, where there is not. */
  readonly above: number;
  /** Which of its corners stands at x. */
  readonly side: 'left' | 'right';
}

/** Below an element, flush with one of its sides. */
export function placeBeside(element: Element, side: MenuPlace['side']): MenuPlace {
  const box = element.getBoundingClientRect();
  return { x: side === 'left' ? box.left : box.right, y: box.bottom + 4, above: box.top - 4, side };
}

/** At the pointer, as context menus open; by the keyboard, below the element that has the focus. */
export function placeAtPointer(event: MouseEvent, element: Element): MenuPlace {
  if (event.clientX === 0 && event.clientY === 0) return placeBeside(element, 'right');
  return { x: event.clientX, y: event.clientY, above: event.clientY, side: 'left' };
}
