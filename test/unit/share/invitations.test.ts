import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SandglassError } from '../../../src/shared/errors.ts';
import { DAY, LIFE, NOON, InvitedBucket } from './invited-bucket.ts';

let bucket: InvitedBucket;

beforeEach(async () => {
  bucket = await InvitedBucket.open();
});

afterEach(() => bucket.close());

const byLink = async (key = 'in/report.pdf', wishes = {}) =>
  (await bucket.links.invitations.byLink(bucket.destination, key, { life: LIFE, linkLife: DAY, ...wishes }))
    .invitation;
const byForm = async (wishes = {}) =>
  (await bucket.links.invitations.byForm(bucket.destination, 'in/', { life: LIFE, linkLife: DAY, ...wishes }))
    .invitation;
const code = (failing: Promise<unknown>) =>
  failing.then(
    () => 'nothing thrown',
    (error: unknown) => (error as SandglassError).code,
  );

describe('an invitation to upload one object', () => {
  it('is awaited in the history, which keeps neither link nor key nor secret', async () => {
    const { id, url } = await byLink('in/report.pdf', { contentType: 'application/pdf' });
    const record = bucket.history.find(id);
    expect(record).toMatchObject({
      ...{ status: 'awaited', name: 'report.pdf', key: 'in/report.pdf', size: null, signedAt: NOON },
      invitation: {
        ...{ way: 'put', contentType: 'application/pdf', neverOverwrite: true, linkLife: DAY },
        uploadEndsAt: NOON + 3_600_000,
      },
    });
    expect(JSON.stringify(record)).not.toMatch(/canary|X-Amz/i);
    expect(url).toContain('X-Amz-SignedHeaders=content-type%3Bhost%3Bif-none-match');
  });

  it('looks whether the key is free before anything is written down', async () => {
    bucket.objects.set('taken', 5);
    expect(await code(byLink('taken'))).toBe('key-taken');
    expect(bucket.history.count()).toBe(0);
    expect((await byLink('taken', { overwrite: true })).sent).toEqual({});
  });

  it('is made where keys may not look, since the link itself never overwrites', async () => {
    bucket.refusal = 403;
    expect((await byLink()).sent).toEqual({ 'if-none-match': '*' });
  });

  it('is made where the server does not answer, and says that nobody could look', async () => {
    bucket.refusal = 503;
    const wishes = { life: LIFE, linkLife: DAY };
    const { unchecked } = await bucket.links.invitations.byLink(bucket.destination, 'k', wishes);
    expect(unchecked?.code).toBe('server-busy');
  });

  it('is derived again letter for letter, by copy too, until its end', async () => {
    const made = await byLink('in/report.pdf', { contentType: 'application/pdf' });
    bucket.time.now += 1_800_000;
    expect((await bucket.links.copy(made.id)).url).toBe(made.url);
    bucket.time.now += 1_800_000;
    expect(await code(bucket.links.copy(made.id))).toBe('share-not-live');
  });

  it('cannot be copied once the key that signed is gone', async () => {
    const { id } = await byLink();
    bucket.keys.accessKeyId = 'AKIAOTHER';
    expect(await code(bucket.links.copy(id))).toBe('signer-gone');
  });

  it('is extended, and remembers the later of both ends', async () => {
    const { id, url } = await byLink();
    bucket.time.now += 60_000;
    const extended = await bucket.links.extend(id, { kind: 'seconds', seconds: 60 });
    expect(extended.url).not.toBe(url);
    expect(extended.expiresAt).toBe(NOON + 120_000);
    expect(bucket.history.find(id).invitation?.uploadEndsAt, 'the old link lives on').toBe(NOON + 3_600_000);
    await bucket.links.extend(id, DAY);
    expect(bucket.history.find(id).invitation?.uploadEndsAt).toBe(NOON + 60_000 + 86_400_000);
  });

  it('that was extended by less is not derived once the new link has ended, though the old one lives', async () => {
    const { id } = await byLink();
    await bucket.links.extend(id, { kind: 'seconds', seconds: 60 });
    bucket.time.now += 60_000;
    expect(await code(bucket.links.copy(id))).toBe('share-not-live');
    expect(bucket.history.awaited(bucket.time.now).map((record) => record.id)).toEqual([id]);
  });

  it.each(['in/', 'a//b', '/a', 'a/../b', './a', 'k'.repeat(1025)])(
    'is not made to the key %j',
    async (key) => {
      expect(await code(byLink(key))).toBe('bad-usage');
      expect(bucket.asked).toEqual([]);
    },
  );

  it.each(['image/*', 'pdf', 'a/b\r\nx: y'])('is not made for the type %j', async (contentType) => {
    expect(await code(byLink('k', { contentType }))).toBe('bad-usage');
  });
});

describe('a form to upload with', () => {
  it('goes to a folder that nobody can guess, another each time', async () => {
    const [first, second] = [await byForm(), await byForm()];
    expect(first.key).toMatch(/^in\/[\w-]{22}\/$/);
    expect(second.key).not.toBe(first.key);
    expect(first.name).toBe('in');
  });

  it('is derived again letter for letter from a history that holds no field', async () => {
    const made = await byForm({ contentType: 'image/*', minBytes: 1, maxBytes: 1000 });
    const record = bucket.history.find(made.id);
    for (const secret of ['policy', 'x-amz-signature', 'x-amz-credential'])
      expect(JSON.stringify(record)).not.toContain(made.sent[secret]);
    expect(await bucket.links.copy(made.id)).toEqual(made);
  });

  it.each([
    { minBytes: -1 },
    { maxBytes: 0 },
    { maxBytes: 5 * 1024 ** 3 + 1 },
    { minBytes: 1.5 },
    { minBytes: 2, maxBytes: 1 },
    { contentType: '*/*' },
    { contentType: 'image' },
  ])('is not made with %j', async (wishes) => {
    expect(await code(byForm(wishes))).toBe('bad-usage');
    expect(bucket.history.count()).toBe(0);
  });

  it('takes up to 5 GiB where no limit is named', async () => {
    expect((await byForm()).terms).toMatchObject({ minBytes: 0, maxBytes: 5 * 1024 ** 3 });
  });
});
