import { describe, expect, it } from 'vitest';
import { ObjectPreview } from '../../../src/main/board/object-preview.ts';
import { ServerClock } from '../../../src/main/signing/server-clock.ts';
import { DESTINATION } from './scripted-board.ts';
import { HOUR, NOON } from './scripted-share.ts';

describe('a link to an object that is there', () => {
  const life = { kind: 'seconds', seconds: 7_200 } as const;
  const asked = { bucket: 'films', key: 'a.mp4', versionId: null };
  type Archive = Awaited<
    ReturnType<ConstructorParameters<typeof ObjectPreview>[0]['browsing']['look']>
  >['archive'];

  function preview(archive: Archive | null) {
    const source = {
      ...DESTINATION.source,
      resolve: () => Promise.resolve({ accessKeyId: 'A', secretAccessKey: 's' }),
    };
    return new ObjectPreview({
      accounts: { dropTarget: () => ({ ...DESTINATION, source, prefix: '' }) },
      browsing: {
        look: () =>
          archive === null
            ? Promise.reject(new Error('HEAD is denied.'))
            : Promise.resolve({ size: 1, storageClass: 'GLACIER', archive }),
      },
      clock: new ServerClock({ now: () => NOON }),
    }).preview(asked, life);
  }

  it('ends with the copy that was restored from the archive, and says so beforehand', async () => {
    expect(await preview({ kind: 'restored', until: NOON + HOUR })).toMatchObject({
      ...{ expiresAt: NOON + HOUR, requestedExpiresAt: NOON + 2 * HOUR, limitedBy: 'restore' },
    });
  });

  it('is said beforehand to lead nowhere where the object is archived, or just being restored', async () => {
    await expect(preview({ kind: 'archived', isComing: false })).rejects.toThrow('nobody could download it');
    await expect(preview({ kind: 'archived', isComing: true })).rejects.toThrow('just being restored');
  });

  it('is limited by nothing where the object is none of an archive, or does not tell', async () => {
    for (const archive of [{ kind: 'none' } as const, null])
      expect(await preview(archive)).toMatchObject({ expiresAt: NOON + 2 * HOUR, limitedBy: null });
  });
});
