import type { LifecycleRuleView } from '../../src/shared/ending-view.ts';
import type { FakeBridge, Handlers } from './fake-bridge.ts';

type EndingHandlers = Pick<
  Handlers,
  'chooseGoneAtEnd' | 'chooseEnd' | 'showLifecycle' | 'previewLifecycle' | 'putLifecycle' | 'removeLifecycle'
>;

const rule = (days: number): LifecycleRuleView => ({
  ...{ id: 'sandglass-0123456789abcdef', prefix: 'inbox/', days, abortDays: 7, endsVersions: false },
});

/** How links end in a bucket whose lifecycle has one rule of somebody else. */
export function endingHandlers(fake: FakeBridge): EndingHandlers {
  const place = { account: 'mine', bucket: 'family-album' };
  let rules: LifecycleRuleView[] = [];
  return {
    chooseGoneAtEnd: ({ goneAtEnd }) => {
      fake.changeBoard({ goneAtEnd });
      return { ok: true, value: null };
    },
    chooseEnd: ({ id, goes }) => {
      const row = fake.rows.find((each) => each.id === id);
      if (!row?.atEnd) throw new Error(`No choice for ${id}`);
      const chosen = { ...row, atEnd: { ...row.atEnd, goneAt: goes ? row.expiresAt : null } };
      fake.change(chosen);
      return { ok: true, value: chosen };
    },
    showLifecycle: () => ({ ok: true, value: { ...place, prefix: 'inbox/', rules, others: 1 } }),
    previewLifecycle: ({ days }) => ({
      ok: true,
      value: { ...place, wanted: rule(days), inPlace: rules[0] ?? null, others: 1 },
    }),
    putLifecycle: ({ rule: put }) => {
      rules = [put];
      return { ok: true, value: { ...place, rules, others: 1, isConfirmed: true } };
    },
    removeLifecycle: () => {
      rules = [];
      return { ok: true, value: { ...place, rules, others: 1, isConfirmed: true } };
    },
  };
}
