import { clipboard } from 'electron';
import { failureOf } from '../board/failure.ts';
import type { Notices } from './notices.ts';

/** Puts the diagnostics on the clipboard and says so: the window may be gone. */
export async function copyDiagnostics(
  diagnosis: () => Promise<string>,
  notices: Pick<Notices, 'diagnosticsCopied' | 'notCopied'>,
): Promise<void> {
  try {
    await clipboard.writeText(await diagnosis());
    notices.diagnosticsCopied();
  } catch (error) {
    notices.notCopied(failureOf(error));
  }
}
