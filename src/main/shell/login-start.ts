import type { App } from 'electron';
import { IN_THE_TRAY } from './launch-files.ts';

/** Whether the system starts the app at login. */
export interface LoginStart {
  /** What the system will do, also where a person has changed it there. */
  isOn(): boolean;
  /** @throws SandglassError where the system refuses */
  set(on: boolean): void;
}

/** Windows compares the arguments too: asked without them, it would not find the entry that was written with them. */
const SETTINGS = { args: [IN_THE_TRAY] };

/** The start at login on macOS and Windows. https://www.electronjs.org/docs/latest/api/app#appsetloginitemsettingssettings-macos-windows */
export class LoginItem implements LoginStart {
  readonly #app: Pick<App, 'getLoginItemSettings' | 'setLoginItemSettings'>;

  constructor(app: Pick<App, 'getLoginItemSettings' | 'setLoginItemSettings'>) {
    this.#app = app;
  }

  isOn(): boolean {
    return this.#app.getLoginItemSettings(SETTINGS).openAtLogin;
  }

  set(on: boolean): void {
    this.#app.setLoginItemSettings({ openAtLogin: on, ...SETTINGS });
  }
}

/** Whether nobody has asked for a window: macOS hands no arguments over, and says it in another way. */
export function isStartAtLogin(
  app: Pick<App, 'getLoginItemSettings'>,
  argv: readonly string[],
  platform: NodeJS.Platform,
): boolean {
  if (argv.includes(IN_THE_TRAY)) return true;
  return platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
}
