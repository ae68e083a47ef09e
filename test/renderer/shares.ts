import type { Failure, ShareRow, ShareStanding } from '../../src/shared/board.ts';

export const HOUR = 3_600_000;

export const works: ShareStanding = { kind: 'live', probe: { kind: 'works' } };

/** Somebody else may upload until then. @param uploadEndsAt milliseconds since 1970 */
export const awaited = (uploadEndsAt: number, way: 'put' | 'form' = 'put'): ShareStanding => ({
  ...{ kind: 'awaited', way, uploadEndsAt, trouble: null },
});

export function failure(message: string, next: string | null = null): Failure {
  return { code: 'refused', message, next, requestId: null };
}

/** A live share with an hour left of a day; what a test is about is given. */
export function share(given: Partial<ShareRow> & { readonly now?: number } = {}): ShareRow {
  const { now = Date.now(), ...rest } = given;
  const signedAt = rest.signedAt ?? now - 23 * HOUR;
  const expiresAt = rest.expiresAt ?? signedAt + 24 * HOUR;
  const name = rest.name ?? 'report.pdf';
  return {
    id: '0000000001',
    size: 3_400_000,
    bucket: 'family-album',
    key: `2026-11-23/k3v9q2/${name}`,
    region: 'eu-central-1',
    endpoint: null,
    origin: 'the account “family”',
    sharedAt: signedAt,
    requestedExpiresAt: expiresAt,
    limitedBy: null,
    standing: works,
    ...rest,
    name,
    signedAt,
    expiresAt,
  };
}

const NAMES = [
  'Holiday in Lisbon.zip',
  'report.pdf',
  'interview-final-cut-v3.mov',
  'Invoice 2026-118.pdf',
  'IMG_4471.heic',
  'podcast-episode-42.flac',
  'measurements.csv',
  'backup-of-the-old-server-2026-11-22T23-59-00.tar.zst',
  'slides for Monday.pptx',
  'notes.md',
  'ubuntu-26.04-desktop-amd64.iso',
  'プロジェクト資料.docx',
];

/** Many live shares, each with another life and another part of it left. */
export function manyShares(count: number, now = Date.now()): ShareRow[] {
  return Array.from({ length: count }, (_, place) => {
    const life = [HOUR, 12 * HOUR, 24 * HOUR, 72 * HOUR, 168 * HOUR][place % 5] ?? HOUR;
    const signedAt = now - Math.floor(life * ((place % 23) / 24));
    const plain = NAMES[place % NAMES.length] ?? 'file';
    return share({
      now,
      id: place.toString(16).padStart(10, '0'),
      name: place < NAMES.length ? plain : `${place}-${plain}`,
      size: 20_000 + ((place * 7_919_993) % 900_000_000),
      signedAt,
      expiresAt: signedAt + life,
    });
  });
}

/** One of each standing, as a person may meet them. */
export function oneOfEach(now = Date.now()): ShareRow[] {
  const row = (place: number, given: Partial<ShareRow>) =>
    share({ now, id: place.toString(16).padStart(10, 'a'), ...given });
  const fresh = { signedAt: now - 60_000, expiresAt: now + 24 * HOUR - 60_000 };
  return [
    row(1, {
      ...fresh,
      name: 'interview-final-cut-v3.mov',
      size: 1_870_000_000,
      standing: {
        kind: 'uploading',
        sentBytes: 742_000_000,
        totalBytes: 1_870_000_000,
        bytesPerSecond: 18_400_000,
        secondsLeft: 61,
        restarted: false,
        waits: false,
      },
    }),
    row(2, {
      ...fresh,
      name: 'Holiday in Lisbon.zip',
      standing: { kind: 'paused', sentBytes: 61_000_000, totalBytes: 204_000_000, reason: null },
    }),
    row(3, { name: 'report.pdf', signedAt: now - HOUR, expiresAt: now + 2.24 * HOUR }),
    row(4, {
      name: 'measurements.csv',
      size: 18_200,
      signedAt: now - 3.7 * HOUR,
      expiresAt: now + 0.3 * HOUR,
      requestedExpiresAt: now + 20 * HOUR,
      limitedBy: 'credentials',
    }),
    row(5, {
      ...fresh,
      name: 'notes.md',
      size: 812,
      standing: {
        kind: 'live',
        probe: { kind: 'dead', failure: failure('the bucket’s policy refuses it (403).', 'Ask its owner.') },
      },
    }),
    row(6, { name: 'IMG_4471.heic', signedAt: now - 30 * HOUR, expiresAt: now - 6 * HOUR }),
    row(7, { ...fresh, name: 'slides for Monday.pptx', standing: { kind: 'interrupted' } }),
    row(8, {
      ...fresh,
      name: 'podcast-episode-42.flac',
      standing: { kind: 'failed', failure: failure('The file was deleted while it was sent.') },
    }),
    row(9, { ...fresh, name: 'ubuntu-26.04-desktop-amd64.iso', standing: { kind: 'cancelled' } }),
    row(10, { ...fresh, name: 'Invoice 2026-118.pdf', standing: { kind: 'revoked' } }),
  ];
}

/** What somebody else may upload, each as a person may meet it. */
export function awaitedRows(now = Date.now()): ShareRow[] {
  const row = (place: number, way: 'put' | 'form', end: number, given: Partial<ShareRow> = {}) =>
    share({
      ...{ now, id: place.toString(16).padStart(10, 'e'), size: null },
      ...{ signedAt: now - HOUR, expiresAt: end, standing: awaited(end, way), ...given },
    });
  const unseen = failure('These credentials may not see what is in this bucket (AccessDenied).');
  return [
    row(1, 'put', now + 2.24 * HOUR, { name: 'quarterly report.pdf' }),
    row(2, 'form', now + 71 * HOUR, { name: 'handover', key: 'handover/Xq3vPz7mR2tK9wLdN4sHcA/' }),
    row(3, 'put', now + 300_000, {
      name: 'contract, signed.pdf',
      standing: { kind: 'awaited', way: 'put', uploadEndsAt: now + 300_000, trouble: unseen },
    }),
    row(4, 'put', now - 3 * HOUR, { name: 'photo.jpg', signedAt: now - 27 * HOUR }),
  ];
}
