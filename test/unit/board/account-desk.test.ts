import { describe, expect, it, vi } from 'vitest';
import { Settings } from '../../../src/main/settings/settings.ts';
import {
  BARE,
  desk,
  DRAFT,
  ENDPOINT,
  folder,
  locate,
  PAIR,
  settings,
  stored,
  vault,
} from './scripted-accounts.ts';
import { failure } from './scripted-share.ts';

describe('connecting an account', () => {
  it('keeps its keys in the vault and nowhere else, and shares from it from then on', async () => {
    await desk().connect(DRAFT);
    expect(await vault.read('mine')).toEqual(PAIR);
    expect(stored()).not.toMatch(/AKIACANARY|canary/);
    expect(settings.account('mine')).toEqual({
      ...{ keys: { in: 'keychain' }, endpoint: 'https://s3.example.org', region: 'eu-west-1' },
      ...{ pathStyle: true, bucket: 'films', prefix: 'inbox' },
    });
    expect(settings.currentAccount).toBe('mine');
  });

  it('of a profile keeps nothing in the vault, and leaves out what was left out', async () => {
    const save = vi.spyOn(vault, 'save');
    await desk().connect(BARE);
    expect(settings.account('work')).toEqual({ keys: { in: 'profile', profile: 'sso' }, bucket: 'reels' });
    expect([settings.currentAccount, save.mock.calls]).toEqual(['work', []]);
  });

  it('keeps nothing where the vault refuses the keys', async () => {
    vi.spyOn(vault, 'save').mockRejectedValue(failure('keychain-locked'));
    await expect(desk().connect(DRAFT)).rejects.toMatchObject({ code: 'keychain-locked' });
    const again = await Settings.open(folder);
    expect([again.accounts, again.currentAccount]).toEqual([{}, null]);
  });

  it('leaves an account of the same name and its keys as they are', async () => {
    await desk().connect(DRAFT);
    const other = { ...DRAFT, keys: { in: 'keychain', accessKeyId: 'B', secretAccessKey: 'C' } } as const;
    await expect(desk().connect(other)).rejects.toMatchObject({ code: 'account-exists' });
    expect(await vault.read('mine')).toEqual(PAIR);
  });

  it.each([
    ['a name that is none', { name: '__proto__' }],
    ['an endpoint that is none', { endpoint: 'example.org' }],
    ['an endpoint with a password', { endpoint: 'https://u:p@example.org' }],
    ['a bucket that is none', { bucket: 'x' }],
  ])('is refused for %s before the vault is asked', async (_what, change) => {
    const save = vi.spyOn(vault, 'save');
    await expect(desk().connect({ ...DRAFT, ...change })).rejects.toMatchObject({ code: 'bad-usage' });
    expect([save.mock.calls, settings.accounts]).toEqual([[], {}]);
  });
});

describe('before the first drop', () => {
  it('the bucket’s region is asked for when an account is connected, and when it is chosen again', async () => {
    const desktop = desk();
    await desktop.connect(DRAFT);
    await vi.waitFor(() => {
      expect(locate.mock.calls).toEqual([['films', ENDPOINT, PAIR]]);
    });
    await desktop.connect(BARE);
    await desktop.select('mine');
    await vi.waitFor(() => {
      expect(locate.mock.calls.map(([bucket]) => bucket)).toEqual(['films', 'reels', 'films']);
    });
  });

  it('what cannot be asked is left to the drop, and nothing is asked where no bucket is connected', async () => {
    const desktop = desk();
    await desktop.prepare();
    expect(locate).not.toHaveBeenCalled();
    await desktop.connect(DRAFT);
    locate.mockRejectedValueOnce(failure('unreachable'));
    await expect(desktop.prepare()).resolves.toBeUndefined();
  });
});

describe('the accounts', () => {
  it('are told with where their keys lie, and without the keys', async () => {
    await desk().connect(DRAFT);
    await desk().connect(BARE);
    const summaries = desk().summaries();
    expect(summaries).toEqual([
      {
        ...{ name: 'mine', keysIn: 'memory', profile: null },
        ...{ endpoint: 'https://s3.example.org', bucket: 'films' },
      },
      { name: 'work', keysIn: 'profile', profile: 'sso', endpoint: null, bucket: 'reels' },
    ]);
  });

  it('are chosen by name, and an unknown one is not', async () => {
    await desk().connect(DRAFT);
    await desk().connect(BARE);
    await desk().select('mine');
    expect(settings.currentAccount).toBe('mine');
    await expect(desk().select('nobody')).rejects.toMatchObject({ code: 'account-unknown' });
    expect(settings.currentAccount).toBe('mine');
  });

  it('name the profiles of ~/.aws', async () => {
    expect(await desk().profiles()).toEqual(['default', 'sso']);
  });
});

describe('removing an account', () => {
  it('forgets its keys and turns to the next one, then to none', async () => {
    await desk().connect(BARE);
    await desk().connect(DRAFT);
    await desk().remove('mine');
    expect([await vault.read('mine'), settings.currentAccount]).toEqual([null, 'work']);
    await desk().remove('work');
    expect([settings.accounts, settings.currentAccount]).toEqual([{}, null]);
  });

  it('that is not the current one leaves the current one', async () => {
    await desk().connect(BARE);
    await desk().connect(DRAFT);
    await desk().remove('work');
    expect(settings.currentAccount).toBe('mine');
  });

  it('of a profile asks no vault', async () => {
    const remove = vi.spyOn(vault, 'remove');
    await desk().connect(BARE);
    await desk().remove('work');
    expect(remove).not.toHaveBeenCalled();
  });

  it('leaves it where the vault does not let go of the keys', async () => {
    await desk().connect(DRAFT);
    vi.spyOn(vault, 'remove').mockRejectedValue(failure('keychain-locked'));
    await expect(desk().remove('mine')).rejects.toMatchObject({ code: 'keychain-locked' });
    expect([Object.keys(settings.accounts), settings.currentAccount]).toEqual([['mine'], 'mine']);
  });

  it('that nobody knows is refused', async () => {
    await expect(desk().remove('nobody')).rejects.toMatchObject({ code: 'account-unknown' });
  });
});

describe('where drops go', () => {
  it('is the current account’s bucket, under its prefix, with its own keys', async () => {
    await desk().connect(DRAFT);
    const { source: keys, ...target } = desk().dropTarget();
    expect(target).toEqual({ bucket: 'films', endpoint: ENDPOINT, prefix: 'inbox' });
    expect(keys.origin).toEqual({ kind: 'account', name: 'mine' });
  });

  it('is nowhere before an account is connected', () => {
    expect(() => desk().dropTarget()).toThrow(
      expect.objectContaining({ code: 'account-unknown', next: 'Connect one first.' }) as Error,
    );
  });

  it('is nowhere where the account names no bucket', async () => {
    await desk().connect({ ...BARE, bucket: null });
    expect(() => desk().dropTarget()).toThrow(expect.objectContaining({ code: 'account-unknown' }) as Error);
  });
});
