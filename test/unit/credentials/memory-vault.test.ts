import { describe, expect, it } from 'vitest';
import { MemoryVault } from '../../../src/main/credentials/memory-vault.ts';

const PAIR = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'the-secret' };

describe('a vault in memory', () => {
  it('says that it keeps nothing beyond the process', () => {
    expect(new MemoryVault().keeps).toBe('memory');
  });

  it('gives back what was saved for an account, and for that account only', async () => {
    const vault = new MemoryVault();
    await vault.save('work', PAIR);
    expect(await vault.read('work')).toEqual(PAIR);
    expect(await vault.read('home')).toBeNull();
    expect(await vault.read('constructor')).toBeNull();
  });

  it('keeps the latest pair of an account', async () => {
    const vault = new MemoryVault();
    await vault.save('work', PAIR);
    await vault.save('work', { ...PAIR, secretAccessKey: 'new' });
    expect((await vault.read('work'))?.secretAccessKey).toBe('new');
  });

  it('forgets what is removed, and says whether there was anything', async () => {
    const vault = new MemoryVault();
    await vault.save('work', PAIR);
    expect([await vault.remove('work'), await vault.remove('work')]).toEqual([true, false]);
    expect(await vault.read('work')).toBeNull();
  });
});
