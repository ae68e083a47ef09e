import { EventEmitter } from 'node:events';
import type { App, Session } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { lockApp, lockSession } from '../../src/main/shell/session-policy.ts';

type Answers = {
  readonly request: Parameters<Session['setPermissionRequestHandler']>[0];
  readonly check: Parameters<Session['setPermissionCheckHandler']>[0];
  readonly device: Parameters<Session['setDevicePermissionHandler']>[0];
  readonly before: (details: { url: string }, answer: (response: { cancel?: boolean }) => void) => void;
  readonly certificate: (request: object, answer: (verdict: number) => void) => void;
  readonly events: EventEmitter;
};

function lockedSession(): Answers {
  const events = new EventEmitter();
  const answers: Partial<Record<keyof Answers, unknown>> = { events };
  const session = Object.assign(events, {
    setPermissionRequestHandler: (handler: unknown) => (answers.request = handler),
    setPermissionCheckHandler: (handler: unknown) => (answers.check = handler),
    setDevicePermissionHandler: (handler: unknown) => (answers.device = handler),
    setCertificateVerifyProc: (handler: unknown) => (answers.certificate = handler),
    webRequest: { onBeforeRequest: (handler: unknown) => (answers.before = handler) },
  });
  lockSession(session as unknown as Session);
  return answers as Answers;
}

function lockedApp(isPackaged = false) {
  const commandLine = { removeSwitch: vi.fn<(name: string) => void>() };
  const app = Object.assign(new EventEmitter(), { isPackaged, commandLine });
  lockApp(app as unknown as App);
  return app;
}

const contents = null as unknown as Electron.WebContents;

describe('a permission', () => {
  it.each([
    ...(['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'fullscreen'] as const),
    ...(['fileSystem', 'display-capture', 'pointerLock'] as const),
  ])('to use %s is refused whenever it is asked for', (permission) => {
    const { request, check } = lockedSession();
    const answer = vi.fn<(granted: boolean) => void>();
    const details = { isMainFrame: true, requestingUrl: 'app://sandglass/index.html' };
    request?.(contents, permission, answer, details);
    expect(answer.mock.calls).toEqual([[false]]);
    const asked = permission as Parameters<NonNullable<Answers['check']>>[1];
    expect(
      check?.(contents, asked, 'app://sandglass', details as Electron.PermissionCheckHandlerHandlerDetails),
    ).toBe(false);
  });

  it('to use a device is refused', () => {
    const { device } = lockedSession();
    const details = { deviceType: 'usb', origin: 'app://sandglass', device: {} };
    expect(device?.(details as Electron.DevicePermissionHandlerHandlerDetails)).toBe(false);
  });
});

describe('a request', () => {
  const cancelled = (url: string) => {
    const answer = vi.fn<(response: { cancel?: boolean }) => void>();
    lockedSession().before({ url }, answer);
    expect(answer).toHaveBeenCalledOnce();
    return answer.mock.calls[0]?.[0].cancel;
  };

  it.each([
    ...['https://example.org/', 'http://127.0.0.1:9000/films', 'file:///etc/passwd', 'ftp://example.org/'],
    ...[
      'app://other/',
      'app://sandglass.example.org/',
      'app://sandglass@example.org/',
      'app://sandglass:80/',
    ],
    ...['ws://example.org/', 'wss://example.org/', 'blob:https://example.org/1', 'javascript:alert(1)'],
    ...['data:image/png;base64,AA==', 'blob:app://sandglass/1'],
    ...['chrome://gpu', 'https://example.org/?app://sandglass/', '', 'x-devtools://x', 'about:blank'],
  ])('to %j is cancelled', (url) => {
    expect(cancelled(url)).toBe(true);
  });

  it.each([
    ...['app://sandglass/', 'app://sandglass/assets/page.js'],
    'devtools://devtools/bundled/inspector.html',
  ])('to %j goes on', (url) => {
    expect(cancelled(url)).toBe(false);
  });
});

describe('a certificate', () => {
  it('is never believed, for no page of the app is fetched with one', () => {
    const answer = vi.fn<(verdict: number) => void>();
    lockedSession().certificate({ hostname: 'example.org' }, answer);
    expect(answer.mock.calls).toEqual([[-2]]);
  });

  it('of the person’s own is given to nobody', () => {
    const [preventDefault, answer] = [vi.fn<() => void>(), vi.fn<(certificate?: object) => void>()];
    lockedApp().emit(
      'select-client-certificate',
      ...[{ preventDefault }, contents, 'https://example.org/', [{ subjectName: 'ada' }], answer],
    );
    expect([preventDefault.mock.calls, answer.mock.calls]).toEqual([[[]], [[]]]);
  });
});

it('a page saves nothing to the disk', () => {
  const preventDefault = vi.fn<() => void>();
  lockedSession().events.emit('will-download', { preventDefault }, {}, contents);
  expect(preventDefault).toHaveBeenCalledOnce();
});

describe('debugging from outside', () => {
  const removed = (isPackaged: boolean) => lockedApp(isPackaged).commandLine.removeSwitch.mock.calls.flat();

  it('is closed in the app that people install', () => {
    expect(removed(true)).toEqual(['remote-debugging-port', 'remote-debugging-pipe']);
  });

  it('is open in development, where tests drive the pages by it', () => {
    expect(removed(false)).toEqual([]);
  });
});

describe('every page that comes to be', () => {
  function newPage() {
    const app = lockedApp();
    const page = Object.assign(new EventEmitter(), {
      setWindowOpenHandler: vi.fn<(handler: (details: { url: string }) => { action: string }) => void>(),
    });
    app.emit('web-contents-created', {}, page);
    return { app, page };
  }

  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview'])(
    'is held back at %s',
    (name) => {
      const preventDefault = vi.fn<() => void>();
      newPage().page.emit(name, { preventDefault, url: 'app://sandglass/index.html' });
      expect(preventDefault).toHaveBeenCalledOnce();
    },
  );

  it('opens no window, wherever it leads', () => {
    const { page } = newPage();
    const handler = page.setWindowOpenHandler.mock.calls[0]?.[0];
    for (const url of ['https://example.org/', 'app://sandglass/index.html', 'about:blank']) {
      expect(handler?.({ url })).toEqual({ action: 'deny' });
    }
  });

  it('is locked, the second as the first', () => {
    const { app, page } = newPage();
    app.emit('web-contents-created', {}, page);
    expect(page.setWindowOpenHandler).toHaveBeenCalledTimes(2);
    expect(page.listenerCount('will-navigate')).toBe(2);
  });
});
