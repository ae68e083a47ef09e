import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { InvitationDesk } from '../../../src/main/board/invitation-desk.ts';
import { shareRowOf } from '../../../src/main/board/share-rows.ts';
import type { SandglassError } from '../../../src/shared/errors.ts';
import type { DropPlace } from '../../../src/shared/bucket-view.ts';
import { readyInvitation } from '../../../src/shared/invitation-view.ts';
import { DAY, InvitedBucket, LIFE, NOON } from '../share/invited-bucket.ts';

let bucket: InvitedBucket;
let desk: InvitationDesk;
let copied: string[];
/** The folder in which drops land, as it is written in the settings. */
let ownPrefix: string | undefined;
const dropTarget = vi.fn<(place?: DropPlace) => object>();

beforeEach(async () => {
  bucket = await InvitedBucket.open();
  [copied, ownPrefix] = [[], undefined];
  dropTarget.mockReset().mockImplementation((place) => ({
    ...{ ...bucket.destination, prefix: place ? place.prefix : ownPrefix },
  }));
  desk = new InvitationDesk({
    accounts: { dropTarget: dropTarget as never },
    links: bucket.links,
    history: bucket.history,
    shares: { row: (id) => shareRowOf(bucket.history.find(id)) },
    clipboard: { writeText: (text) => Promise.resolve(void copied.push(text)) },
  });
});

afterEach(() => bucket.close());

const asked = { place: null, contentType: null, life: LIFE, linkLife: DAY };
const byLink = (given = {}) => desk.byLink({ ...asked, name: 'report.pdf', overwrite: false, ...given });
const byForm = (given = {}) => desk.byForm({ ...asked, folder: '', minBytes: 0, maxBytes: null, ...given });
const code = (failing: Promise<unknown>) =>
  failing.then(
    () => 'nothing thrown',
    (error: unknown) => (error as SandglassError).code,
  );

describe('an invitation by a link', () => {
  it('puts the link on the clipboard, and tells the whole line and the row that awaits', async () => {
    const ready = await byLink({ contentType: 'application/pdf' });
    expect(readyInvitation.safeParse(ready).success).toBe(true);
    expect(copied).toHaveLength(1);
    expect(ready.curl).toBe(
      `curl --fail-with-body -T FILE -H 'content-type: application/pdf' -H 'if-none-match: *' '${copied[0]}'`,
    );
    expect(ready.row).toMatchObject({
      ...{ name: 'report.pdf', key: 'report.pdf' },
      standing: { kind: 'awaited', way: 'put', uploadEndsAt: NOON + 3_600_000 },
    });
    expect(bucket.history.find(ready.row.id).invitation?.linkLife).toEqual(DAY);
  });

  it.each([
    ['where one looks', { bucket: 'films', prefix: 'in/2026/' }, undefined, 'in/2026/report.pdf'],
    ['at the top of a bucket', { bucket: 'films', prefix: '' }, 'inbox', 'report.pdf'],
    ['where drops go', null, 'inbox', 'inbox/report.pdf'],
  ])('leads %s', async (_where, place, prefix, key) => {
    ownPrefix = prefix;
    expect((await byLink({ place })).row.key).toBe(key);
    expect(dropTarget.mock.calls).toEqual([[place ?? undefined]]);
  });

  it('is refused where the name is taken, unless it may be replaced; the clipboard stays as it was', async () => {
    bucket.objects.set('report.pdf', 5);
    expect(await code(byLink())).toBe('key-taken');
    expect(copied).toEqual([]);
    expect((await byLink({ overwrite: true })).curl).not.toContain('if-none-match');
  });

  it('says where nobody could look whether the name is free', async () => {
    bucket.refusal = 503;
    expect((await byLink()).unchecked).toMatchObject({ code: 'server-busy' });
  });
});

describe('an invitation by a form', () => {
  it('puts the line on the clipboard, for its address alone is of no use', async () => {
    const ready = await byForm({ folder: 'photos', contentType: 'image/*', maxBytes: 1_000 });
    expect(copied).toEqual([ready.curl]);
    expect(ready.curl).toContain('-F file=@FILE');
    expect(ready.row.key).toMatch(/^photos\/[\w-]{22}\/$/);
    expect(ready.row.standing).toMatchObject({ kind: 'awaited', way: 'form' });
  });

  it('is a page too, which names the limits as they were asked for', async () => {
    const { row } = await byForm({ folder: 'in/box & co', minBytes: 2_000, maxBytes: 100_000_000 });
    const { fileName, html } = await desk.page(row.id);
    expect(fileName).toBe('Upload to box-co.html');
    expect(html).toContain('from 2 kB up to 100 MB each. This form works until 2026-07-01 13:00:00 UTC.');
    expect(html).toContain('name="policy"');
  });

  it('with crossed limits is refused, and nothing is copied', async () => {
    expect(await code(byForm({ minBytes: 2, maxBytes: 1 }))).toBe('bad-usage');
    expect(copied).toEqual([]);
  });
});

describe('an invitation that was made', () => {
  it('is shown again letter for letter, and copies nothing unasked', async () => {
    const ready = await byLink();
    expect(await desk.show(ready.row.id)).toEqual(ready);
    expect(copied).toHaveLength(1);
  });

  it('is copied again: the address, or the whole line', async () => {
    const { row, curl } = await byLink();
    await desk.copy(row.id, 'address');
    await desk.copy(row.id, 'line');
    expect(copied.slice(1)).toEqual([copied[0], curl]);
  });

  it('by a link has no page', async () => {
    const { row } = await byLink();
    expect(await code(desk.page(row.id))).toBe('bad-usage');
  });

  it('is extended: the new one is copied, the line of a form whole', async () => {
    const { row, curl } = await byForm();
    bucket.time.now += 60_000;
    const extended = await desk.extend(row.id, DAY);
    expect(extended.curl).not.toBe(curl);
    expect(copied.at(-1)).toBe(extended.curl);
    expect(extended.row.standing).toMatchObject({ uploadEndsAt: NOON + 60_000 + 86_400_000 });
  });

  it('is shown no more once it has ended, or is awaited no more', async () => {
    const [one, other] = [await byLink(), await byLink({ name: 'b.pdf' })];
    await bucket.links.cancel(other.row.id);
    expect(await code(desk.show(other.row.id))).toBe('share-not-live');
    bucket.time.now += 3_600_000;
    expect(await code(desk.show(one.row.id))).toBe('share-not-live');
  });
});
