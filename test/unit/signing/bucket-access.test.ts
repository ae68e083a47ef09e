import { describe, expect, it } from 'vitest';
import type { Credentials, CredentialSource } from '../../../src/main/credentials/credentials.ts';
import { BucketAccess, signerPrint } from '../../../src/main/signing/bucket-access.ts';
import { bucketLocation } from '../../../src/main/signing/location.ts';
import { ServerClock } from '../../../src/main/signing/server-clock.ts';
import { SandglassError } from '../../../src/shared/errors.ts';

const NOON = Date.UTC(2026, 6, 1, 12);
const KEYS: Credentials = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'the-secret-key' };
const HOUR = { kind: 'seconds', seconds: 3600 } as const;
const endingAt = (at: number): Credentials => ({ ...KEYS, sessionToken: 't0ken', expiration: new Date(at) });

/** Access to a bucket with credentials and a clock that the test may change. */
function access(first: Credentials = KEYS) {
  const local = { time: NOON, now: () => local.time };
  const clock = new ServerClock(local);
  const held = { credentials: first };
  const source: CredentialSource = {
    origin: { kind: 'environment' },
    resolve: () => Promise.resolve(held.credentials),
    forget: () => undefined,
  };
  const bucket = new BucketAccess(bucketLocation('films', {}, 'eu-west-1'), source, clock);
  const hearServer = (at: number) => {
    clock.asking()(new Date(at).toUTCString());
  };
  return { bucket, held, local, hearServer };
}

const query = (url: string) => new URL(url).searchParams;

describe('a link', () => {
  it('lives as long as was asked, from the second in which it is signed', async () => {
    const { bucket, local } = access();
    local.time += 789;
    const { url, expiry, endUncertain } = await bucket.link('k', HOUR);
    expect(expiry).toEqual({
      signedAt: NOON,
      expiresInSeconds: 3600,
      expiresAt: NOON + 3_600_000,
      requestedExpiresAt: NOON + 3_600_000,
      limitedBy: null,
    });
    expect([query(url).get('X-Amz-Date'), query(url).get('X-Amz-Expires')]).toEqual([
      '20260701T120000Z',
      '3600',
    ]);
    expect(endUncertain).toBe(false);
  });

  it('ends with the credentials that sign it', async () => {
    const { bucket } = access(endingAt(NOON + 600_000));
    const { url, expiry } = await bucket.link('k', HOUR);
    expect(expiry).toMatchObject({ expiresInSeconds: 600, limitedBy: 'credentials' });
    expect(query(url).get('X-Amz-Expires')).toBe('600');
  });

  it('is not signed with credentials that have ended by the server’s clock', async () => {
    const { bucket, hearServer } = access(endingAt(NOON + 600_000));
    hearServer(NOON + 900_000);
    await expect(bucket.link('k', HOUR)).rejects.toMatchObject({ code: 'credentials-expired' });
  });

  it('is dated by the server’s clock once that was heard', async () => {
    const { bucket, hearServer } = access();
    hearServer(NOON + 7_200_000);
    const { url, expiry } = await bucket.link('k', HOUR);
    expect(expiry.signedAt).toBe(NOON + 7_200_000);
    expect(query(url).get('X-Amz-Date')).toBe('20260701T140000Z');
  });

  it('is uncertain of its end where a token does not tell its own', async () => {
    expect((await access({ ...KEYS, sessionToken: 't0ken' }).bucket.link('k', HOUR)).endUncertain).toBe(true);
    expect((await access(endingAt(NOON + 9e6)).bucket.link('k', HOUR)).endUncertain).toBe(false);
  });

  it('is never signed for a life that none can have', async () => {
    await expect(access().bucket.link('k', { kind: 'seconds', seconds: 0 })).rejects.toMatchObject({
      code: 'expiry-invalid',
    });
  });

  it('passes on what the credentials’ source says', async () => {
    const clock = new ServerClock({ now: () => NOON });
    const gone = new SandglassError('no-credentials', 'None.');
    const source: CredentialSource = {
      origin: { kind: 'environment' },
      resolve: () => Promise.reject(gone),
      forget: () => undefined,
    };
    const bucket = new BucketAccess(bucketLocation('films', {}, 'eu-west-1'), source, clock);
    await expect(bucket.link('k', HOUR)).rejects.toBe(gone);
  });
});

