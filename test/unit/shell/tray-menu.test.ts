import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { MenuItemConstructorOptions } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { trayImage, TrayMenu, type TrayActions } from '../../../src/main/shell/tray-menu.ts';
import { shareRowOf } from '../../../src/main/board/share-rows.ts';
import { recordOf } from '../board/records.ts';
import { HOUR, NOON } from '../board/scripted-share.ts';

const shown = vi.hoisted(() => ({
  menus: [] as unknown[],
  listeners: new Map<string, () => void>(),
  image: '',
}));

vi.mock('electron', () => ({
  nativeImage: { createFromPath: (path: string) => (shown.image = path) },
  Menu: { buildFromTemplate: (template: unknown) => template },
  Tray: class {
    setToolTip = vi.fn();
    setContextMenu(menu: unknown) {
      shown.menus.push(menu);
    }
    on(name: string, listener: () => void) {
      shown.listeners.set(name, listener);
    }
  },
}));

const row = (place: number, name = `film ${place}.mp4`) =>
  shareRowOf(recordOf(`${place}`.padStart(10, '0'), { name, status: 'live' }));

function scene(count: number) {
  const time = { now: NOON };
  const actions = {
    recent: vi.fn<TrayActions['recent']>(() => Array.from({ length: count }, (_, place) => row(place))),
    now: () => time.now,
    copy: vi.fn<TrayActions['copy']>(),
    shareFile: vi.fn<TrayActions['shareFile']>(),
    open: vi.fn<TrayActions['open']>(),
    isAllPaused: vi.fn<TrayActions['isAllPaused']>(() => false),
    pauseAll: vi.fn<TrayActions['pauseAll']>(),
    resumeAll: vi.fn<TrayActions['resumeAll']>(),
    quit: vi.fn<TrayActions['quit']>(),
  };
  const tray = new TrayMenu('/app/assets/tray.png', actions);
  return { time, actions, tray };
}

const menu = () => shown.menus.at(-1) as MenuItemConstructorOptions[];
const labels = () => menu().map(({ label, type }) => label ?? type);
const click = (label: string) => {
  const item = menu().find((each) => each.label === label);
  (item?.click as (() => void) | undefined)?.();
};
const ACTIONS = ['separator', 'Share a file…', 'Open Sandglass', 'Pause all', 'separator', 'Quit Sandglass'];

beforeEach(() => {
  shown.menus.length = 0;
  shown.listeners.clear();
});

describe('the tray’s menu', () => {
  it('lists the live links with what each has left, above its actions', () => {
    scene(2);
    expect(shown.image).toBe('/app/assets/tray.png');
    expect(labels()).toEqual(['film 0.mp4: 1 h left', 'film 1.mp4: 1 h left', ...ACTIONS]);
  });

  it('says where there are none, and that is nothing to click', () => {
    scene(0);
    expect(labels()).toEqual(['No live links', ...ACTIONS]);
    expect(menu()[0]).toEqual({ label: 'No live links', enabled: false });
  });

  it('lists ten at most, the first ones', () => {
    scene(12);
    const links = labels().slice(0, labels().indexOf('separator'));
    expect(links).toEqual(Array.from({ length: 10 }, (_, place) => `film ${place}.mp4: 1 h left`));
  });

  it('shows a name letter for letter, with signs that a menu would take for marks', () => {
    const { tray, actions } = scene(0);
    actions.recent.mockReturnValue([row(0, 'Q&A && more\t1\n2.txt')]);
    tray.refresh();
    expect(labels()[0]).toBe('Q&&A &&&& more 1 2.txt: 1 h left');
  });

  it('copies the very link that is clicked', () => {
    const { actions } = scene(3);
    click('film 1.mp4: 1 h left');
    expect(actions.copy.mock.calls).toEqual([['0000000001']]);
  });

  it.each([
    ['Share a file…', 'shareFile'],
    ['Open Sandglass', 'open'],
    ['Pause all', 'pauseAll'],
    ['Quit Sandglass', 'quit'],
  ] as const)('does what “%s” says, and nothing else', (label, action) => {
    const { actions } = scene(1);
    click(label);
    const called = (['copy', 'shareFile', 'open', 'pauseAll', 'resumeAll', 'quit'] as const).filter(
      (name) => actions[name].mock.calls.length > 0,
    );
    expect(called).toEqual([action]);
  });

  it('is written anew with the time and the links of that moment', () => {
    const { time, tray, actions } = scene(1);
    time.now = NOON + HOUR - 61_000;
    tray.refresh();
    expect(labels()[0]).toBe('film 0.mp4: 1 min 1 s left');
    actions.recent.mockReturnValue([]);
    tray.refresh();
    expect(labels()[0]).toBe('No live links');
  });

  it('offers to go on where everything is paused', () => {
    const { tray, actions } = scene(0);
    actions.isAllPaused.mockReturnValue(true);
    tray.refresh();
    expect(labels()).toContain('Resume all');
    expect(labels()).not.toContain('Pause all');
    click('Resume all');
    expect([actions.resumeAll.mock.calls.length, actions.pauseAll.mock.calls.length]).toEqual([1, 0]);
  });

  it('is left alone where it would say the same, for it may be open', () => {
    const { tray, actions } = scene(1);
    tray.refresh();
    expect(shown.menus).toHaveLength(1);
    // Another share that looks the same is another link to copy.
    actions.recent.mockReturnValue([row(7, 'film 0.mp4')]);
    tray.refresh();
    expect(shown.menus).toHaveLength(2);
  });

  it('stays as it is where the links cannot be read just now', () => {
    const { tray, actions } = scene(1);
    actions.recent.mockImplementation(() => {
      throw new Error('busy');
    });
    tray.refresh();
    expect(labels()[0]).toBe('film 0.mp4: 1 h left');
  });

  it('opens the window at a click on the icon itself', () => {
    const { actions } = scene(1);
    shown.listeners.get('click')?.();
    expect(actions.open).toHaveBeenCalledOnce();
  });
});

describe('the tray’s picture', () => {
  const assets = join(import.meta.dirname, '../../../assets');
  const pixels = async (path: string) => {
    const bytes = await readFile(path);
    return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  };

  it('is one that macOS may paint in its own colour, at both of its sharpnesses', async () => {
    const path = trayImage(assets, 'darwin');
    expect(basename(path)).toMatch(/Template\.png$/);
    expect(await pixels(path)).toEqual([16, 16]);
    expect(await pixels(path.replace('.png', '@2x.png'))).toEqual([32, 32]);
  });

  it.each(['linux', 'win32'] as const)('is in colour on %s', async (platform) => {
    const path = trayImage(assets, platform);
    expect(basename(path)).toBe('tray.png');
    expect(await pixels(path)).toEqual([32, 32]);
  });
});
