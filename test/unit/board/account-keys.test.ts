import { describe, expect, it, vi } from 'vitest';
import { BARE, buckets, desk, DRAFT, ENDPOINT, PAIR, settings, vault } from './scripted-accounts.ts';
import { failure } from './scripted-share.ts';

const OTHER = { accessKeyId: 'AKIAOTHER', secretAccessKey: 'other/secret' };
const again = { ...DRAFT, keys: { in: 'keychain', ...OTHER } } as const;

describe('an account whose keys are gone', () => {
  it('gets others by being connected anew, and is the one that drops go to', async () => {
    await desk().connect(DRAFT);
    await desk().connect(BARE);
    await vault.remove('mine');
    await desk().connect(again);
    expect(await vault.read('mine')).toEqual(OTHER);
    expect([Object.keys(settings.accounts), settings.currentAccount]).toEqual([['mine', 'work'], 'mine']);
  });

  it('is not turned into another place by that', async () => {
    await desk().connect(DRAFT);
    await vault.remove('mine');
    await expect(desk().connect({ ...again, bucket: 'elsewhere' })).rejects.toMatchObject({
      code: 'account-exists',
    });
    expect([await vault.read('mine'), settings.account('mine').bucket]).toEqual([null, 'films']);
  });
});

describe('the keys of an account', () => {
  it('are replaced where that is wished, and the account stays as it is', async () => {
    await desk().connect(DRAFT);
    const before = settings.account('mine');
    await desk().renewKeys('mine', OTHER);
    expect([await vault.read('mine'), settings.account('mine')]).toEqual([OTHER, before]);
  });

  it('are not replaced where a profile gives them, nor where nobody knows the account', async () => {
    await desk().connect(BARE);
    await expect(desk().renewKeys('work', OTHER)).rejects.toMatchObject({ code: 'bad-usage' });
    await expect(desk().renewKeys('nobody', OTHER)).rejects.toMatchObject({ code: 'account-unknown' });
    expect(await vault.read('work')).toBeNull();
  });

  it('stay where the keychain refuses the others', async () => {
    await desk().connect(DRAFT);
    vi.spyOn(vault, 'save').mockRejectedValue(failure('keychain-locked'));
    await expect(desk().renewKeys('mine', OTHER)).rejects.toMatchObject({ code: 'keychain-locked' });
    expect(await vault.read('mine')).toEqual(PAIR);
  });
});

describe('looking for a keychain', () => {
  it('asks it for something that is not there, and keeps nothing', async () => {
    const read = vi.spyOn(vault, 'read');
    await desk().probeVault();
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('fails for nobody, for what stands in the way is told when keys are kept', async () => {
    vi.spyOn(vault, 'read').mockRejectedValue(failure('keychain-locked'));
    await expect(desk().probeVault()).resolves.toBeUndefined();
  });
});

describe('another place than the account’s own', () => {
  it('is reached with the account’s keys and server', async () => {
    await desk().connect(DRAFT);
    const { source, ...target } = desk().dropTarget({ bucket: 'reels', prefix: 'cut/' });
    expect(target).toEqual({ bucket: 'reels', endpoint: ENDPOINT, prefix: 'cut/' });
    expect(source.origin).toEqual({ kind: 'account', name: 'mine' });
  });

  it('is reached by an account too that names no bucket', async () => {
    await desk().connect({ ...BARE, bucket: null });
    expect(desk().dropTarget({ bucket: 'reels', prefix: '' })).toMatchObject({ bucket: 'reels' });
  });

  it('is nowhere before an account is connected', async () => {
    expect(() => desk().dropTarget({ bucket: 'reels', prefix: '' })).toThrow('No bucket is connected yet.');
    await expect(desk().ownBuckets()).rejects.toMatchObject({ code: 'account-unknown' });
  });

  it('is found among the buckets that the account’s keys may list', async () => {
    await desk().connect(DRAFT);
    expect(await desk().ownBuckets()).toEqual(['films', 'reels']);
    expect(buckets.mock.calls).toEqual([[ENDPOINT, PAIR]]);
  });
});
