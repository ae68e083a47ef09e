import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { RequestHandlers } from '../../../src/main/shell/request-server.ts';
import { SandglassError } from '../../../src/shared/errors.ts';
import { draft, FILE_ID, requestNames, soundInputs } from './contract-inputs.ts';
import { LIFE, scene, TARGET } from './scripted-requests.ts';

const electron = vi.hoisted(() => ({
  windows: [] as unknown[],
  showOpenDialog: vi.fn(),
}));

vi.mock('electron', () => ({
  BrowserWindow: { getAllWindows: () => electron.windows },
  dialog: { showOpenDialog: electron.showOpenDialog },
}));

async function offered(handlers: RequestHandlers, ...paths: string[]): Promise<string[]> {
  const files = await handlers.offerFiles({ paths });
  return files.flatMap((file) => (file.kind === 'file' ? file.fileId : []));
}

beforeEach(() => {
  vi.resetAllMocks();
  electron.windows = [];
});

describe('the handlers', () => {
  it('tell of a revoked share which was done', async () => {
    const { handlers, shares } = scene();
    shares['revoke']?.mockResolvedValueOnce('hidden');
    expect(await handlers.revokeShare(soundInputs.revokeShare)).toEqual({ did: 'hidden' });
  });

  it('start shares with their options, once S3’s rules hold for these', async () => {
    const { handlers, shares, files } = scene();
    const [offered] = await files.offer(['/a.txt']);
    const fileIds = offered?.kind === 'file' ? [offered.fileId] : [];
    const start = (name: string) =>
      handlers.startShares({
        ...{ fileIds, life: LIFE },
        options: { tags: [[name, 'x']], metadata: [], goneAtEnd: true },
      });
    await expect(async () => start('aws:mine')).rejects.toThrow('AWS’s own');
    expect(shares['start']).not.toHaveBeenCalled();
    await start('mine');
    expect(shares['start']?.mock.calls[0]?.[2]).toMatchObject({
      ...{ goneAtEnd: true, description: { tags: { mine: 'x' } } },
    });
  });

  it('are those of the contract, all of them', () => {
    expect(Object.keys(scene().handlers).sort()).toEqual([...requestNames].sort());
  });

  it.each([
    ['copyShare', 'copy'],
    ['pauseShare', 'pause'],
    ['resumeShare', 'resume'],
    ['cancelShare', 'cancel'],
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
    const { handlers, shares } = scene();
    const fileIds = await offered(handlers, '/home/ada/a.txt', '/home/ada/b.txt');
    await handlers.startShares({ fileIds, life: LIFE });
    const { prefix, ...destination } = TARGET;
    expect(shares['start']?.mock.calls).toEqual([
      [
        ['/home/ada/a.txt', '/home/ada/b.txt'],
        destination,
        { life: LIFE, keyTemplate: '{random}/{name}', prefix, again: false },
      ],
    ]);
  });

  it('with an id that nobody was given starts none', async () => {
    const { handlers, shares } = scene();
    await expect(handlers.startShares(soundInputs.startShares)).rejects.toMatchObject({
      code: 'file-missing',
    });
    expect(shares['start']).not.toHaveBeenCalled();
  });

  it.each([
    ['that nobody was given', (ids: readonly string[]) => [...ids, FILE_ID]],
    ['that stands there twice', (ids: readonly string[]) => [...ids, ...ids]],
  ])('with an id %s uses up none of the others', async (_what, spoiled) => {
    const { handlers, shares } = scene();
    const fileIds = await offered(handlers, '/home/ada/a.txt', '/home/ada/b.txt');
    await expect(handlers.startShares({ fileIds: spoiled(fileIds), life: LIFE })).rejects.toThrow(
      'no longer at hand',
    );
    expect(shares['start']).not.toHaveBeenCalled();
    await handlers.startShares({ fileIds, life: LIFE });
    expect(shares['start']?.mock.calls[0]?.[0]).toEqual(['/home/ada/a.txt', '/home/ada/b.txt']);
  });

  it('takes each id once', async () => {
    const { handlers } = scene();
    const fileIds = await offered(handlers, '/home/ada/a.txt');
    await handlers.startShares({ fileIds, life: LIFE });
    await expect(handlers.startShares({ fileIds, life: LIFE })).rejects.toThrow('no longer at hand');
  });

  it('sends what runs already once more where that is wished, under the same id, and only that', async () => {
    const { handlers, shares } = scene();
    const fileIds = await offered(handlers, '/home/ada/a.txt', '/home/ada/b.txt');
    const results = [{ kind: 'started' }, { kind: 'running' }];
    shares['start']?.mockReturnValueOnce(results);
    expect(await handlers.startShares({ fileIds, life: LIFE })).toEqual(results);
    const [started = '', running = ''] = fileIds;
    await expect(handlers.startShares({ fileIds: [started], life: LIFE, again: true })).rejects.toThrow(
      'no longer at hand',
    );
    await handlers.startShares({ fileIds: [running], life: LIFE, again: true });
    expect(shares['start']?.mock.lastCall?.[0]).toEqual(['/home/ada/b.txt']);
    expect(shares['start']?.mock.lastCall?.[2]).toMatchObject({ again: true });
  });

  it('while there is nowhere to send them leaves the files at hand', async () => {
    const { handlers, accounts, files } = scene();
    const fileIds = await offered(handlers, '/home/ada/a.txt');
    accounts.dropTarget.mockImplementationOnce(() => {
      throw new SandglassError('account-unknown', 'No bucket is connected yet.');
    });
    await expect(handlers.startShares({ fileIds, life: LIFE })).rejects.toThrow('No bucket');
    expect(files.take(fileIds)).toEqual(['/home/ada/a.txt']);
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

  it('opens one dialog however often it is asked for, and another once that is closed', async () => {
    const answer = Promise.withResolvers<object>();
    electron.showOpenDialog.mockReturnValueOnce(answer.promise);
    const { handlers } = scene();
    const asked = [1, 2, 3].map(async () => handlers.chooseFiles({}));
    answer.resolve({ canceled: false, filePaths: ['/home/ada/a.txt'] });
    expect((await Promise.all(asked)).map((files) => files.length)).toEqual([1, 0, 0]);
    electron.showOpenDialog.mockResolvedValueOnce({ canceled: true, filePaths: [] });
    await handlers.chooseFiles({});
    expect(electron.showOpenDialog).toHaveBeenCalledTimes(2);
  });
});

describe('changing preferences', () => {
  const input = { launchAtLogin: true, globalShortcut: 'Ctrl+Shift+S', bandwidth: 'off' };

  it('sets the shortcut, starts at login, and keeps what is kept in the settings', async () => {
    const { handlers, settings, setShortcut, loginStart, changed } = scene();
    expect(await handlers.changePreferences(input)).toBeNull();
    expect(setShortcut.mock.calls).toEqual([['Ctrl+Shift+S']]);
    expect(loginStart.set.mock.calls).toEqual([[true]]);
    expect(settings.choose.mock.calls).toEqual([[{ globalShortcut: 'Ctrl+Shift+S' }]]);
    expect(changed).toHaveBeenCalledOnce();
  });

  it('keeps nothing where another program has the shortcut', async () => {
    const { handlers, settings, setShortcut, loginStart, changed } = scene();
    setShortcut.mockReturnValue(false);
    await expect(handlers.changePreferences(input)).rejects.toMatchObject({ code: 'bad-usage' });
    expect(loginStart.set).not.toHaveBeenCalled();
    expect([settings.choose.mock.calls, changed.mock.calls]).toEqual([[], []]);
  });

  it('touches nothing that stays: a kept shortcut that is taken holds up no start at login', async () => {
    const { handlers, settings, setShortcut, loginStart } = scene();
    settings.globalShortcut = 'Ctrl+Shift+S';
    setShortcut.mockReturnValue(false);
    await handlers.changePreferences(input);
    await handlers.changePreferences(input);
    expect([setShortcut.mock.calls, settings.choose.mock.calls]).toEqual([[], []]);
    expect(loginStart.set.mock.calls).toEqual([[true]]);
  });

  it('says where the system does not do what was wished, and tells the window what holds', async () => {
    const { handlers, loginStart, changed } = scene();
    loginStart.set.mockReturnValue(undefined);
    await expect(handlers.changePreferences(input)).rejects.toMatchObject({ code: 'refused' });
    expect(changed).toHaveBeenCalledOnce();
  });
});
