import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SandglassError } from '../../../src/shared/errors.ts';
import { DAY, LIFE, NOON, InvitedBucket } from './invited-bucket.ts';

let bucket: InvitedBucket;

beforeEach(async () => {
  bucket = await InvitedBucket.open();
});

afterEach(() => bucket.close());

const WISHES = { life: LIFE, linkLife: DAY };
const invited = async (key = 'in/page.html') =>
  (await bucket.links.invitations.byLink(bucket.destination, key, WISHES)).invitation;
const formed = async () =>
  (await bucket.links.invitations.byForm(bucket.destination, 'in/', WISHES)).invitation;
const code = (failing: Promise<unknown>) =>
  failing.then(
    () => 'nothing thrown',
    (error: unknown) => (error as SandglassError).code,
  );

describe('an awaited object', () => {
  it('is awaited as long as it is not there', async () => {
    const { id } = await invited();
    expect(await bucket.links.arrivals.of(id)).toEqual([]);
    expect(bucket.history.find(id).status).toBe('awaited');
  });

  it('becomes a share once it is there: with its size, a link as asked, saved and never shown', async () => {
    const { id } = await invited();
    bucket.objects.set('in/page.html', 7);
    bucket.time.now += 60_000;
    const [link] = await bucket.links.arrivals.of(id);
    expect(link).toMatchObject({ id, size: 7, expiresAt: NOON + 60_000 + 86_400_000 });
    expect(new URL(link!.url).searchParams.get('response-content-disposition')).toBe(
      'attachment; filename=page.html',
    );
    expect(bucket.history.find(id)).toMatchObject({ status: 'live', size: 7, signedAt: NOON + 60_000 });
    expect((await bucket.links.copy(id)).url).toBe(link!.url);
  });

  it('lives as long as is asked now, where that is asked', async () => {
    const { id } = await invited();
    bucket.objects.set('in/page.html', 7);
    const [link] = await bucket.links.arrivals.of(id, LIFE);
    expect(link?.expiresAt).toBe(NOON + 3_600_000);
  });

  it('arrives once: whoever comes second is told', async () => {
    const { id } = await invited();
    bucket.objects.set('in/page.html', 7);
    await bucket.links.arrivals.of(id);
    expect(await code(bucket.links.arrivals.of(id))).toBe('share-not-live');
  });

  it('stays awaited where nobody may look, and the reason is told', async () => {
    const { id } = await invited();
    bucket.refusal = 403;
    expect(await code(bucket.links.arrivals.of(id))).toBe('access-denied');
    expect(bucket.history.find(id).status).toBe('awaited');
  });

  it('keeps its invitation, which may outlive the object', async () => {
    const { id } = await invited();
    bucket.objects.set('in/page.html', 7);
    await bucket.links.arrivals.of(id);
    await bucket.links.revoke(id);
    expect(bucket.history.find(id)).toMatchObject({
      status: 'revoked',
      invitation: { uploadEndsAt: NOON + 3_600_000 },
    });
  });

  it('is awaited no more once it is cancelled, and nothing is deleted', async () => {
    const { id } = await invited();
    bucket.objects.set('in/page.html', 7);
    expect(await bucket.links.cancel(id)).toMatchObject({ left: 'object' });
    expect(await code(bucket.links.arrivals.of(id))).toBe('share-not-live');
    expect(bucket.asked.filter((line) => line.startsWith('DELETE'))).toEqual([]);
  });
});

describe('an awaited object that is to replace another', () => {
  const KEY = 'in/plan.pdf';
  const toReplace = async (wishes = {}) =>
    (
      await bucket.links.invitations.byLink(bucket.destination, KEY, {
        ...{ ...WISHES, overwrite: true },
        ...wishes,
      })
    ).invitation;
  const put = (size: number, at: number) => {
    bucket.objects.set(KEY, size);
    bucket.uploadedAt.set(KEY, at);
  };

  it('is nothing that an upload left when the invitation is taken back', async () => {
    put(5, NOON - 60_000);
    const { id } = await toReplace();
    expect(await bucket.links.cancel(id)).toMatchObject({ left: 'nothing' });
  });

  it('has not arrived as long as the old one is there, though the invitation is extended', async () => {
    put(5, NOON - 60_000);
    const { id } = await toReplace();
    expect(await bucket.links.arrivals.of(id)).toEqual([]);
    await bucket.links.extend(id, DAY);
    expect(await bucket.links.arrivals.of(id)).toEqual([]);
    expect(bucket.history.find(id)).toMatchObject({ status: 'awaited', size: null });
  });

  it.each([
    ['of other bytes, in the same second', 7, NOON],
    ['of the same bytes, later', 5, NOON + 1000],
  ])('has arrived once another upload is there: %s', async (_which, size, at) => {
    put(5, NOON);
    const { id } = await toReplace();
    expect(await bucket.links.arrivals.of(id)).toEqual([]);
    put(size, at);
    expect(await bucket.links.arrivals.of(id)).toMatchObject([{ id, size }]);
    expect(bucket.history.find(id).status).toBe('live');
  });

  it.each([
    ['the server did not answer', 503, {}],
    ['the server did not answer, and it may not be replaced', 503, { overwrite: false }],
    ['the keys may not', 403, {}],
  ])('is what was uploaded since, not before, where nobody could look: %s', async (_why, refusal, wishes) => {
    put(5, NOON - 1000);
    bucket.time.now = NOON + 400;
    bucket.refusal = refusal;
    const { id } = await toReplace(wishes);
    bucket.refusal = null;
    expect(await bucket.links.arrivals.of(id)).toEqual([]);
    put(5, NOON);
    expect(await bucket.links.arrivals.of(id)).toMatchObject([{ id }]);
  });
});

describe('files that come by a form', () => {
  it('become shares of their own, each once, while the form awaits more', async () => {
    const { id, key } = await formed();
    bucket.objects.set(`${key}a.txt`, 1).set(`${key}b c.txt`, 2).set('in/other', 3);
    const links = await bucket.links.arrivals.of(id);
    expect(links.map(({ name, size }) => [name, size])).toEqual([
      ['a.txt', 1],
      ['b c.txt', 2],
    ]);
    expect(await bucket.links.arrivals.of(id)).toEqual([]);
    bucket.objects.set(`${key}d.txt`, 4);
    expect((await bucket.links.arrivals.of(id)).map(({ name }) => name)).toEqual(['d.txt']);
    expect(bucket.history.find(id).status).toBe('awaited');
    expect(bucket.history.list().map(({ status }) => status)).toEqual(['live', 'live', 'live', 'awaited']);
  });

  it('can be revoked, and the form cannot', async () => {
    const { id, key } = await formed();
    bucket.objects.set(`${key}a.txt`, 1);
    const [file] = await bucket.links.arrivals.of(id);
    expect(await code(bucket.links.revoke(id))).toBe('share-not-live');
    await bucket.links.revoke(file!.id);
    expect(bucket.objects.size).toBe(0);
  });
});
