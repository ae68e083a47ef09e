export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

const NAMED: Readonly<Record<string, string>> = {
  ' ': 'Space',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
};

/**
 * A key combination as Electron writes it (https://www.electronjs.org/docs/latest/api/accelerator), or null where it
 * could not serve the whole system: without Ctrl, Alt or Cmd it would take a key away from every other program.
 */
export function acceleratorOf(press: KeyPress, isMac: boolean): string | null {
  const key = keyName(press);
  if (key === null || !(press.ctrlKey || press.metaKey || press.altKey)) return null;
  return [
    ...(press.metaKey ? [isMac ? 'Command' : 'Super'] : []),
    ...(press.ctrlKey ? ['Control'] : []),
    ...(press.altKey ? ['Alt'] : []),
    ...(press.shiftKey ? ['Shift'] : []),
    key,
  ].join('+');
}

/** By the key's place where it is a letter or digit: with Alt held, its character may be any. */
function keyName({ key, code }: KeyPress): string | null {
  const placed = /^(?:Key|Digit)([A-Z0-9])$/.exec(code)?.[1];
  if (placed !== undefined) return placed;
  if (/^F([1-9]|1\d|2[0-4])$/.test(key)) return key;
  return NAMED[key] ?? null;
}

const MAC_SIGNS: Readonly<Record<string, string>> = {
  Command: '⌘',
  Control: '⌃',
  Alt: '⌥',
  Shift: '⇧',
};

/** As people of each system are used to reading it. */
export function readableAccelerator(accelerator: string, isMac: boolean): string {
  const keys = accelerator.split('+');
  if (isMac) return keys.map((key) => MAC_SIGNS[key.replace('CommandOrControl', 'Command')] ?? key).join('');
  return keys.map((key) => key.replace(/^(CommandOrControl|Control)$/, 'Ctrl')).join('+');
}
