/**
 * Runs in the page: what of it cannot be seen or reached as it stands. Nothing may lie beside the page, each control must
 * come into view whole when it gets the focus, and words must fit into their buttons.
 * https://www.w3.org/WAI/WCAG22/Understanding/reflow.html,
 * https://www.w3.org/WAI/WCAG22/Understanding/focus-not-obscured-minimum.html
 */
export function misfits(): string[] {
  const CONTROLS = 'button, input, select, textarea, summary, a[href], [tabindex="0"]';
  const found: string[] = [];
  const told = (element: Element) =>
    `${element.localName} “${(element.getAttribute('aria-label') ?? element.textContent).trim().slice(0, 40)}”`;
  const open = document.querySelector('dialog[open]') ?? document.querySelector('[role="menu"]');

  for (const element of document.querySelectorAll('body, body *')) {
    const { overflowX, textOverflow, display } = getComputedStyle(element);
    const isMeant = overflowX === 'visible' || textOverflow === 'ellipsis' || display === 'inline';
    // What is there for screen readers alone is one pixel wide; a field scrolls what is typed.
    if (isMeant || element.clientWidth <= 1 || element.matches('input, textarea, select')) continue;
    if (element.scrollWidth > element.clientWidth + 1)
      found.push(`${told(element)} lies beside what is seen`);
  }

  /** The part of an element that neither the window nor anything around it cuts off. */
  function seenOf(element: Element): DOMRect {
    let { left, top, right, bottom } = element.getBoundingClientRect();
    const cut = (box: { left: number; top: number; right: number; bottom: number }) => {
      left = Math.max(left, box.left);
      top = Math.max(top, box.top);
      right = Math.min(right, box.right);
      bottom = Math.min(bottom, box.bottom);
    };
    cut({ left: 0, top: 0, right: innerWidth, bottom: innerHeight });
    for (let around = element.parentElement; around; around = around.parentElement) {
      if (getComputedStyle(around).overflow !== 'visible') cut(around.getBoundingClientRect());
    }
    return new DOMRect(left, top, Math.max(0, right - left), Math.max(0, bottom - top));
  }

  for (const control of (open ?? document.body).querySelectorAll<HTMLElement>(CONTROLS)) {
    if (!control.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })) continue;
    control.focus();
    const { width, height } = control.getBoundingClientRect();
    const seen = seenOf(control);
    // A field of many lines shows the one that is written, and a tall row need not fit a low window.
    const wanted = control.matches('textarea') ? Math.min(height, 20) : Math.min(height, innerHeight * 0.6);
    const isWhole = seen.width >= width - 2 && seen.height >= wanted - 2;
    if (document.activeElement !== control) found.push(`${told(control)} cannot get the focus`);
    else if (!isWhole) found.push(`${told(control)} is cut off`);
    const over = document.elementFromPoint(seen.x + seen.width / 2, seen.y + seen.height / 2);
    const isFree =
      over === null ||
      control.contains(over) ||
      over.contains(control) ||
      over.closest('label')?.control === control;
    // A message can be sent away.
    if (isWhole && !isFree && !over.closest('section.region')) found.push(`${told(control)} is covered`);
    if (control.matches('button') && control.scrollWidth > control.clientWidth + 1) {
      found.push(`${told(control)} is too narrow for its words`);
    }
  }
  return found;
}
