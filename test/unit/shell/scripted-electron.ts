import { EventEmitter } from 'node:events';
import { vi } from 'vitest';

/** Electron as far as the application touches it: an emitter for the app, and functions that write down their calls. */
export function scriptedElectron() {
  const app = Object.assign(new EventEmitter(), {
    isPackaged: false,
    setAppUserModelId: vi.fn<(id: string) => void>(),
    setName: vi.fn<(name: string) => void>(),
    setPath: vi.fn<(name: string, path: string) => void>(),
    quit: vi.fn<() => void>(),
    whenReady: () => Promise.resolve(),
    getVersion: () => '1.2.3',
    getAppPath: () => '/app',
    getPreferredSystemLanguages: () => ['en-GB'],
    exit: vi.fn<(code: number) => void>(),
    getLoginItemSettings: () => ({ openAtLogin: true, wasOpenedAtLogin: false }),
    requestSingleInstanceLock: vi.fn<(data: object) => boolean>(() => true),
  });
  return {
    app,
    clipboard: { writeText: vi.fn<(text: string) => Promise<void>>() },
    dialog: {
      showMessageBox: vi.fn<(options: { message: string; detail: string }) => Promise<{ response: number }>>(
        () => Promise.resolve({ response: 0 }),
      ),
    },
    globalShortcut: {
      register: vi.fn<(accelerator: string, hit: () => void) => boolean>(() => true),
      unregister: vi.fn<(accelerator: string) => void>(),
      unregisterAll: vi.fn<() => void>(),
    },
    ipcMain: { handle: vi.fn<(channel: string) => void>() },
    powerMonitor: new EventEmitter(),
    protocol: { registerSchemesAsPrivileged: vi.fn<() => void>(), handle: vi.fn<() => void>() },
    safeStorage: {},
    session: { defaultSession: {} },
  };
}

export type ScriptedElectron = ReturnType<typeof scriptedElectron>;

/** The shell's own parts, each proven by tests of its own, as what the application asked of them. */
export function scriptedParts() {
  const window = {
    show: vi.fn<() => Promise<void>>(() => Promise.resolve()),
    push: vi.fn<(name: string, push: unknown) => void>(),
    setProgress: vi.fn<(fraction: number | null) => void>(),
    vanish: vi.fn<() => void>(),
    isVisible: true,
    isSender: () => true,
  };
  const notices = {
    ended: vi.fn<(row: unknown) => void>(),
    refused: vi.fn<(refused: unknown) => void>(),
    copied: vi.fn<(name: string) => void>(),
    notCopied: vi.fn<(failure: unknown) => void>(),
    shortcutTaken: vi.fn<(keys: string) => void>(),
  };
  return {
    window,
    notices,
    tray: { refresh: vi.fn<() => void>(), actions: {} as Record<string, (...given: unknown[]) => unknown> },
    menu: {} as Record<string, () => void>,
    /** What the requests were given to work with. */
    requests: {} as { setShortcut: (accelerator: string | null) => boolean; readBoard: () => unknown },
  };
}

export type ScriptedParts = ReturnType<typeof scriptedParts>;
