import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FileShelf } from '../../../src/main/board/file-shelf.ts';
import type { RequestHandlers } from '../../../src/main/shell/request-server.ts';
import { requestHandlers, type RequestRooms } from '../../../src/main/shell/requests.ts';
import type { Settings } from '../../../src/main/settings/settings.ts';
import type { Board } from '../../../src/shared/board.ts';
import { SandglassError } from '../../../src/shared/errors.ts';
import { draft, requestNames, soundInputs } from './contract-inputs.ts';

const electron = vi.hoisted(() => ({
  app: { setLoginItemSettings: vi.fn() },
  windows: [] as unknown[],
  showOpenDialog: vi.fn(),
}));

vi.mock('electron', () => ({
  app: electron.app,
  BrowserWindow: { getAllWindows: () => electron.windows },
  dialog: { showOpenDialog: electron.showOpenDialog },
}));

const TARGET = {
  bucket: 'films',
  endpoint: {},
  source: { origin: { kind: 'environment' } },
  prefix: 'inbox',
};
const LIFE = { kind: 'seconds', seconds: 60 } as const;

function scene() {
  const room = (...names: string[]) =>
    Object.fromEntries(names.map((name) => [name, vi.fn<(...asked: unknown[]) => unknown>(() => name)]));
  const shares = room('page', 'start', 'copy', 'pause', 'resume', 'cancel', 'retry', 'extend', 'revoke');
  const accounts = {
    ...room('preview', 'profiles', 'buckets', 'test', 'connect', 'select', 'remove'),
    dropTarget: vi.fn(() => TARGET),
  };
  const settings = {
    keyTemplate: '{random}/{name}',
    choose: vi.fn<Settings['choose']>(() => Promise.resolve()),
  };
  const files = new FileShelf({ sizeOf: () => Promise.resolve(7) });
  const changed = vi.fn<() => void>();
  const setShortcut = vi.fn<RequestRooms['setShortcut']>(() => true);
  const board = { version: '1.0.0' } as Board;
  const rooms = { shares, accounts, settings, files, changed, setShortcut, readBoard: () => board };
  const handlers = requestHandlers(rooms as unknown as RequestRooms);
  return { shares, accounts, settings, files, changed, setShortcut, board, handlers };
}

async function offered(files: FileShelf, ...paths: string[]): Promise<string[]> {
  return (await files.offer(paths)).flatMap((file) => (file.kind === 'file' ? file.fileId : []));
}

beforeEach(() => {
  vi.resetAllMocks();
  electron.windows = [];
});

describe('the handlers', () => {
  it('are those of the contract, all of them', () => {
    expect(Object.keys(scene().handlers).sort()).toEqual([...requestNames].sort());
  });

  it.each([
    ['copyShare', 'copy'],
    ['pauseShare', 'pause'],
    ['resumeShare', 'resume'],
    ['cancelShare', 'cancel'],
    ['revokeShare', 'revoke'],
  ] as const)(
    'of %s ask the board for that share, and say no more than that it is done',
    async (name, asked) => {
      const { handlers, shares } = scene();
      expect(await handlers[name](soundInputs[name])).toBeNull();
      expect(shares[asked]?.mock.calls[0]?.[0]).toBe(soundInputs[name].id);
    },
  );

  it('read a page as it was asked for', () => {
    const { handlers, shares } = scene();
    void handlers.readShares({ search: 'film', offset: 50, limit: 25 });
    expect(shares['page']?.mock.calls).toEqual([['film', 50, 25]]);
  });

  it('extend by the life that was asked for', () => {
    const { handlers, shares } = scene();
    void handlers.extendShare({ id: 'a1b2c3d4e5', life: LIFE });
    expect(shares['extend']?.mock.calls).toEqual([['a1b2c3d4e5', LIFE]]);
  });

  it.each([
    ['connectAccount', 'connect', draft],
    ['selectAccount', 'select', 'mine'],
    ['removeAccount', 'remove', 'mine'],
  ] as const)('of %s tell the window that the board has changed', async (name, asked, input) => {
    const { handlers, accounts, changed } = scene();
    const handle = handlers[name] as RequestHandlers['connectAccount'];
    expect(await handle(soundInputs[name] as { draft: typeof draft })).toBeNull();
    expect((accounts as Record<string, unknown>)[asked]).toHaveBeenCalledExactlyOnceWith(input);
    expect(changed).toHaveBeenCalledOnce();
  });

  it('keep the chosen life', async () => {
    const { handlers, settings, changed } = scene();
    await handlers.chooseLife({ life: LIFE });
    expect(settings.choose.mock.calls).toEqual([[{ life: LIFE }]]);
    expect(changed).toHaveBeenCalledOnce();
  });
});

