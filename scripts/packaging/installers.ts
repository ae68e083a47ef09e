import { join } from 'node:path';

/** How electron-builder is to be called: https://www.electron.build/cli */
export interface InstallerOptions {
  /** A folder with Electron's program. */
  readonly electron: string;
  /** Where the installers go. */
  readonly output: string;
  /** Like ['--linux', 'deb'] or ['--dir']; none for all that electron-builder.yml has for this system. */
  readonly targets?: readonly string[];
  /** "owner/name" on GitHub: whose releases the app updates itself from. Null for never. */
  readonly updatesFrom?: string | null;
}

const BUILDER = join(import.meta.dirname, '../../node_modules/electron-builder/cli.js');
const GITHUB_NAME = /^[\w-]+\/[\w.-]+$/;

/**
 * What Node.js is to be called with, in the project's folder, to make the installers.
 * @throws Error where `updatesFrom` names no repository
 */
export function installerArguments(options: InstallerOptions): string[] {
  const { electron, output, targets = [], updatesFrom = null } = options;
  const config = [`-c.electronDist=${electron}`, `-c.directories.output=${output}`];
  return [BUILDER, ...targets, '--publish', 'never', ...config, ...updateOptions(updatesFrom)];
}

/** The app finds app-update.yml beside it, which electron-builder writes where a place to publish is known. */
function updateOptions(updatesFrom: string | null): string[] {
  if (updatesFrom === null) return [];
  if (!GITHUB_NAME.test(updatesFrom)) throw new Error(`“${updatesFrom}” is no owner/name on GitHub.`);
  const [owner, repo] = updatesFrom.split('/');
  const publish = ['provider=github', `owner=${owner}`, `repo=${repo}`];
  const homepage = `-c.extraMetadata.homepage=https://github.com/${updatesFrom}`;
  return [...publish.map((pair) => `-c.publish.${pair}`), homepage];
}
