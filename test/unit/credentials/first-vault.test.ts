import { describe, expect, it, vi } from 'vitest';
import { FirstVault } from '../../../src/main/credentials/first-vault.ts';
import { MemoryVault } from '../../../src/main/credentials/memory-vault.ts';
import type { Vault } from '../../../src/main/credentials/vault.ts';
import { SandglassError } from '../../../src/shared/errors.ts';

const PAIR = { accessKeyId: 'AKIA', secretAccessKey: 's' };

/** A keychain that answers everything with the same refusal. */
class Refusing implements Vault {
  readonly keeps = 'keychain';
  readonly refusal: Error;
  asked = 0;

  constructor(refusal: Error) {
    this.refusal = refusal;
  }

  read(): Promise<never> {
    return this.#refuse();
  }

  save(): Promise<never> {
    return this.#refuse();
  }

  remove(): Promise<never> {
    return this.#refuse();
  }

  #refuse(): Promise<never> {
    this.asked++;
    return Promise.reject(this.refusal);
  }
}

const absent = () => new Refusing(new SandglassError('keychain-absent', 'There is none.'));

function scene(first: Vault) {
  const memory = new MemoryVault();
  const moved = vi.fn<() => void>();
  return { memory, moved, vault: new FirstVault([first, memory], moved) };
}

const calls = [
  ['reading', (vault: Vault) => vault.read('mine')],
  ['saving', (vault: Vault) => vault.save('mine', PAIR)],
  ['removing', (vault: Vault) => vault.remove('mine')],
] as const;

describe('the first vault', () => {
  it('is the one that is asked while it is there', async () => {
    const first = new MemoryVault();
    const { vault, memory, moved } = scene(first);
    await vault.save('mine', PAIR);
    expect([await first.read('mine'), await memory.read('mine')]).toEqual([PAIR, null]);
    expect([await vault.read('mine'), await vault.remove('mine'), await vault.remove('mine')]).toEqual([
      ...[PAIR, true, false],
    ]);
    expect(moved).not.toHaveBeenCalled();
  });

  it.each(calls)(
    'gives way to the next where it proves absent at %s, once and for all',
    async (_at, call) => {
      const first = absent();
      const { vault, moved } = scene(first);
      expect(vault.keeps).toBe('keychain');
      await call(vault);
      await vault.save('mine', PAIR);
      expect(await vault.read('mine')).toEqual(PAIR);
      expect([vault.keeps, first.asked, moved.mock.calls.length]).toEqual(['memory', 1, 1]);
    },
  );

  it('is already the next when others hear of it', async () => {
    const told: string[] = [];
    const vault: FirstVault = new FirstVault([absent(), new MemoryVault()], () => told.push(vault.keeps));
    await vault.read('mine');
    expect(told).toEqual(['memory']);
  });

  it.each(
    calls.flatMap(([at, call]) => [
      [at, 'locked', call, new SandglassError('keychain-locked', 'It is locked.')] as const,
      [at, 'broken', call, new TypeError('It is broken.')] as const,
    ]),
  )('is not passed over at %s where it is %s', async (_at, _what, call, refusal) => {
    const { vault, memory, moved } = scene(new Refusing(refusal));
    const save = vi.spyOn(memory, 'save');
    await expect(call(vault)).rejects.toBe(refusal);
    expect([vault.keeps, save.mock.calls, moved.mock.calls]).toEqual(['keychain', [], []]);
  });

  it('says that it is absent where there is no other', async () => {
    const moved = vi.fn<() => void>();
    const vault = new FirstVault([absent()], moved);
    await expect(vault.read('mine')).rejects.toMatchObject({ code: 'keychain-absent' });
    expect(moved).not.toHaveBeenCalled();
  });

  it('gives way as often as there is another', async () => {
    const moved = vi.fn<() => void>();
    const vault = new FirstVault([absent(), absent(), new MemoryVault()], moved);
    await vault.save('mine', PAIR);
    expect([await vault.read('mine'), moved.mock.calls.length]).toEqual([PAIR, 2]);
  });
});
