import { describe, expect, it } from 'vitest';
import { EndDesk } from '../../../src/main/board/end-desk.ts';
import { RowNotes } from '../../../src/main/board/row-notes.ts';
import { shareRowOf } from '../../../src/main/board/share-rows.ts';
import { EndChoice } from '../../../src/main/share/end-choice.ts';
import type { ExtensionOffer } from '../../../src/main/share/signer-watch.ts';
import { ServerClock } from '../../../src/main/signing/server-clock.ts';
import type { ShareRecord } from '../../../src/main/history/share-record.ts';
import { SandglassError } from '../../../src/shared/errors.ts';
import { recordOf } from './records.ts';
import { HOUR, NOON } from './scripted-share.ts';

const ID = '00000000aa';
const journal = { partSize: 5, uploadMark: 'f'.repeat(32) };
const uploaded = recordOf(ID, { status: 'live', journal });

function scene(record: ShareRecord = uploaded) {
  const world = { now: NOON, record, offers: new Map<string, ExtensionOffer>(), asked: 0 };
  const notes = new RowNotes({
    signers: {
      offers: () => {
        world.asked++;
        return Promise.resolve(world.offers);
      },
    },
    clock: { now: () => world.now },
  });
  const changed: string[] = [];
  notes.listen({ changed: (id) => changed.push(id) });
  const shelf = {
    find: () => world.record,
    setEnd: (_id: string, goneAt: number | null) => {
      world.record = goneAt === null ? uploaded : { ...world.record, goneAt };
      return true;
    },
  };
  const row = () => shareRowOf(world.record, undefined, notes.of(world.record));
  const choice = new EndChoice(shelf, new ServerClock({ now: () => world.now }));
  return { world, notes, changed, row, desk: new EndDesk({ choice, notes, shares: { row } }) };
}

describe('what becomes of an object with its link', () => {
  it('is chosen while the link lives, and chosen again', () => {
    const { desk, changed } = scene();
    expect(desk.choose(ID, true).atEnd).toMatchObject({ goneAt: NOON + HOUR, mayChoose: true });
    expect(desk.choose(ID, false).atEnd).toMatchObject({ goneAt: null, mayChoose: true });
    expect(changed).toEqual([ID, ID]);
  });

  it('keeps the later end of a link that was given out before', () => {
    const { desk, world } = scene({ ...uploaded, goneAt: NOON + 3 * HOUR });
    expect(desk.choose(ID, true).atEnd?.goneAt).toBe(NOON + 3 * HOUR);
    expect(world.record.goneAt).toBe(NOON + 3 * HOUR);
  });

  it('is chosen no more once the link has ended', () => {
    const { desk, world, row } = scene();
    world.now = NOON + HOUR;
    expect(() => desk.choose(ID, true)).toThrow('does not live any more');
    expect(row().atEnd?.mayChoose).toBe(false);
  });

  it('is no choice for what the share did not upload', () => {
    const { desk, row } = scene(recordOf(ID, { status: 'live' }));
    expect(() => desk.choose(ID, true)).toThrow('was not uploaded by this share');
    expect(row().atEnd).toBeUndefined();
  });

  it('is told as it was done, or was found', () => {
    for (const removal of ['deleted', 'hidden', 'found-gone'] as const) {
      expect(shareRowOf({ ...uploaded, status: 'gone', removal }).standing).toEqual({
        ...{ kind: 'gone', how: removal },
      });
    }
    expect(shareRowOf({ ...uploaded, status: 'gone' }).standing).toEqual({ kind: 'gone', how: null });
    expect(shareRowOf({ ...uploaded, removal: 'not-ours' }).atEnd?.isOurs).toBe(false);
    const hidden = shareRowOf({ ...uploaded, status: 'revoked', removal: 'hidden' });
    expect(hidden.standing).toEqual({ kind: 'revoked', isHidden: true });
  });

  it('is told why it could not be done, until it was', () => {
    const { notes, row, world } = scene({ ...uploaded, goneAt: NOON });
    const failure = new SandglassError('unreachable', 'The server does not answer.');
    notes.ended([{ record: world.record, did: 'failed', failure }]);
    expect(row().atEnd?.failure).toMatchObject({ code: 'unreachable' });
    notes.ended([{ record: world.record, did: 'deleted', failure: null }]);
    expect(row().atEnd?.failure).toBeNull();
  });
});

describe('a new link', () => {
  const settled = () => new Promise((resolve) => setImmediate(resolve));

  it('is offered for rows that are seen, as soon as credentials were renewed', async () => {
    const { notes, row, world, changed } = scene();
    notes.seen([world.record]);
    await settled();
    expect(row().offer).toBeUndefined();
    world.offers = new Map([[ID, 'longer']]);
    world.now += 9_999;
    notes.beat();
    await settled();
    expect([row().offer, world.asked]).toEqual([undefined, 1]);
    world.now += 1;
    notes.beat();
    await settled();
    expect([row().offer, changed]).toEqual(['longer', [ID]]);
  });

  it('is offered no more once it was made', async () => {
    const { notes, row, world } = scene();
    world.offers = new Map([[ID, 'signer-gone']]);
    notes.seen([world.record]);
    await settled();
    expect(row().offer).toBe('signer-gone');
    notes.renewed(ID);
    expect(row().offer).toBeUndefined();
  });

  it('is offered no more where a look was under way while it was made', async () => {
    const { notes, row, world } = scene();
    world.offers = new Map([[ID, 'longer']]);
    notes.seen([world.record]);
    notes.renewed(ID);
    await settled();
    expect([row().offer, world.asked]).toEqual([undefined, 1]);
  });

  it('is not looked for where nothing is seen whose link could be extended', async () => {
    const { notes, world } = scene();
    notes.seen([{ ...world.record, status: 'revoked' }]);
    notes.beat();
    await settled();
    expect(world.asked).toBe(0);
  });
});
