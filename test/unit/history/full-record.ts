import type { ShareRecord } from '../../../src/main/history/share-record.ts';

export const NOON = Date.UTC(2026, 6, 1, 12);
/** A share in which every field holds something. */
export const RECORD: ShareRecord = {
  id: 'a1b2c3d4e5',
  name: 'my film – “final”.mp4',
  size: 5 * 1024 ** 4,
  key: "2026-07-01/r4nd0m/my film'; DROP TABLE shares; --.mp4",
  location: { bucket: 'films', region: 'eu-west-1', endpoint: 'http://127.0.0.1:9000', pathStyle: true },
  origin: { kind: 'profile', name: 'work' },
  signer: '0123456789abcdef',
  signedAt: NOON,
  expiresInSeconds: 3600,
  requestedExpiresAt: NOON + 7_200_000,
  limitedBy: 'credentials',
  status: 'uploading',
  uploadId: 'u1',
  journal: { partSize: 8 * 1024 ** 2, uploadMark: 'f'.repeat(32) },
  holder: 'app-0123456789abcdef',
  sharedAt: NOON,
  path: null,
};
