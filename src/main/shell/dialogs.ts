import { app, dialog } from 'electron';
import type { SandglassError } from '../../shared/errors.ts';
import { shellWords } from '../../shared/words/spoken.ts';
import { failureOf } from '../board/failure.ts';

/** Says why the app cannot start and what to do, and ends the process. */
export async function giveUp(error: SandglassError, exitCode: number): Promise<void> {
  const { message, next } = failureOf(error);
  const { failed, quit } = shellWords.start;
  const detail = [message, next].filter(Boolean).join(' ');
  // Where it was started from a terminal, and where there is no desktop to show a dialog.
  console.error(`${failed}: ${detail}`);
  await app.whenReady();
  await dialog.showMessageBox({ type: 'error', message: failed, detail, buttons: [quit] });
  app.exit(exitCode);
}

/** @param misfortunes what was damaged, and what became of it, in sentences */
export async function tellSetAside(misfortunes: readonly string[], folder: string): Promise<void> {
  const { setAside, fine, folder: inFolder } = shellWords.start;
  const detail = [...misfortunes, inFolder(folder)].join('\n\n');
  await dialog.showMessageBox({ type: 'warning', message: setAside, detail, buttons: [fine] });
}

/** Says what will go on next time. */
export async function mayQuit(count: number): Promise<boolean> {
  const { quitTitle, quitBody, quit, stay } = shellWords.dialog;
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: quitTitle,
    detail: quitBody(count),
    buttons: [quit, stay],
    defaultId: 1,
    cancelId: 1,
  });
  return response === 0;
}
