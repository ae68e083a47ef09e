import type { ShareRecord } from '../../../src/main/history/share-record.ts';
import { HOUR, NOON, SIZE } from './scripted-share.ts';

/** What history keeps of a share that lives for an hour from noon; what a test is about is given. */
export function recordOf(id: string, given: Partial<ShareRecord> = {}): ShareRecord {
  const name = given.name ?? `${id}.mp4`;
  return {
    ...{ id, name, size: SIZE, key: `k/${name}`, status: 'uploading', uploadId: null },
    ...{ location: { bucket: 'films', region: 'eu-west-1', pathStyle: false } },
    ...{ origin: { kind: 'account', name: 'mine' }, signer: '0123456789abcdef' },
    ...{ signedAt: NOON, expiresInSeconds: HOUR / 1000, requestedExpiresAt: NOON + HOUR },
    ...{ limitedBy: null, sharedAt: NOON, path: `/home/ada/${name}` },
    ...{ journal: null, holder: null },
    ...{ journal: null, holder: null },
    ...given,
  };
}
