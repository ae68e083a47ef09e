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

describe('a new link', () => {
  const HOUR = 3_600_000;
  /** A link that was signed at noon for an hour, though four were wished; the token that signed it ended then. */
  const limited = {
    ...row('a', 'ASIA1'),
    ...{ signedAt: NOON, expiresInSeconds: 3_600, requestedExpiresAt: NOON + 4 * HOUR },
    limitedBy: 'credentials' as const,
  };
  const whole = { ...limited, requestedExpiresAt: NOON + HOUR, limitedBy: null };

  function offers(record: typeof limited | typeof whole, accessKeyId: string, endsAt: number, now = NOON) {
    const expiration = new Date(endsAt);
    const resolve = () => Promise.resolve({ accessKeyId, secretAccessKey: 's', expiration });
    const watch = new SignerWatch((origin) => ({ origin, forget: () => undefined, resolve }), {
      now: () => now,
    });
    return watch.offers([record], now).then((found) => found.get('a') ?? null);
  }

  it('is offered where the token that ended the old one early was renewed, before that end and after it', async () => {
    expect(await offers(limited, 'ASIA2', NOON + 2 * HOUR)).toBe('longer');
    expect(await offers(limited, 'ASIA2', NOON + 3 * HOUR, NOON + 2 * HOUR)).toBe('longer');
  });

  it('is not offered while the same token signs, nor for a token that gives hardly more', async () => {
    expect(await offers(limited, 'ASIA1', NOON + HOUR)).toBeNull();
    expect(await offers(limited, 'ASIA2', NOON + HOUR + 59_000, NOON + HOUR)).toBeNull();
    expect(await offers(limited, 'ASIA2', NOON + HOUR, NOON + 2 * HOUR)).toBeNull();
  });

  it('is not offered once what was wished is over', async () => {
    expect(await offers(limited, 'ASIA2', NOON + 9 * HOUR, NOON + 4 * HOUR)).toBeNull();
  });

  it('is offered for a link that lives as wished where it cannot be copied any more', async () => {
    expect(await offers(whole, 'ASIA2', NOON + 9 * HOUR)).toBe('signer-gone');
    expect(await offers(whole, 'ASIA2', NOON + 9 * HOUR, NOON + HOUR)).toBeNull();
  });
});
