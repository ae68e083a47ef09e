import { describe, expect, it } from 'vitest';
import { previewExtension, type ExtensionPreviewPorts } from '../../../src/main/shell/extension-preview.ts';
import type { Credentials } from '../../../src/main/credentials/credentials.ts';
import { ServerClock } from '../../../src/main/signing/server-clock.ts';
import { SandglassError } from '../../../src/shared/errors.ts';
import { recordOf } from '../board/records.ts';
import { HOUR, NOON } from '../board/scripted-share.ts';

const ID = 'a1b2c3d4e5';
const PAIR: Credentials = { accessKeyId: 'AKIA', secretAccessKey: 's' };
const DAY = { kind: 'seconds', seconds: 86_400 } as const;

const portsOf = (credentials: Credentials): ExtensionPreviewPorts => ({
  history: {
    find: (id) => {
      if (id === ID) return recordOf(ID, { origin: { kind: 'account', name: 'old' } });
      throw new SandglassError('share-unknown', 'No.');
    },
  },
  clock: new ServerClock({ now: () => NOON }),
  sourceOf: (origin) => ({
    origin,
    forget: () => undefined,
    resolve: () =>
      origin.kind === 'account' && origin.name === 'old'
        ? Promise.resolve(credentials)
        : Promise.reject(new Error('another account')),
  }),
});

describe('what a new link would be', () => {
  it('is told by the account that signed the share, as long as was asked', async () => {
    expect(await previewExtension(portsOf(PAIR), ID, DAY)).toEqual({
      ...{ expiresAt: NOON + 24 * HOUR, requestedExpiresAt: NOON + 24 * HOUR },
      ...{ limitedBy: null, endUncertain: false },
    });
  });

  it('is no longer than the sign-in', async () => {
    const signIn = { ...PAIR, sessionToken: 't', expiration: new Date(NOON + HOUR) };
    expect(await previewExtension(portsOf(signIn), ID, DAY)).toMatchObject({
      ...{ expiresAt: NOON + HOUR, limitedBy: 'credentials', endUncertain: false },
    });
  });

  it('is uncertain where the token does not tell its end', async () => {
    expect(await previewExtension(portsOf({ ...PAIR, sessionToken: 't' }), ID, DAY)).toMatchObject({
      endUncertain: true,
    });
  });

  it('is refused for a moment that has passed, and for a share that nobody knows', async () => {
    const past = { kind: 'until', at: NOON - HOUR } as const;
    await expect(previewExtension(portsOf(PAIR), ID, past)).rejects.toMatchObject({ code: 'expiry-invalid' });
    await expect(previewExtension(portsOf(PAIR), 'ffffffffff', DAY)).rejects.toMatchObject({
      code: 'share-unknown',
    });
  });
});
