import { describe, expect, it } from 'vitest';
import type { CredentialOrigin } from '../../../src/main/credentials/credentials.ts';
import { SignerWatch } from '../../../src/main/share/signer-watch.ts';
import { signerPrint } from '../../../src/main/signing/bucket-access.ts';

const NOON = Date.UTC(2026, 6, 1, 12);
const WORK = { kind: 'profile', name: 'work' } as const;
const HOME = { kind: 'profile', name: 'home' } as const;
const printOf = (accessKeyId: string) => signerPrint({ accessKeyId, secretAccessKey: '' });
const row = (id: string, key: string, origin: CredentialOrigin = WORK) => ({
  id,
  origin,
  signer: printOf(key),
});

function scene() {
  const world = { now: NOON, keys: { work: 'AKIA1', home: 'AKIA9' } as Record<string, string>, asked: 0 };
  const watch = new SignerWatch(
    (origin) => ({
      origin,
      forget: () => undefined,
      resolve: () => {
        world.asked++;
        const accessKeyId = origin.kind === 'profile' ? world.keys[origin.name] : undefined;
        return accessKeyId === undefined
          ? Promise.reject(new Error('There are none.'))
          : Promise.resolve({ accessKeyId, secretAccessKey: 's' });
      },
    }),
    { now: () => world.now },
  );
  const standings = async (...rows: ReturnType<typeof row>[]) =>
    Object.fromEntries(await watch.standings(rows));
  return { world, watch, standings };
}

describe('the rows that are seen', () => {
  it('say which of their links can no longer be derived', async () => {
    const { standings } = scene();
    expect(await standings(row('a', 'AKIA1'), row('b', 'AKIA0'), row('c', 'AKIA9', HOME))).toEqual({
      a: 'same',
      b: 'renewed',
      c: 'same',
    });
  });

  it('ask each origin once, however many they are and however often they are looked at', async () => {
    const { standings, world } = scene();
    const rows = Array.from({ length: 1_000 }, (_, i) => row(`r${i}`, 'AKIA1'));
    await standings(...rows);
    world.now += 29_999;
    await standings(...rows);
    expect(world.asked).toBe(1);
  });

  it('hear of renewed credentials within half a minute, and at once where somebody has signed in', async () => {
    const { standings, world, watch } = scene();
    await standings(row('a', 'AKIA1'));
    world.keys['work'] = 'AKIA2';
    expect(await standings(row('a', 'AKIA1'))).toEqual({ a: 'same' });
    world.now += 30_000;
    expect(await standings(row('a', 'AKIA1'))).toEqual({ a: 'renewed' });
    world.keys['work'] = 'AKIA1';
    watch.forget();
    expect(await standings(row('a', 'AKIA1'))).toEqual({ a: 'same' });
  });

  it('say of credentials that cannot be had that nobody knows', async () => {
    const { standings } = scene();
    expect(await standings(row('a', 'AKIA1', { kind: 'environment' }), row('b', 'AKIA1'))).toEqual({
      a: 'unknown',
      b: 'same',
    });
  });
});
