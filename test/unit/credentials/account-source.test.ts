import { describe, expect, it } from 'vitest';
import { accountSource, describeOrigin } from '../../../src/main/credentials/credential-sources.ts';
import { MemoryVault } from '../../../src/main/credentials/memory-vault.ts';
import { SandglassError } from '../../../src/shared/errors.ts';

const PAIR = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'the-secret' };
const clock = { now: () => Date.UTC(2026, 6, 1, 12) };

describe('an account that Sandglass keeps', () => {
  it('gives the key pair from the vault', async () => {
    const vault = new MemoryVault();
    await vault.save('mine', PAIR);
    const source = accountSource('mine', vault, clock);
    expect(source.origin).toEqual({ kind: 'account', name: 'mine' });
    expect(await source.resolve()).toEqual(PAIR);
  });

  it('whose keys are gone says how to add them again', async () => {
    await expect(accountSource('mine', new MemoryVault(), clock).resolve()).rejects.toMatchObject({
      code: 'no-credentials',
      command: expect.stringContaining('sandglass accounts add mine') as string,
    });
  });

  it('passes on that the keychain is locked: locked is not empty', async () => {
    const locked = new SandglassError('keychain-locked', 'Locked.');
    const vault = new MemoryVault();
    vault.read = () => Promise.reject(locked);
    await expect(accountSource('mine', vault, clock).resolve()).rejects.toBe(locked);
  });
});

describe('where keys come from', () => {
  it.each([
    [{ kind: 'account', name: 'mine' }, 'the account “mine”'],
    [{ kind: 'profile', name: 'work' }, 'the profile “work”'],
    [{ kind: 'environment' }, 'the environment'],
    [{ kind: 'instance' }, 'this machine’s role'],
  ] as const)('%j is told as %s', (origin, words) => {
    expect(describeOrigin(origin)).toBe(words);
  });
});
