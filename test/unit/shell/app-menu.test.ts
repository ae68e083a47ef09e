import type { MenuItemConstructorOptions } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { setAppMenu, type MenuActions } from '../../../src/main/shell/app-menu.ts';

const shown = vi.hoisted((): { menu: unknown } => ({ menu: null }));
const openOutside = vi.hoisted(() => vi.fn<(page: string) => Promise<void>>(() => Promise.resolve()));

vi.mock('../../../src/main/shell/outside-pages.ts', () => ({ openOutside }));

vi.mock('electron', () => ({
  Menu: {
    buildFromTemplate: (template: unknown) => template,
    setApplicationMenu: (menu: unknown) => (shown.menu = menu),
  },
}));

const actions = {
  shareFile: vi.fn<MenuActions['shareFile']>(),
  connect: vi.fn<MenuActions['connect']>(),
  preferences: vi.fn<MenuActions['preferences']>(),
  copyDiagnostics: vi.fn<MenuActions['copyDiagnostics']>(),
};

function menuOn(platform: NodeJS.Platform): MenuItemConstructorOptions[] {
  setAppMenu(platform, actions);
  return shown.menu as MenuItemConstructorOptions[];
}

const fileItems = (platform: NodeJS.Platform) =>
  menuOn(platform).find(({ label }) => label === 'File')?.submenu as MenuItemConstructorOptions[];

beforeEach(() => {
  vi.clearAllMocks();
});

describe('the application’s menu', () => {
  it.each([
    ['Share a File…', 'CmdOrCtrl+O', 'shareFile'],
    ['Connect a Bucket…', undefined, 'connect'],
    ['Preferences…', 'CmdOrCtrl+,', 'preferences'],
  ] as const)('does what “%s” says, and nothing else', (label, accelerator, action) => {
    const item = fileItems('linux').find((each) => each.label === label);
    expect(item?.accelerator).toBe(accelerator);
    (item?.click as () => void)();
    expect(Object.entries(actions).filter(([, { mock }]) => mock.calls.length > 0)).toEqual([
      [action, actions[action]],
    ]);
  });

  it('ends with help, which leads to a page about links, copies diagnostics, and does nothing else', () => {
    const help = menuOn('linux').at(-1);
    expect(help).toMatchObject({ role: 'help', label: 'Help' });
    const [page, diagnostics, ...others] = help?.submenu as MenuItemConstructorOptions[];
    expect([page?.label, diagnostics?.label, others]).toEqual([
      ...['About Presigned Links (AWS)', 'Copy Diagnostics', []],
    ]);
    (page?.click as () => void)();
    expect(openOutside.mock.calls).toEqual([['presigned-links']]);
    expect(actions.copyDiagnostics).not.toHaveBeenCalled();
    (diagnostics?.click as () => void)();
    expect(actions.copyDiagnostics).toHaveBeenCalledOnce();
    expect(openOutside).toHaveBeenCalledOnce();
    expect(actions.shareFile).not.toHaveBeenCalled();
  });

  it('zooms in with the plus key as it lies on the keyboard, and with that of the number pad, beside its own', () => {
    const view = menuOn('linux').find(({ label }) => label === 'View')
      ?.submenu as MenuItemConstructorOptions[];
    expect(view.filter(({ visible }) => visible !== false).map(({ role }) => role)).toEqual([
      'resetZoom',
      'zoomIn',
      'zoomOut',
    ]);
    const hidden = view.filter(({ visible }) => visible === false);
    expect(hidden.map(({ role, accelerator }) => [role, accelerator])).toEqual([
      ['zoomIn', 'CmdOrCtrl+='],
      ['zoomIn', 'CmdOrCtrl+numadd'],
    ]);
  });

  it('begins with the app’s own menu on macOS, and only there', () => {
    expect(menuOn('darwin')[0]).toMatchObject({ role: 'appMenu' });
    for (const platform of ['linux', 'win32'] as const) {
      expect(menuOn(platform).map(({ role }) => role)).not.toContain('appMenu');
    }
  });

  it('lets text be cut, copied and pasted, and the window be closed and the app be quit', () => {
    const edit = menuOn('linux').find(({ role }) => role === 'editMenu');
    expect(edit?.submenu).toEqual(
      expect.arrayContaining([
        { role: 'cut', label: 'Cut' },
        { role: 'copy', label: 'Copy' },
        { role: 'paste', label: 'Paste' },
      ]),
    );
    expect(fileItems('linux').map(({ role }) => role)).toEqual(expect.arrayContaining(['close', 'quit']));
  });

  it('offers neither to load the page anew nor to look into it', () => {
    const roles = JSON.stringify(menuOn('darwin'));
    expect(roles).not.toMatch(/reload|toggleDevTools|viewMenu/i);
  });
});
