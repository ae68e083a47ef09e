import { describe, expect, it, vi } from 'vitest';
import { isStartAtLogin, LoginItem } from '../../../src/main/shell/login-start.ts';

function system(wasOpenedAtLogin = false) {
  const kept: { args?: readonly string[] | undefined } = {};
  const app = {
    setLoginItemSettings: vi.fn<(settings: { openAtLogin?: boolean; args?: string[] }) => void>(
      ({ openAtLogin, args }) => (kept.args = openAtLogin ? args : undefined),
    ),
    /** As Windows does: an entry is found only by the arguments that it was written with. */
    getLoginItemSettings: (asked: { args?: string[] } = {}) => ({
      openAtLogin: kept.args !== undefined && String(kept.args) === String(asked.args ?? []),
      wasOpenedAtLogin,
    }),
  };
  return app as unknown as ConstructorParameters<typeof LoginItem>[0];
}

describe('the start at login', () => {
  it('is found again by the arguments that it was set with, and is ended', () => {
    const item = new LoginItem(system());
    expect(item.isOn()).toBe(false);
    item.set(true);
    expect(item.isOn()).toBe(true);
    item.set(false);
    expect(item.isOn()).toBe(false);
  });

  it.each<readonly [string, readonly string[], NodeJS.Platform, boolean, boolean]>([
    ['told by its argument', ['app', '--in-the-tray'], 'linux', false, true],
    ['told by macOS itself', ['app'], 'darwin', true, true],
    ['a person’s own on macOS', ['app'], 'darwin', false, false],
    ['a person’s own elsewhere', ['app', 'file'], 'win32', true, false],
  ])('is known: %s', (_what, argv, platform, opened, answer) => {
    expect(isStartAtLogin(system(opened), argv, platform)).toBe(answer);
  });
});
