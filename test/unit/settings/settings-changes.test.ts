import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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
