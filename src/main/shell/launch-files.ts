import { isAbsolute, resolve } from 'node:path';

/** The first argument that Electron itself does not take for its own: the app's folder while it is not packaged. */
const APP_ARGUMENTS = { packaged: 1, unpackaged: 2 } as const;

/** Says that nobody asked for a window: the system starts the app at login. */
export const IN_THE_TRAY = '--in-the-tray';

/**
 * The files that a start of the app names: Send to, Open with, or a path on the command line.
 * @param folder what relative paths are relative to
 */
export function filesIn(argv: readonly string[], folder: string, packaged: boolean): string[] {
  return argv
    .slice(packaged ? APP_ARGUMENTS.packaged : APP_ARGUMENTS.unpackaged)
    .filter((argument) => !argument.startsWith('-'))
    .map((path) => (isAbsolute(path) ? path : resolve(folder, path)));
}
