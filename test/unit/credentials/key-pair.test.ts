import { expect, it } from 'vitest';
import { soundKeyPair } from '../../../src/main/credentials/vault.ts';

it('a key pair is taken as it is, and nothing beside it', () => {
  const pair = { accessKeyId: 'AKIA', secretAccessKey: 'a secret of any kind ü\n' };
  expect(soundKeyPair({ ...pair, other: 1 } as typeof pair)).toEqual(pair);
});

it.each(['', ' AKIA', 'AK IA', 'AKIA\n', 'AKÍA', '\u{1f512}'])(
  'the key id %j is refused before it is sent anywhere, and not repeated',
  (accessKeyId) => {
    const refused = () => soundKeyPair({ accessKeyId, secretAccessKey: 'canary' });
    expect(refused).toThrow(expect.objectContaining({ code: 'bad-usage' }));
    expect(refused).not.toThrow(/canary|AKIA/);
  },
);
