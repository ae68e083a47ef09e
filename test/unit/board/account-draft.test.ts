import { beforeEach, describe, expect, it } from 'vitest';
import type { Destination } from '../../../src/main/share/destination.ts';
import type { AccountDraft } from '../../../src/shared/board.ts';
import { SandglassError } from '../../../src/shared/errors.ts';
import {
  buckets,
  check,
  desk,
  DRAFT,
  BARE,
  ENDPOINT,
  given,
  PAIR,
  settings,
  vault,
} from './scripted-accounts.ts';
import { HOUR, NOON } from './scripted-share.ts';

const ACCESS_POINT = 'arn:aws:s3:us-west-2:123456789012:accesspoint/my-ap';

describe('a preview', () => {
  const preview = (seconds: number) => desk().preview({ kind: 'seconds', seconds });

  beforeEach(() => desk().connect(DRAFT));

  it('is what was asked for where nothing limits it', async () => {
    const end = NOON + HOUR;
    expect(await preview(3_600)).toEqual({
      ...{ expiresAt: end, requestedExpiresAt: end },
      ...{ limitedBy: null, endUncertain: false },
    });
  });

  it('ends with the credentials, and says so', async () => {
    given.credentials = { ...PAIR, sessionToken: 't', expiration: new Date(NOON + HOUR) };
    expect(await preview(7_200)).toEqual({
      ...{ expiresAt: NOON + HOUR, requestedExpiresAt: NOON + 2 * HOUR },
      ...{ limitedBy: 'credentials', endUncertain: false },
    });
  });

  it('says where a token does not tell its end', async () => {
    given.credentials = { ...PAIR, sessionToken: 't' };
    expect(await preview(3_600)).toMatchObject({ endUncertain: true, limitedBy: null });
  });

  it('is brought forward to seven days', async () => {
    const life = { kind: 'until', at: NOON + 10 * 24 * HOUR } as const;
    expect(await desk().preview(life)).toMatchObject({
      ...{ expiresAt: NOON + 7 * 24 * HOUR, limitedBy: 'maximum' },
    });
  });

  it('is refused for credentials that have ended and for a moment that has passed', async () => {
    await expect(desk().preview({ kind: 'until', at: NOON })).rejects.toMatchObject({
      code: 'expiry-invalid',
    });
    given.credentials = { ...PAIR, expiration: new Date(NOON) };
    await expect(preview(60)).rejects.toMatchObject({ code: 'credentials-expired' });
  });
});

describe('a draft', () => {
  it('lists its buckets with the keys as they were typed, and keeps none of them', async () => {
    expect(await desk().buckets(DRAFT)).toEqual(['films', 'reels']);
    expect(buckets.mock.calls).toEqual([[ENDPOINT, PAIR]]);
    expect([await vault.read('mine'), settings.accounts]).toEqual([null, {}]);
  });

  it('of a profile is asked with what the profile gives', async () => {
    given.credentials = { accessKeyId: 'ASIA', secretAccessKey: 's', sessionToken: 't' };
    await desk().buckets(BARE);
    expect(buckets.mock.calls).toEqual([[{}, given.credentials]]);
  });

  it('is tried in its bucket under its prefix, with the keys as they were typed', async () => {
    await desk().test(DRAFT);
    const [destination, prefix] = check.mock.calls[0] as [Destination, string | undefined];
    expect([destination.bucket, destination.endpoint, prefix]).toEqual(['films', ENDPOINT, 'inbox']);
    expect(await destination.source.resolve()).toEqual(PAIR);
    expect([await vault.read('mine'), settings.accounts]).toEqual([null, {}]);
  });

  it('tells which step failed, without cause and stack', async () => {
    const denied = new SandglassError('access-denied', 'No.', { requestId: 'TX1', cause: new Error('why') });
    given.steps = [
      { name: 'put', permission: 's3:PutObject', failure: null },
      { name: 'delete', permission: 's3:DeleteObject', failure: denied },
    ];
    expect(await desk().test(DRAFT)).toEqual([
      { name: 'put', permission: 's3:PutObject', failure: null },
      {
        ...{ name: 'delete', permission: 's3:DeleteObject' },
        failure: { code: 'access-denied', message: 'No.', next: null, requestId: 'TX1' },
      },
    ]);
  });

  it.each([
    [{ variants: ['fips', 'accelerate'] as const }, /no FIPS endpoint/],
    [{ variants: ['accelerate'] as const, bucket: 'my.films' }, /dots/],
    [{ variants: ['fips'] as const, region: 'eu-west-1' }, /no FIPS endpoint/],
    [{ variants: ['dualstack'] as const, endpoint: 'https://s3.example.org' }, /AWS’s own/],
    [{ variants: ['accelerate'] as const, bucket: ACCESS_POINT }, /through Transfer Acceleration/],
    [{ variants: ['dualstack'] as const, bucket: 'arn:aws:s3:::films' }, /ARN of a bucket/],
  ])('of what cannot be had together, such as %j, is refused before anything is asked', async (more, why) => {
    const draft = { ...BARE, ...more, variants: [...more.variants] };
    for (const attempt of [desk().buckets(draft), desk().test(draft), desk().connect(draft)])
      await expect(attempt).rejects.toMatchObject({
        code: 'bad-usage',
        message: expect.stringMatching(why) as string,
      });
    expect([check.mock.calls, buckets.mock.calls, settings.accounts]).toEqual([[], [], {}]);
  });

  it('may name an access point by its ARN in the bucket’s place, which is shared from later', async () => {
    const draft: AccountDraft = { ...BARE, bucket: ACCESS_POINT, variants: ['dualstack'] };
    await desk().test(draft);
    await desk().connect(draft);
    expect(check.mock.calls[0]?.[0]?.bucket).toBe(ACCESS_POINT);
    expect(desk().dropTarget().bucket).toBe(ACCESS_POINT);
  });

  it('reaches AWS as was chosen, in the test and in what is shared later', async () => {
    const draft: AccountDraft = { ...BARE, variants: ['fips', 'dualstack'] };
    await desk().test(draft);
    await desk().connect(draft);
    const variants = ['dualstack', 'fips'];
    expect(check.mock.calls[0]?.[0]?.endpoint).toEqual({ variants });
    expect(settings.account('work').variants).toEqual(variants);
    expect(desk().dropTarget().endpoint).toEqual({ variants });
  });

  it('without a bucket is not tried', async () => {
    await expect(desk().test({ ...DRAFT, bucket: null })).rejects.toMatchObject({ code: 'bad-usage' });
    expect(check).not.toHaveBeenCalled();
  });
});
