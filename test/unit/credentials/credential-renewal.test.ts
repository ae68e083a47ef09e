import { describe, expect, it } from 'vitest';
import { accountSource } from '../../../src/main/credentials/credential-sources.ts';
import type { Credentials } from '../../../src/main/credentials/credentials.ts';
import { MemoryVault } from '../../../src/main/credentials/memory-vault.ts';

const NOON = Date.UTC(2026, 6, 1, 12);
const HOUR = 3_600_000;

/** A source whose tokens live as long as the test says, over a clock that the test moves. */
function renewable(life: number | null) {
  const clock = { time: NOON, now: () => clock.time };
  const vault = new MemoryVault();
  const given = { life, count: 0 };
  vault.read = () => {
    given.count++;
    const pair: Credentials = {
      accessKeyId: `ASIA${given.count}`,
      secretAccessKey: 's',
      ...(given.life === null ? {} : { expiration: new Date(clock.time + given.life) }),
    };
    return Promise.resolve(pair);
  };
  return { source: accountSource('mine', vault, clock), clock, given };
}

describe('credentials that end', () => {
  it('are the same object until a minute before their end', async () => {
    const { source, clock } = renewable(HOUR);
    const first = await source.resolve();
    clock.time = NOON + HOUR - 60_001;
    expect(await source.resolve()).toBe(first);
  });

  it('are fetched again from a minute before their end', async () => {
    const { source, clock } = renewable(HOUR);
    await source.resolve();
    clock.time = NOON + HOUR - 60_000;
    const second = await source.resolve();
    expect(second.accessKeyId).toBe('ASIA2');
    expect(await source.resolve()).toBe(second);
  });

  it('are used to their end where nothing fresher is given', async () => {
    const { source, clock, given } = renewable(HOUR);
    await source.resolve();
    clock.time = NOON + HOUR - 30_000;
    given.life = 30_000;
    expect((await source.resolve()).expiration?.getTime()).toBe(NOON + HOUR);
  });

  it('are refused when they have ended already', async () => {
    const { source, given } = renewable(0);
    await expect(source.resolve()).rejects.toMatchObject({ code: 'credentials-expired' });
    given.life = HOUR;
    expect((await source.resolve()).accessKeyId).toBe('ASIA2');
  });
});

describe('credentials that do not end', () => {
  it('are fetched once', async () => {
    const { source, clock, given } = renewable(null);
    const first = await source.resolve();
    clock.time += 1000 * HOUR;
    expect(await source.resolve()).toBe(first);
    expect(given.count).toBe(1);
  });
});

describe('credentials that were refused', () => {
  it('are fetched anew, though they have not ended by their own word', async () => {
    const { source, given } = renewable(HOUR);
    const first = await source.resolve();
    source.forget();
    const second = await source.resolve();
    expect([first.accessKeyId, second.accessKeyId]).toEqual(['ASIA1', 'ASIA2']);
    expect(await source.resolve()).toBe(second);
    expect(given.count).toBe(2);
  });

  it('may be forgotten before any were fetched', async () => {
    const { source } = renewable(null);
    source.forget();
    expect((await source.resolve()).accessKeyId).toBe('ASIA1');
  });
});

describe('a source that failed', () => {
  it('is asked again the next time', async () => {
    const vault = new MemoryVault();
    const source = accountSource('mine', vault, { now: () => NOON });
    await expect(source.resolve()).rejects.toMatchObject({ code: 'no-credentials' });
    await vault.save('mine', { accessKeyId: 'A', secretAccessKey: 's' });
    expect((await source.resolve()).accessKeyId).toBe('A');
  });
});
