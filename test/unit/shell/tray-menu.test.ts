import type { MenuItemConstructorOptions } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { TrayMenu, type TrayActions } from '../../../src/main/shell/tray-menu.ts';
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
    pauseAll: vi.fn<TrayActions['pauseAll']>(),
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
    const called = (['copy', 'shareFile', 'open', 'pauseAll', 'quit'] as const).filter(
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

  it('opens the window at a click on the icon itself', () => {
    const { actions } = scene(1);
    shown.listeners.get('click')?.();
    expect(actions.open).toHaveBeenCalledOnce();
  });
});
