import type { ShareRow, ShareStanding } from '../../shared/board.ts';
import { inWords } from '../../shared/words/spoken.ts';
import { describeOrigin } from '../credentials/credential-sources.ts';
import { expiresAt, type ShareRecord } from '../history/share-record.ts';
import { mayChooseEnd } from '../share/end-choice.ts';
import { NO_NOTES, type Notes } from './row-notes.ts';

/**
 * A share as the window shows it.
 * @param live what is under way in this process; else history tells
 * @param notes what is known of it beside history
 */
export function shareRowOf(record: ShareRecord, live?: ShareStanding, notes: Notes = NO_NOTES): ShareRow {
  return {
    id: record.id,
    name: record.name,
    size: record.size,
    bucket: record.location.bucket,
    key: record.key,
    region: record.location.region,
    endpoint: record.location.endpoint ?? null,
    origin: inWords(describeOrigin(record.origin)),
    sharedAt: record.sharedAt,
    signedAt: record.signedAt,
    expiresAt: expiresAt(record),
    requestedExpiresAt: record.requestedExpiresAt,
    limitedBy: record.limitedBy,
    standing: live ?? standingOf(record),
    ...(record.journal === null ? {} : { atEnd: atEndOf(record, notes) }),
    ...(record.invitation === undefined ? {} : { invitedUntil: record.invitation.uploadEndsAt }),
    ...(notes.offer === null ? {} : { offer: notes.offer }),
  };
}

function atEndOf(record: ShareRecord, { now, endFailure }: Notes): NonNullable<ShareRow['atEnd']> {
  return {
    goneAt: record.goneAt ?? null,
    mayChoose: mayChooseEnd(record, now),
    isOurs: record.removal !== 'not-ours',
    failure: record.goneAt === undefined ? null : endFailure,
  };
}

function standingOf({ status, invitation, removal, size, pausedBytes }: ShareRecord): ShareStanding {
  switch (status) {
    case 'live':
      return { kind: 'live', probe: { kind: 'untried' } };
    case 'failed':
      return { kind: 'failed', failure: null };
    // A row that says `uploading` while nothing is under way was left so by a process that died.
    case 'uploading':
    case 'interrupted':
      return pausedBytes === undefined
        ? { kind: 'interrupted' }
        : { kind: 'paused', sentBytes: pausedBytes, totalBytes: size ?? pausedBytes, reason: null };
    case 'awaited':
      return invitation === undefined
        ? { kind: 'interrupted' }
        : {
            ...{ kind: 'awaited', way: invitation.way, uploadEndsAt: invitation.uploadEndsAt },
            trouble: null,
          };
    case 'cancelled':
      return { kind: 'cancelled' };
    case 'revoked':
      return removal === 'hidden' ? { kind: 'revoked', isHidden: true } : { kind: 'revoked' };
    case 'gone':
      return { kind: 'gone', how: removal === 'not-ours' ? null : (removal ?? null) };
  }
}
