import { describe, expect, it } from 'vitest';
import type { CredentialOrigin, Credentials } from '../../../src/main/credentials/credentials.ts';
import { SourceShelf } from '../../../src/main/credentials/source-shelf.ts';

const ROLE = { kind: 'profile', name: 'role' } as const;

/** A shelf over sources that give another key each time they are made. */
function scene(beside: Partial<Credentials>) {
  const world = { made: 0, stamp: 'a' };
  const shelf = new SourceShelf(
    (origin: CredentialOrigin) => {
      const accessKeyId = `ASIA${++world.made}`;
      const resolve = () => Promise.resolve({ accessKeyId, secretAccessKey: 's', ...beside });
      return { origin, resolve, forget: () => undefined };
    },
    () => world.stamp,
  );
  return { world, shelf, ask: async (origin = ROLE) => (await shelf.sourceOf(origin).resolve()).accessKeyId };
}

const TOKEN = { sessionToken: 't', expiration: new Date(9e12) };

describe('the sources of one process', () => {
  it('hold a token, so that links can be copied as long as it lives', async () => {
    const { ask, world, shelf } = scene(TOKEN);
    expect([await ask(), await ask(), world.made]).toEqual(['ASIA1', 'ASIA1', 1]);
    expect(shelf.sourceOf(ROLE).origin).toEqual(ROLE);
  });

  it('hold one for each origin', async () => {
    const { ask } = scene(TOKEN);
    expect([await ask(), await ask({ kind: 'profile', name: 'other' } as never)]).toEqual(['ASIA1', 'ASIA2']);
  });

  it('are made anew where what they are read from has changed', async () => {
    const { ask, world } = scene(TOKEN);
    await ask();
    world.stamp = 'b';
    expect(await ask()).toBe('ASIA2');
  });

  it.each([[{}], [{ sessionToken: 't' }]])('do not hold keys that tell no end: %j', async (beside) => {
    const { ask } = scene(beside);
    expect([await ask(), await ask()]).toEqual(['ASIA1', 'ASIA2']);
  });

  it('are made anew once what they hold was refused', async () => {
    const { ask, shelf } = scene(TOKEN);
    await ask();
    shelf.sourceOf(ROLE).forget();
    expect(await ask()).toBe('ASIA2');
  });
});
