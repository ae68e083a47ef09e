import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { invitationHandlers, type InvitationRooms } from '../../../src/main/shell/invitation-requests.ts';
import { ipcContract } from '../../../src/shared/ipc-contract.ts';
import { soundInputs } from './contract-inputs.ts';

const electron = vi.hoisted(() => ({ windows: [] as unknown[], showSaveDialog: vi.fn() }));

vi.mock('electron', () => ({
  BrowserWindow: { getAllWindows: () => electron.windows },
  dialog: { showSaveDialog: electron.showSaveDialog },
}));

const ID = 'a1b2c3d4e5';
const PAGE = { fileName: 'Upload to in.html', html: '<p>A form</p>' };
let folder: string;

function scene() {
  const room = (...names: string[]) =>
    Object.fromEntries(
      names.map((name) => [
        name,
        vi.fn<(...asked: unknown[]) => Promise<unknown>>(() => Promise.resolve(name)),
      ]),
    );
  const invitations = {
    ...room('byLink', 'byForm', 'extend', 'show', 'copy'),
    page: vi.fn<(id: string) => Promise<typeof PAGE>>(() => Promise.resolve(PAGE)),
  };
  const awaited = {
    look: vi.fn<(id: string) => Promise<number>>(() => Promise.resolve(1)),
    lookAtAll: vi.fn<() => Promise<number>>(() => Promise.resolve(2)),
  };
  const changed = vi.fn<() => void>();
  const handlers = invitationHandlers({ invitations, awaited, changed } as unknown as InvitationRooms);
  return { invitations: invitations as Record<string, ReturnType<typeof vi.fn>>, awaited, changed, handlers };
}

beforeEach(async () => {
  vi.resetAllMocks();
  electron.windows = [];
  folder = await mkdtemp(join(tmpdir(), 'sandglass-page-'));
});

afterEach(() => rm(folder, { recursive: true }));

describe('inviting from the window', () => {
  it.each([
    ['inviteByLink', 'byLink', [soundInputs.inviteByLink]],
    ['inviteByForm', 'byForm', [soundInputs.inviteByForm]],
    ['extendInvitation', 'extend', [ID, soundInputs.extendInvitation.life]],
  ] as const)('%s asks the desk, and tells the window the server’s time', async (name, asked, given) => {
    const { handlers, invitations, changed } = scene();
    expect(await (handlers[name] as (input: unknown) => unknown)(soundInputs[name])).toBe(asked);
    expect(invitations[asked]?.mock.calls).toEqual([given]);
    expect(changed).toHaveBeenCalledOnce();
  });

  it('shows and copies what was made', async () => {
    const { handlers, invitations } = scene();
    expect(await handlers.showInvitation({ id: ID })).toBe('show');
    expect(await handlers.copyInvitation({ id: ID, what: 'address' })).toBeNull();
    expect(invitations['copy']?.mock.calls).toEqual([[ID, 'address']]);
  });

  it('looks for one, or for all', async () => {
    const { handlers, awaited } = scene();
    expect(await handlers.lookForArrivals({ id: ID })).toEqual({ arrived: 1 });
    expect(awaited.look.mock.calls).toEqual([[ID]]);
    expect(await handlers.lookForArrivals({ id: null })).toEqual({ arrived: 2 });
  });

  it.each<readonly [string, 'inviteByLink' | 'inviteByForm' | 'copyInvitation' | 'lookForArrivals', object]>([
    ['a path of the disk', 'inviteByLink', { path: '/home/ada/a.txt' }],
    ['no name', 'inviteByLink', { name: '' }],
    ['a life of eight days', 'inviteByLink', { life: { kind: 'seconds', seconds: 691_200 } }],
    ['less than nothing', 'inviteByForm', { minBytes: -1 }],
    ['half a byte', 'inviteByForm', { maxBytes: 0.5 }],
    ['another text', 'copyInvitation', { what: 'secret' }],
    ['no id', 'lookForArrivals', { id: '../history' }],
  ])('lets %s not through', (_what, name, spoiled) => {
    const { input } = ipcContract.requests[name];
    expect(input.safeParse(soundInputs[name]).success).toBe(true);
    expect(input.safeParse({ ...soundInputs[name], ...spoiled }).success).toBe(false);
  });
});

describe('the page of a form', () => {
  const into = (path: string) => {
    electron.showSaveDialog.mockResolvedValue({ canceled: false, filePath: path });
    return path;
  };

  it('is written where the window’s own dialog is told, for its owner’s eyes alone', async () => {
    const window = { id: 1 };
    electron.windows = [window];
    const path = into(join(folder, 'here.html'));
    await writeFile(path, 'what was there before, longer than the page', { mode: 0o644 });
    expect(await scene().handlers.saveUploadPage({ id: ID })).toEqual({ saved: true });
    expect(await readFile(path, 'utf8')).toBe(PAGE.html);
    expect((await stat(path)).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o600);
    expect(electron.showSaveDialog.mock.calls[0]).toMatchObject([window, { defaultPath: PAGE.fileName }]);
  });

  it('is not written where that was called off', async () => {
    electron.showSaveDialog.mockResolvedValue({ canceled: true, filePath: '' });
    expect(await scene().handlers.saveUploadPage({ id: ID })).toEqual({ saved: false });
  });

  it('that cannot be written says so, and not where', async () => {
    into(join(folder, 'missing', 'here.html'));
    const failing = scene().handlers.saveUploadPage({ id: ID });
    await expect(failing).rejects.toMatchObject({ code: 'file-unreadable' });
    await expect(failing).rejects.toThrow(/^The page cannot be written there \(ENOENT\)\.$/);
  });
});
