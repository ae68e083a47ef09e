import { describe, expect, it } from 'vitest';
import { LifecycleDesk } from '../../../src/main/board/lifecycle-desk.ts';
import { ownId, type OwnRule } from '../../../src/main/share/lifecycle.ts';
import { DESTINATION } from './scripted-board.ts';

const ruleFor = (prefix: string): OwnRule => ({
  ...{ id: ownId(prefix), prefix, days: 8, abortDays: 7, endsVersions: false },
});

function scene(prefix?: string) {
  const world = { bucket: 'films', url: 'https://one.example', own: [] as OwnRule[], lines: [] as string[] };
  const answer = () => ({ own: world.own, others: 2, isConfirmed: true });
  const desk = new LifecycleDesk({
    accounts: {
      dropTarget: () => ({ ...DESTINATION, bucket: world.bucket, endpoint: { url: world.url }, prefix }),
    },
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
    expect(await desk.show()).toMatchObject({ bucket: 'films', prefix: 'inbox/', rules: [], others: 2 });
  });

  it('has no place where drops go all over the bucket', async () => {
    expect((await scene().desk.show()).prefix).toBeNull();
    expect((await scene('').desk.show()).prefix).toBeNull();
  });

  it('is set as it was shown, and removed again', async () => {
    const { desk, world } = scene('inbox/');
    const rule = ruleFor('inbox/');
    const { account } = await desk.preview(8);
    const place = { account, bucket: 'films' };
    expect(await desk.put({ ...place, rule })).toMatchObject({ ...place, rules: [rule], isConfirmed: true });
    await desk.remove({ ...place, prefix: 'inbox/' });
    expect(world.lines).toEqual(['put inbox/ in films', 'remove inbox/ in films']);
  });

  it('is not set for another folder, or in another bucket, than was shown', async () => {
    const { desk, world } = scene('inbox/');
    const rule = ruleFor('inbox/');
    const moved = 'Another account is chosen';
    const { account } = await desk.show();
    await expect(desk.put({ account, bucket: 'others', rule })).rejects.toThrow(moved);
    await expect(desk.put({ account, bucket: 'films', rule: ruleFor('logs/') })).rejects.toThrow(moved);
    await expect(
      desk.put({ account, bucket: 'films', rule: { ...rule, id: ownId('logs/') } }),
    ).rejects.toThrow(moved);
    await expect(desk.remove({ account, bucket: 'others', prefix: 'inbox/' })).rejects.toThrow(moved);
    expect(world.lines).toEqual([]);
  });

  it('is neither set nor removed in a bucket of the same name on another server than was shown', async () => {
    const { desk, world } = scene('inbox/');
    const { account, bucket, wanted: rule } = await desk.preview(8);
    world.url = 'https://two.example';
    const moved = 'Another account is chosen';
    await expect(desk.put({ account, bucket, rule })).rejects.toThrow(moved);
    await expect(desk.remove({ account, bucket, prefix: rule.prefix })).rejects.toThrow(moved);
    expect(world.lines).toEqual([]);
  });
});
