import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Says that nobody asked for a window: the system starts the app at login. */
export const IN_THE_TRAY = '--in-the-tray';

/**
 * The files that a start of the app names: Send to, Open with, or a path on the command line; a file:// URL where the
 * system's starter gives those.
 * @param folder what relative paths are relative to
 * @param appFolder the app's own folder where it is not packaged, which the command line names before all files; null
 *   where it is
 */
export function filesIn(argv: readonly string[], folder: string, appFolder: string | null): string[] {
  const given = argv.slice(1);
  const whole = (path: string) => (isAbsolute(path) ? path : resolve(folder, path));
  const own = appFolder === null ? -1 : placeOf(resolve(appFolder), given.map(whole), given);
  return given
    .slice(own + 1)
    .filter((argument) => !argument.startsWith('-'))
    .map((argument) => (argument.startsWith('file://') ? fileURLToPath(argument) : whole(argument)));
}

/** Where a link leads to the folder, it is named in other words; it is the first that is no flag all the same. */
function placeOf(appFolder: string, paths: readonly string[], given: readonly string[]): number {
  const named = paths.indexOf(appFolder);
  return named >= 0 ? named : given.findIndex((argument) => !argument.startsWith('-'));
}
