import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Credentials } from '../../../src/main/credentials/credentials.ts';
import { bucketLocation, type Endpoint } from '../../../src/main/signing/location.ts';
import { policySignature, signForm, type FormLimits } from '../../../src/main/signing/post-policy.ts';
import type { SigningMoment } from '../../../src/main/signing/presigner.ts';
import { s3Client } from '../../../src/main/signing/s3-client.ts';
import { ServerClock } from '../../../src/main/signing/server-clock.ts';

const KEYS: Credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const MOMENT: SigningMoment = { signedAt: Date.UTC(2026, 6, 1, 12), expiresInSeconds: 3600 };
const LIMITS: FormLimits = { folder: 'inbox/r4nd0m/', contentType: null, minBytes: 1, maxBytes: 1000 };

/** The policy that AWS publishes, with its line ends of CR and LF. */
const PUBLISHED = [
  '{ "expiration": "2015-12-30T12:00:00.000Z",',
  '  "conditions": [',
  '    {"bucket": "sigv4examplebucket"},',
  '    ["starts-with", "$key", "user/user1/"],',
  '    {"acl": "public-read"},',
  '    {"success_action_redirect": "http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html"},',
  '    ["starts-with", "$Content-Type", "image/"],',
  '    {"x-amz-meta-uuid": "14365123651274"},',
  '    {"x-amz-server-side-encryption": "AES256"},',
  '    ["starts-with", "$x-amz-meta-tag", ""],',
  '',
  '    {"x-amz-credential": "AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request"},',
  '    {"x-amz-algorithm": "AWS4-HMAC-SHA256"},',
  '    {"x-amz-date": "20151229T000000Z" }',
  '  ]',
  '}',
].join('\r\n');

async function form(
  limits: Partial<FormLimits> = {},
  moment: Partial<SigningMoment> = {},
  keys: Credentials = KEYS,
  at: { bucket?: string; endpoint?: Endpoint } = {},
) {
  const { bucket = 'films', endpoint = {} } = at;
  const client = s3Client(
    bucketLocation(bucket, endpoint, 'eu-west-1'),
    keys,
    new ServerClock({ now: () => 0 }),
  );
  return signForm(client, bucket, { ...LIMITS, ...limits }, { ...MOMENT, ...moment });
}

async function policyOf(...args: Parameters<typeof form>) {
  const { fields } = await form(...args);
  const text = Buffer.from(fields['policy'] ?? '', 'base64').toString('utf8');
  return JSON.parse(text) as { expiration: string; conditions: unknown[] };
}

describe('the signature of a policy', () => {
  it('is the one that AWS publishes for its example', () => {
    // https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-post-example.html
    const policy = Buffer.from(PUBLISHED).toString('base64');
    const { secretAccessKey } = KEYS;
    expect(policySignature(policy, { secretAccessKey, day: '20151229', region: 'us-east-1' })).toBe(
      '8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e',
    );
  });

  it('is made with the day and the region that the form’s credential names', async () => {
    const { fields } = await form();
    expect(fields['x-amz-credential']).toBe('AKIAIOSFODNN7EXAMPLE/20260701/eu-west-1/s3/aws4_request');
    let key: string | Buffer = `AWS4${KEYS.secretAccessKey}`;
    for (const piece of ['20260701', 'eu-west-1', 's3', 'aws4_request'])
      key = createHmac('sha256', key).update(piece).digest();
    expect(fields['x-amz-signature']).toBe(
      createHmac('sha256', key)
        .update(fields['policy'] ?? '')
        .digest('hex'),
    );
  });
});

describe('a form', () => {
  it('is the same, letter for letter, at the same signing date', async () => {
    expect(await form()).toEqual(await form());
    expect(await form({}, { signedAt: MOMENT.signedAt + 1000 })).not.toEqual(await form());
  });

  it('goes to the bucket’s own address', async () => {
    const addresses = [
      (await form()).url,
      (await form({}, {}, KEYS, { endpoint: { url: 'http://127.0.0.1:9000' } })).url,
      (await form({}, {}, KEYS, { endpoint: { variants: ['dualstack'] } })).url,
    ];
    expect(addresses).toEqual([
      'https://films.s3.eu-west-1.amazonaws.com/',
      'http://127.0.0.1:9000/films/',
      'https://films.s3.dualstack.eu-west-1.amazonaws.com/',
    ]);
  });

  it('holds to its folder, its sizes, its end, and to every field of its own', async () => {
    const { fields } = await form();
    const { expiration, conditions } = await policyOf();
    expect(expiration).toBe('2026-07-01T13:00:00.000Z');
    expect(conditions).toEqual([
      { bucket: 'films' },
      ['starts-with', '$key', 'inbox/r4nd0m/'],
      ['content-length-range', 1, 1000],
      { 'x-amz-algorithm': 'AWS4-HMAC-SHA256' },
      { 'x-amz-credential': fields['x-amz-credential'] },
      { 'x-amz-date': '20260701T120000Z' },
      { success_action_status: '201' },
    ]);
    expect(fields['key']).toBe('inbox/r4nd0m/${filename}');
  });

  it.each([
    ['image/png', { 'Content-Type': 'image/png' }, 'image/png'],
    ['image/*', ['starts-with', '$Content-Type', 'image/'], 'image/'],
  ])('that takes %s alone says so in its policy', async (contentType, condition, field) => {
    expect((await policyOf({ contentType })).conditions).toContainEqual(condition);
    expect((await form({ contentType })).fields['Content-Type']).toBe(field);
  });

  it('that takes any type has no field and no condition for it', async () => {
    expect(JSON.stringify([await policyOf(), (await form()).fields])).not.toContain('Content-Type');
  });

  it('carries the session token, and binds it', async () => {
    const keys = { ...KEYS, sessionToken: 't0ken' };
    expect((await form({}, {}, keys)).fields['x-amz-security-token']).toBe('t0ken');
    expect((await policyOf({}, {}, keys)).conditions).toContainEqual({ 'x-amz-security-token': 't0ken' });
  });

  it('holds no secret key', async () => {
    const { fields } = await form();
    const policy = Buffer.from(fields['policy'] ?? '', 'base64').toString('utf8');
    expect(JSON.stringify(fields) + policy).not.toContain(KEYS.secretAccessKey);
  });

  it.each([0, -1, 1.5, NaN, 604_801])('cannot live %d seconds', async (expiresInSeconds) => {
    await expect(form({}, { expiresInSeconds })).rejects.toMatchObject({ code: 'expiry-invalid' });
  });

  it('is not made for an access point, which takes none', async () => {
    const bucket = 'arn:aws:s3:eu-west-1:123456789012:accesspoint/films';
    await expect(form({}, {}, KEYS, { bucket })).rejects.toMatchObject({ code: 'bad-usage' });
  });
});
