import { homedir } from 'node:os';
import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where history and settings lie: SANDGLASS_DATA_DIR, or the folder that Electron gives an app of this name, so that
 * the window and the command share one. https://www.electronjs.org/docs/latest/api/app#appgetpathname
 */
export function dataFolder(env: Environment, platform: NodeJS.Platform = process.platform): string {
  if (env['SANDGLASS_DATA_DIR']) return env['SANDGLASS_DATA_DIR'];
  const home = homedir();
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Sandglass');
  if (platform === 'win32') return join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Sandglass');
  return join(env['XDG_CONFIG_HOME'] ?? join(home, '.config'), 'Sandglass');
}
