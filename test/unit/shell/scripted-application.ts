import { vi } from 'vitest';
import { FileShelf } from '../../../src/main/board/file-shelf.ts';
import type { BoardListener } from '../../../src/main/board/share-news.ts';
import { Application, type ApplicationRooms } from '../../../src/main/shell/application.ts';
import type { ShareStanding } from '../../../src/shared/board.ts';

export const TARGET = { bucket: 'films', endpoint: {}, source: {}, prefix: 'inbox' };
export const LIFE = { kind: 'seconds', seconds: 60 } as const;

/** The application over rooms that write down what is asked of them. */
export function scene() {
  const listeners: BoardListener[] = [];
  const shares = {
    listen: (listener: BoardListener) => listeners.push(listener),
    underWay: vi.fn<() => ShareStanding[]>(() => []),
    live: () => [],
    pauseAll: vi.fn<() => void>(),
    resumeAll: vi.fn<() => void>(),
    stallAll: vi.fn<(failure: unknown) => void>(),
    takeUpAll: vi.fn<() => Promise<void>>(() => Promise.resolve()),
    tick: vi.fn<() => void>(),
    row: (id: string) => ({ id, name: `${id}.txt` }),
    interruptAll: vi.fn<() => Promise<void>>(() => Promise.resolve()),
    copy: vi.fn<(id: string) => Promise<void>>(() => Promise.resolve()),
    start: vi.fn<(...asked: unknown[]) => Promise<unknown[]>>(() => Promise.resolve([])),
  };
  const accounts = { summaries: vi.fn<() => unknown[]>(() => [{}]), dropTarget: vi.fn(() => TARGET) };
  const settings = {
    ...{ currentAccount: 'mine' as string | null, globalShortcut: null as string | null, language: 'system' },
    ...{ life: LIFE, keyTemplate: '{random}/{name}', bandwidth: [] },
  };
  const vault = {
    keeps: 'keychain',
    read: vi.fn<(name: string) => Promise<null>>(() => Promise.resolve(null)),
  };
  const close = vi.fn<() => Promise<void>>(() => Promise.resolve());
  const clock = { offset: 7, now: () => 0 };
  const [nudge, dropConnections] = [{ now: vi.fn<() => void>() }, vi.fn<() => void>()];
  const rooms = {
    nudge,
    dropConnections,
    log: { write: vi.fn<() => void>() },
    diagnosis: vi.fn<() => Promise<string>>(() => Promise.resolve('### Sandglass')),
    network: { watch: vi.fn<(changed: () => void) => void>() },
    autostart: { isOn: () => true, set: vi.fn<(on: boolean) => void>() },
    shares,
    awaited: { beat: vi.fn<() => Promise<void>>(() => Promise.resolve()) },
    accounts,
    settings,
    vault,
    clock,
    close,
    files: new FileShelf({ sizeOf: () => Promise.resolve(7) }),
    history: {},
    sourceOf: vi.fn(),
  };
  const application = new Application('/data', (ms, work) => {
    const timer = setTimeout(work, ms);
    return () => {
      clearTimeout(timer);
    };
  });
  const run = (...misfortunes: string[]) =>
    application.run(rooms as unknown as ApplicationRooms, misfortunes);
  return { ...rooms, application, run, tell: () => listeners[0] as BoardListener };
}
