import { describe, expect, it } from 'vitest';
import { LifecycleDesk } from '../../../src/main/board/lifecycle-desk.ts';
import { ObjectPreview } from '../../../src/main/board/object-preview.ts';
import { ownId, type OwnRule } from '../../../src/main/share/lifecycle.ts';
import { ServerClock } from '../../../src/main/signing/server-clock.ts';
import { DESTINATION } from './scripted-board.ts';
import { HOUR, NOON } from './scripted-share.ts';

const ruleFor = (prefix: string): OwnRule => ({
  ...{ id: ownId(prefix), prefix, days: 8, abortDays: 7, endsVersions: false },
});

function scene(prefix?: string) {
  const world = { bucket: 'films', own: [] as OwnRule[], lines: [] as string[] };
  const answer = () => ({ own: world.own, others: 2, isConfirmed: true });
  const desk = new LifecycleDesk({
    accounts: { dropTarget: () => ({ ...DESTINATION, bucket: world.bucket, prefix }) },
    lifecycleOf: ({ bucket }) =>
      Promise.resolve({
        show: () => Promise.resolve(answer()),
        preview: (asked, days) =>
          Promise.resolve({ wanted: { ...ruleFor(asked), days }, inPlace: null, others: 2 }),
        put: (rule) => {
          world.lines.push(`put ${rule.prefix} in ${bucket}`);
          world.own = [rule];
          return Promise.resolve(answer());
        },
        remove: (asked) => {
          world.lines.push(`remove ${asked ?? 'all'} in ${bucket}`);
          world.own = [];
          return Promise.resolve(answer());
        },
      }),
  });
  return { world, desk };
}

describe('the bucket’s own rule', () => {
  it('is for the folder that drops go to, with its slash, so that it holds for no neighbour', async () => {
    const { desk } = scene('inbox');
    expect(await desk.preview(3)).toMatchObject({ bucket: 'films', wanted: { prefix: 'inbox/', days: 3 } });
    expect(await desk.show()).toEqual({ bucket: 'films', prefix: 'inbox/', rules: [], others: 2 });
  });

  it('has no place where drops go all over the bucket', async () => {
    expect((await scene().desk.show()).prefix).toBeNull();
    expect((await scene('').desk.show()).prefix).toBeNull();
  });

  it('is set as it was shown, and removed again', async () => {
    const { desk, world } = scene('inbox/');
    const rule = ruleFor('inbox/');
    expect(await desk.put({ bucket: 'films', rule })).toMatchObject({ rules: [rule], isConfirmed: true });
    await desk.remove({ bucket: 'films', prefix: 'inbox/' });
    expect(world.lines).toEqual(['put inbox/ in films', 'remove inbox/ in films']);
  });

  it('is not set for another folder, or in another bucket, than was shown', async () => {
    const { desk, world } = scene('inbox/');
    const rule = ruleFor('inbox/');
    const moved = 'Another account is chosen';
    await expect(desk.put({ bucket: 'others', rule })).rejects.toThrow(moved);
    await expect(desk.put({ bucket: 'films', rule: ruleFor('logs/') })).rejects.toThrow(moved);
    await expect(desk.put({ bucket: 'films', rule: { ...rule, id: ownId('logs/') } })).rejects.toThrow(moved);
    await expect(desk.remove({ bucket: 'others', prefix: 'inbox/' })).rejects.toThrow(moved);
    expect(world.lines).toEqual([]);
  });
});

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