describe('a link signed again', () => {
  it('is the same, letter for letter, whatever the time is now', async () => {
    const { bucket, local, hearServer } = access();
    const first = await bucket.link('k', HOUR);
    local.time += 1_800_000;
    hearServer(local.time + 60_000);
    const again = await bucket.linkAgain('k', first.expiry);
    expect([again.url, again.signer]).toEqual([first.url, first.signer]);
  });

  it('names another signer where the key or its token has changed', async () => {
    const { bucket, held } = access();
    const first = await bucket.link('k', HOUR);
    held.credentials = { ...KEYS, sessionToken: 'renewed' };
    const again = await bucket.linkAgain('k', first.expiry);
    expect(again.signer).not.toBe(first.signer);
    expect(query(again.url).get('X-Amz-Security-Token')).toBe('renewed');
    expect(again.endUncertain).toBe(true);
  });
});

describe('a request of an upload', () => {
  const PART = {
    verb: 'upload-part',
    ...{ bucket: 'films', key: 'k', uploadId: 'u1', partNumber: 1, size: 5, md5: '1B2M2Y8AsgTpgAmY7PhCfg==' },
  } as const;

  it('must be started within the seconds that were given', async () => {
    const { url } = await access().bucket.request(PART, 900);
    expect(query(url).get('X-Amz-Expires')).toBe('900');
  });

  it('must be started before its credentials end', async () => {
    const { url } = await access(endingAt(NOON + 60_000)).bucket.request(PART, 900);
    expect(query(url).get('X-Amz-Expires')).toBe('60');
  });

  it('is signed with the credentials as they are at that moment', async () => {
    const { bucket, held } = access();
    await bucket.request(PART, 900);
    held.credentials = { accessKeyId: 'AKIARENEWED', secretAccessKey: 'new' };
    const { url } = await bucket.request(PART, 900);
    expect(query(url).get('X-Amz-Credential')).toMatch(/^AKIARENEWED\//);
  });
});

describe('a client', () => {
  it('is kept while credentials and clock stay as they are', async () => {
    const { bucket } = access();
    expect(await bucket.client()).toBe(await bucket.client());
  });

  it('is made anew for new credentials', async () => {
    const { bucket, held } = access();
    const first = await bucket.client();
    held.credentials = { accessKeyId: 'AKIARENEWED', secretAccessKey: 'new' };
    const second = await bucket.client();
    expect(second).not.toBe(first);
    expect((await second.config.credentials()).accessKeyId).toBe('AKIARENEWED');
  });

  it('is made anew with the clock that was learned', async () => {
    const { bucket, hearServer } = access();
    const first = await bucket.client();
    hearServer(NOON + 3_600_000);
    const second = await bucket.client();
    expect(second).not.toBe(first);
    expect(second.config.systemClockOffset).toBe(3_600_500);
  });

  it('sends once: the callers own the retries', async () => {
    const client = await access().bucket.client();
    expect(await client.config.maxAttempts()).toBe(1);
  });
});

describe('the print of a signer', () => {
  it('tells keys and tokens apart, and stays the same for the same', () => {
    const prints = [
      signerPrint(KEYS),
      signerPrint({ ...KEYS, accessKeyId: 'AKIAOTHER' }),
      signerPrint({ ...KEYS, sessionToken: 'a' }),
      signerPrint({ ...KEYS, sessionToken: 'b' }),
    ];
    expect(new Set(prints).size).toBe(4);
    expect(signerPrint({ ...KEYS, expiration: new Date() })).toBe(prints[0]);
  });

  it('is 16 hexadecimal digits that hold neither id, nor token, nor secret', () => {
    expect(signerPrint(endingAt(NOON))).toMatch(/^[0-9a-f]{16}$/);
  });

  it('does not depend on the secret key, so that none can be guessed from it', () => {
    expect(signerPrint({ ...KEYS, secretAccessKey: 'another' })).toBe(signerPrint(KEYS));
  });
});
