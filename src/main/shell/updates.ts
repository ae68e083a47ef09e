import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** As much of electron-updater as is used: https://www.electron.build/auto-update */
export interface Updater {
  autoDownload: boolean;
  autoInstallOnAppQuit: boolean;
  logger: null | object;
  on(event: 'error', listener: () => void): unknown;
  checkForUpdates(): Promise<unknown>;
}

export interface UpdateSurroundings {
  /** `app.isPackaged` */
  readonly isPackaged: boolean;
  /** `process.resourcesPath` */
  readonly resources: string;
  readonly platform: NodeJS.Platform;
  readonly environment: NodeJS.ProcessEnv;
  readonly load: () => Promise<Updater>;
  /** Does the work again and again, in milliseconds. */
  readonly every: (milliseconds: number, work: () => void) => void;
}

/** Written beside the app where a place to publish was known when it was packaged, and only there. */
const PLACE_OF_UPDATES = 'app-update.yml';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Looks for a newer Sandglass now and once a day, fetches it, and puts it in place when the app is next quit: never
 * under an upload. Off where the app was packaged without a place of updates, where it is not packaged at all, and on
 * Linux but for the AppImage, for what a package system has put there is its own to replace. Nobody is told when it
 * fails: tomorrow is another day.
 * @returns whether updates are followed
 */
export async function followUpdates(surroundings: UpdateSurroundings): Promise<boolean> {
  if (!areOn(surroundings)) return false;
  const updater = await surroundings.load();
  updater.autoDownload = true;
  updater.autoInstallOnAppQuit = true;
  // It would write addresses and paths to the console.
  updater.logger = null;
  updater.on('error', () => undefined);
  const look = () => void updater.checkForUpdates().catch(() => undefined);
  look();
  surroundings.every(DAY_MS, look);
  return true;
}

/**
 * The app's own surroundings.
 * @param isPackaged `app.isPackaged`
 */
export function updateSurroundings(isPackaged: boolean): UpdateSurroundings {
  return {
    isPackaged,
    resources: process.resourcesPath,
    platform: process.platform,
    environment: process.env,
    load: async () => {
      const { default: electronUpdater } = await import('electron-updater');
      return electronUpdater.autoUpdater;
    },
    every: (milliseconds, work) => {
      setInterval(work, milliseconds).unref();
    },
  };
}

function areOn({ isPackaged, resources, platform, environment }: UpdateSurroundings): boolean {
  if (!isPackaged || !existsSync(join(resources, PLACE_OF_UPDATES))) return false;
  return platform !== 'linux' || environment['APPIMAGE'] !== undefined;
}
