import type { App, Session, WebContents } from 'electron';
import { APP_ORIGIN } from './app-protocol.ts';

/** Chromium's switches by which a program from outside could look into the pages. */
const REMOTE_DEBUGGING = ['remote-debugging-port', 'remote-debugging-pipe'];

/** What `setCertificateVerifyProc` takes for a refusal. https://www.electronjs.org/docs/latest/api/session */
const REFUSED_CERTIFICATE = -2;

/** No permission is ever granted, nothing but the app's own pages is ever loaded, and nothing is saved to the disk. */
export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  // The app's pages come without TLS; what the main process sends goes another way.
  session.setCertificateVerifyProc((_request, answer) => {
    answer(REFUSED_CERTIFICATE);
  });
  session.on('will-download', (event) => {
    event.preventDefault();
  });
  session.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !isOurs(details.url) && !details.url.startsWith('devtools://') });
  });
}

/** Every page that ever comes to be stays where it is and opens nothing. Must be called before the app is ready. */
export function lockApp(app: App): void {
  // Once people have installed it; in development and in tests this is how the pages are driven.
  if (app.isPackaged) for (const name of REMOTE_DEBUGGING) app.commandLine.removeSwitch(name);
  app.on('select-client-certificate', (event, _contents, _url, _certificates, answer) => {
    event.preventDefault();
    answer();
  });
  app.on('web-contents-created', (_event, contents) => {
    lockPage(contents);
  });
}

function lockPage(contents: WebContents): void {
  contents.on('will-navigate', (event) => {
    event.preventDefault();
  });
  // Frames within the page too, from their first address on.
  contents.on('will-frame-navigate', (event) => {
    event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

function isOurs(url: string): boolean {
  return url.startsWith(`${APP_ORIGIN}/`);
}
