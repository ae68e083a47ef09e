import type { Dialog } from 'electron';
import { strict } from './strict-emitter.ts';

interface MessageBoxOptions {
  readonly message: string;
  readonly buttons?: readonly string[];
  readonly cancelId?: number;
}

/** With nobody to ask, every dialog is cancelled; a test puts its own answer in the function's place. */
export const dialog = strict<
  Pick<Dialog, 'showOpenDialog' | 'showSaveDialog' | 'showMessageBox' | 'showErrorBox'>
>('dialog', {
  showOpenDialog: () => Promise.resolve({ canceled: true, filePaths: [] }),
  showSaveDialog: () => Promise.resolve({ canceled: true, filePath: '' }),
  showMessageBox: (...given: readonly object[]) =>
    Promise.resolve({ response: cancelButton(given.at(-1) as MessageBoxOptions), checkboxChecked: false }),
  showErrorBox: (title, content) => {
    console.error(`${title}\n${content}`);
  },
});

/** https://www.electronjs.org/docs/latest/api/dialog: what Escape chooses. */
function cancelButton({ buttons = [], cancelId }: MessageBoxOptions): number {
  if (cancelId !== undefined) return cancelId;
  return Math.max(
    0,
    buttons.findIndex((label) => ['cancel', 'no'].includes(label.toLowerCase())),
  );
}
