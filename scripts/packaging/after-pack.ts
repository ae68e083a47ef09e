import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { flipFuses, getCurrentFuseWire } from '@electron/fuses';
import { fuseConfig, namedFuses, PROMISED_FUSES } from './fuses.ts';

/** What this needs of electron-builder's context: https://www.electron.build/hooks#afterpack */
export interface PackedApp {
  readonly appOutDir: string;
  readonly electronPlatformName: string;
  readonly packager: {
    readonly appInfo: { readonly productFilename: string };
    /** On Linux only. */
    readonly executableName?: string;
  };
}

/** The file that holds the fuses, or on macOS the bundle around it. */
export function executableOf({ appOutDir, electronPlatformName, packager }: PackedApp): string {
  const { productFilename } = packager.appInfo;
  if (electronPlatformName === 'darwin') return join(appOutDir, `${productFilename}.app`);
  if (electronPlatformName === 'win32') return join(appOutDir, `${productFilename}.exe`);
  return join(appOutDir, packager.executableName ?? productFilename);
}

/**
 * electron-builder calls this when an app's folder is whole, and before it is signed.
 * @throws Error where Electron has a fuse that the table does not know, or has one no more
 */
export default async function setFuses(app: PackedApp): Promise<void> {
  const executable = executableOf(app);
  const before = namedFuses(await getCurrentFuseWire(executable));
  const gone = Object.keys(before).filter((name) => before[name] === 'unknown');
  if (gone.length > 0) throw new Error(`This Electron can set ${gone.join(', ')} no more: see fuses.ts.`);
  await flipFuses(executable, fuseConfig(app.electronPlatformName));
  const after = namedFuses(await getCurrentFuseWire(executable));
  if (isDeepStrictEqual(after, PROMISED_FUSES)) return;
  throw new Error(`The fuses are not as promised: ${JSON.stringify(after)}`);
}
