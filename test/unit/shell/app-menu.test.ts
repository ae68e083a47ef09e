import type { MenuItemConstructorOptions } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { setAppMenu, type MenuActions } from '../../../src/main/shell/app-menu.ts';

const shown = vi.hoisted((): { menu: unknown } => ({ menu: null }));

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

  it('begins with the app’s own menu on macOS, and only there', () => {
    expect(menuOn('darwin')[0]).toEqual({ role: 'appMenu' });
    for (const platform of ['linux', 'win32'] as const) {
      expect(menuOn(platform).map(({ role }) => role)).not.toContain('appMenu');
    }
  });

  it('lets text be cut, copied and pasted, and the window be closed and the app be quit', () => {
    expect(menuOn('linux')).toContainEqual({ role: 'editMenu', label: 'Edit' });
    expect(fileItems('linux')).toEqual(expect.arrayContaining([{ role: 'close' }, { role: 'quit' }]));
  });

  it('offers neither to load the page anew nor to look into it', () => {
    const roles = JSON.stringify(menuOn('darwin'));
    expect(roles).not.toMatch(/reload|toggleDevTools|viewMenu/i);
  });
});
