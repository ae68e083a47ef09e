import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseBandwidth } from '../../../src/shared/bandwidth.ts';
import { Settings } from '../../../src/main/settings/settings.ts';
import { FULL } from './full-account.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandglass-settings-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('an account that is added', () => {
  it.each(['', ' ', '__proto__', '-x', '../up', 'a/b', 'a\nb', 'x'.repeat(65)])(
    'cannot be called %j, and the file stays as it was',
    async (name) => {
      const settings = await Settings.open(folder);
      await settings.addAccount('mine', FULL);
      await expect(settings.addAccount(name, FULL)).rejects.toMatchObject({ code: 'bad-usage' });
      expect(Object.keys((await Settings.open(folder)).accounts)).toEqual(['mine']);
    },
  );
});

describe('a change', () => {
  it('is kept: what two processes write one after the other, and what one writes at once', async () => {
    const [window, command] = [await Settings.open(folder), await Settings.open(folder)];
    await window.addAccount('mine', FULL);
    await Promise.all([
      command.rememberRegion(undefined, 'films', 'eu-west-1'),
      command.rememberRegion(undefined, 'music', 'eu-west-3'),
    ]);
    const later = await Settings.open(folder);
    expect(Object.keys(later.accounts)).toEqual(['mine']);
    expect([later.regionOf(undefined, 'films'), later.regionOf(undefined, 'music')]).toEqual([
      'eu-west-1',
      'eu-west-3',
    ]);
  });
});

describe('the bandwidth', () => {
  it('is not limited at first, and kept once it is chosen', async () => {
    const settings = await Settings.open(folder);
    expect(settings.bandwidth).toEqual([]);
    const plan = parseBandwidth('08:00,512k 19:00,off');
    await settings.choose({ bandwidth: [...plan] });
    expect([settings.bandwidth, (await Settings.open(folder)).bandwidth]).toEqual([plan, plan]);
  });

  it('stays as it is where something else is chosen', async () => {
    const settings = await Settings.open(folder);
    await settings.choose({ bandwidth: [{ fromMinute: 0, bytesPerSecond: 1_000 }] });
    await settings.choose({ globalShortcut: null });
    expect((await Settings.open(folder)).bandwidth).toEqual([{ fromMinute: 0, bytesPerSecond: 1_000 }]);
  });

  it.each([
    [{ fromMinute: 1_440, bytesPerSecond: 1 }],
    [{ fromMinute: -1, bytesPerSecond: 1 }],
    [{ fromMinute: 0.5, bytesPerSecond: 1 }],
    [{ fromMinute: 0, bytesPerSecond: 0 }],
    [{ fromMinute: 0, bytesPerSecond: '1M' }],
    [{ fromMinute: 0 }],
    [{ fromMinute: 0, bytesPerSecond: 1, until: 5 }],
  ])('of %j in the file is damage that is left as it is', async (step) => {
    writeFileSync(join(folder, 'settings.json'), JSON.stringify({ version: 1, bandwidth: [step] }));
    await expect(Settings.open(folder)).rejects.toMatchObject({ code: 'settings-damaged' });
  });
});