describe('starting shares', () => {
  it('sends the files behind the ids to where drops go', async () => {
    const { handlers, files, shares } = scene();
    const fileIds = await offered(files, '/home/ada/a.txt', '/home/ada/b.txt');
    await handlers.startShares({ fileIds, life: LIFE });
    const { prefix, ...destination } = TARGET;
    expect(shares['start']?.mock.calls).toEqual([
      [
        ['/home/ada/a.txt', '/home/ada/b.txt'],
        destination,
        { life: LIFE, keyTemplate: '{random}/{name}', prefix },
      ],
    ]);
  });

  it('with an id that nobody was given starts none', () => {
    const { handlers, shares } = scene();
    expect(() => handlers.startShares(soundInputs.startShares)).toThrow(
      expect.objectContaining({ code: 'file-missing' }) as Error,
    );
    expect(shares['start']).not.toHaveBeenCalled();
  });

  it('while there is nowhere to send them leaves the files at hand', async () => {
    const { handlers, accounts, files } = scene();
    const fileIds = await offered(files, '/home/ada/a.txt');
    accounts.dropTarget.mockImplementation(() => {
      throw new SandglassError('account-unknown', 'No bucket is connected yet.');
    });
    expect(() => handlers.startShares({ fileIds, life: LIFE })).toThrow('No bucket');
    expect(files.take(fileIds[0] ?? '')).toBe('/home/ada/a.txt');
  });
});

describe('choosing files', () => {
  it('offers what was chosen in the window’s own dialog', async () => {
    const window = { id: 1 };
    electron.windows = [window];
    electron.showOpenDialog.mockResolvedValue({ canceled: false, filePaths: ['/home/ada/a.txt'] });
    expect(await scene().handlers.chooseFiles({})).toMatchObject([{ kind: 'file', name: 'a.txt', size: 7 }]);
    expect(electron.showOpenDialog.mock.calls[0]?.[0]).toBe(window);
  });

  it('offers nothing where it was called off', async () => {
    electron.showOpenDialog.mockResolvedValue({ canceled: true, filePaths: ['/home/ada/a.txt'] });
    expect(await scene().handlers.chooseFiles({})).toEqual([]);
  });
});

describe('changing preferences', () => {
  const input = { launchAtLogin: true, globalShortcut: 'Ctrl+Shift+S' };

  it('sets the shortcut, starts at login, and keeps what is kept in the settings', async () => {
    const { handlers, settings, setShortcut, changed } = scene();
    expect(await handlers.changePreferences(input)).toBeNull();
    expect(setShortcut.mock.calls).toEqual([['Ctrl+Shift+S']]);
    expect(electron.app.setLoginItemSettings).toHaveBeenCalledWith({
      openAtLogin: true,
      args: ['--in-the-tray'],
    });
    expect(settings.choose.mock.calls).toEqual([[{ globalShortcut: 'Ctrl+Shift+S' }]]);
    expect(changed).toHaveBeenCalledOnce();
  });

  it('keeps nothing where another program has the shortcut', async () => {
    const { handlers, settings, setShortcut, changed } = scene();
    setShortcut.mockReturnValue(false);
    await expect(handlers.changePreferences(input)).rejects.toMatchObject({ code: 'bad-usage' });
    expect(electron.app.setLoginItemSettings).not.toHaveBeenCalled();
    expect([settings.choose.mock.calls, changed.mock.calls]).toEqual([[], []]);
  });
});
