import { vi } from 'vitest';
import { FileShelf } from '../../../src/main/board/file-shelf.ts';
import { requestHandlers, type RequestRooms } from '../../../src/main/shell/requests.ts';
import type { Settings } from '../../../src/main/settings/settings.ts';
import type { Board } from '../../../src/shared/board.ts';

export const TARGET = {
  bucket: 'films',
  endpoint: {},
  source: { origin: { kind: 'environment' } },
  prefix: 'inbox',
};
export const LIFE = { kind: 'seconds', seconds: 60 } as const;

/** The handlers over rooms that write down what is asked of them. */
export function scene() {
  const room = (...names: string[]) =>
    Object.fromEntries(names.map((name) => [name, vi.fn<(...asked: unknown[]) => unknown>(() => name)]));
  const shares = room('page', 'start', 'copy', 'pause', 'resume', 'cancel', 'retry', 'extend', 'revoke');
  const accounts = {
    ...room('preview', 'profiles', 'buckets', 'test', 'connect', 'select', 'remove'),
    dropTarget: vi.fn(() => TARGET),
  };
  shares['start']?.mockReturnValue([]);
  const settings = {
    ...{ keyTemplate: '{random}/{name}', globalShortcut: null as string | null, bandwidth: [] },
    choose: vi.fn<Settings['choose']>(() => Promise.resolve()),
  };
  const files = new FileShelf({ sizeOf: () => Promise.resolve(7) });
  const changed = vi.fn<() => void>();
  const setShortcut = vi.fn<RequestRooms['setShortcut']>(() => true);
  const login = { on: false };
  const loginStart = {
    isOn: () => login.on,
    set: vi.fn<(on: boolean) => void>((on) => (login.on = on)),
  };
  const board = { version: '1.0.0' } as Board;
  const rooms = {
    shares,
    accounts,
    settings,
    files,
    changed,
    setShortcut,
    loginStart,
    readBoard: () => board,
  };
  const handlers = requestHandlers(rooms as unknown as RequestRooms);
  return { shares, accounts, settings, files, changed, setShortcut, loginStart, board, handlers };
}
