import { describe, expect, it } from 'vitest';
import { shareRowOf } from '../../../src/main/board/share-rows.ts';
import { SHARE_STATUSES } from '../../../src/main/history/share-record.ts';
import { shareRow } from '../../../src/shared/board.ts';
import { awaitedRecord, recordOf } from './records.ts';
import { HOUR, NOON } from './scripted-share.ts';

describe('a row of the list', () => {
  it('shows what history keeps, and no more', () => {
    const location = {
      bucket: 'films',
      region: 'us-east-1',
      endpoint: 'http://127.0.0.1:9000',
      pathStyle: true,
    };
    const row = shareRowOf(
      recordOf('a000000000', { location, limitedBy: 'credentials', requestedExpiresAt: NOON + 2 * HOUR }),
    );
    expect(row).toMatchObject({
      ...{ id: 'a000000000', name: 'a000000000.mp4', bucket: 'films', region: 'us-east-1' },
      ...{ endpoint: 'http://127.0.0.1:9000', origin: 'the account “mine”', signedAt: NOON },
      ...{ expiresAt: NOON + HOUR, requestedExpiresAt: NOON + 2 * HOUR, limitedBy: 'credentials' },
    });
    expect(JSON.stringify(row)).not.toMatch(/0123456789abcdef|\/home\/ada/);
  });

  it.each([
    ['live', { kind: 'live', probe: { kind: 'untried' } }],
    ['failed', { kind: 'failed', failure: null }],
    ['uploading', { kind: 'interrupted' }],
    ['interrupted', { kind: 'interrupted' }],
    ['cancelled', { kind: 'cancelled' }],
    ['revoked', { kind: 'revoked' }],
  ] as const)('whose record says %s with nothing under way stands so', (status, standing) => {
    expect(shareRowOf(recordOf('a000000000', { status })).standing).toEqual(standing);
  });

  it('that awaits an upload says by which way and until when, whatever its own link’s end is', () => {
    const uploadEndsAt = NOON + 2 * HOUR;
    const { invitation } = awaitedRecord('a000000000', 'form');
    const record = awaitedRecord('a000000000', 'form');
    const row = shareRowOf({ ...record, invitation: { ...invitation!, uploadEndsAt } });
    expect(row.standing).toEqual({ kind: 'awaited', way: 'form', uploadEndsAt, trouble: null });
    expect(row.expiresAt).toBe(NOON + HOUR);
    expect(shareRow.safeParse(row).success).toBe(true);
  });

  it('that came by an invitation says until when, and any other says nothing of one', () => {
    const { invitation } = awaitedRecord('a000000000');
    const row = shareRowOf(recordOf('a000000000', { status: 'live', invitation: invitation! }));
    expect(row).toMatchObject({ standing: { kind: 'live' }, invitedUntil: NOON + HOUR });
    expect(shareRow.safeParse(row).success).toBe(true);
    expect(shareRowOf(recordOf('a000000000'))).not.toHaveProperty('invitedUntil');
  });

  it.each(SHARE_STATUSES)('tells what is under way over a record that says %s', (status) => {
    const live = { kind: 'live', probe: { kind: 'works' } } as const;
    expect(shareRowOf(recordOf('a000000000', { status }), live).standing).toEqual(live);
  });

  it.each(SHARE_STATUSES)('fits the contract where the record says %s', (status) => {
    expect(shareRow.safeParse(shareRowOf(recordOf('a000000000', { status, size: null }))).success).toBe(true);
  });
});
