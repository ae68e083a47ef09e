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

/** What somebody else may upload for an hour from noon. */
export function awaitedRecord(id: string, way: 'put' | 'form' = 'put'): ShareRecord {
  const terms = {
    contentType: null,
    linkLife: { kind: 'seconds', seconds: 60 },
    uploadEndsAt: NOON + HOUR,
  } as const;
  return recordOf(id, {
    ...{ status: 'awaited', size: null, path: null, key: way === 'put' ? `in/${id}` : 'in/Xq3v/' },
    invitation:
      way === 'put'
        ? { way, ...terms, neverOverwrite: true }
        : { way, ...terms, minBytes: 0, maxBytes: 1_000_000 },
  });
}
