import type { ShareRow, ShareStanding } from '../../shared/board.ts';
import { describeOrigin } from '../credentials/credential-sources.ts';
import { expiresAt, type ShareRecord } from '../history/share-record.ts';

/** A share as the window shows it. @param live what is under way in this process; else history tells */
export function shareRowOf(record: ShareRecord, live?: ShareStanding): ShareRow {
  return {
    id: record.id,
    name: record.name,
    size: record.size,
    bucket: record.location.bucket,
    key: record.key,
    region: record.location.region,
    endpoint: record.location.endpoint ?? null,
    origin: describeOrigin(record.origin),
    sharedAt: record.sharedAt,
    signedAt: record.signedAt,
    expiresAt: expiresAt(record),
    requestedExpiresAt: record.requestedExpiresAt,
    limitedBy: record.limitedBy,
    standing: live ?? standingOf(record),
  };
}

function standingOf({ status }: ShareRecord): ShareStanding {
  switch (status) {
    case 'live':
      return { kind: 'live', probe: { kind: 'untried' } };
    case 'failed':
      return { kind: 'failed', failure: null };
    // A row that says `uploading` while nothing is under way was left so by a process that died.
    case 'uploading':
    case 'interrupted':
      return { kind: 'interrupted' };
    // Its link lives, and is an invitation to upload.
    case 'awaited':
      return { kind: 'live', probe: { kind: 'untried' } };
    case 'cancelled':
      return { kind: 'cancelled' };
    case 'revoked':
    case 'gone':
      return { kind: 'revoked' };
  }
}
