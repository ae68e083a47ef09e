import { app } from 'electron';
import { filesIn, IN_THE_TRAY } from './launch-files.ts';

/** Who hears of what else starts. */
export interface LaunchListener {
  /** The app was started once more. */
  again(): void;
  /** Files were handed over. */
  files(paths: readonly string[]): void;
}

/** What the operating system knows the app by; Windows shows notices only of a program that it knows. */
const APP_ID = 'org.sandglass.Sandglass';

/** @param folder where history, settings and the browser engine's own files lie */
export function nameApp(name: string, folder: string): void {
  app.setName(name);
  app.setAppUserModelId(APP_ID);
  app.setPath('userData', folder);
}

export function appVersion(): string {
  return app.getVersion();
}

/** The files that this start of the app names. */
export function filesOfThisStart(): string[] {
  return filesIn(process.argv, process.cwd(), app.isPackaged ? null : app.getAppPath());
}

/** What starts this very app at login, without a window: the AppImage itself, for what it unpacks is gone by then. */
export function loginCommand(): string[] {
  const program = process.env['APPIMAGE'] ?? process.execPath;
  return [program, ...(app.isPackaged ? [] : [app.getAppPath()]), IN_THE_TRAY];
}

/** False where the app runs already: it has been told of the files, and this process is to end. */
export function claimInstance(listener: LaunchListener): boolean {
  if (!app.requestSingleInstanceLock({ files: filesOfThisStart() })) {
    app.quit();
    return false;
  }
  app.on('second-instance', (_event, _argv, _folder, data) => {
    listener.again();
    listener.files((data as { files?: string[] }).files ?? []);
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    listener.files([path]);
  });
  return true;
}
