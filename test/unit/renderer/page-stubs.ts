import { vi } from 'vitest';

/** What the page needs of a browser and jsdom does not have: sizes, and dialogs on top of all else. */
class StillObserver {
  observe = vi.fn();
  unobserve = vi.fn();
  disconnect = vi.fn();
}

vi.stubGlobal('ResizeObserver', StillObserver);
Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => 380 });
Element.prototype.scrollIntoView = vi.fn();
HTMLDialogElement.prototype.showModal = function () {
  this.open = true;
  this.querySelector<HTMLElement>('[autofocus], button')?.focus();
};
HTMLDialogElement.prototype.close = function () {
  this.open = false;
  this.dispatchEvent(new Event('close'));
};
