import { board, FakeBridge, preview } from './fake-bridge.ts';
import { awaitedRows, failure, manyShares, oneOfEach, share } from './shares.ts';

/** Runs in the page before its own scripts: the fake stands where the preload's bridge would. */
const asked = new URLSearchParams(location.search);
const rows = {
  none: () => [],
  each: () => oneOfEach(),
  many: () => manyShares(Number(asked.get('count') ?? 200)),
}[asked.get('rows') ?? 'none'];

const fake = new FakeBridge({
  board: board({
    ...(asked.has('unconnected') ? { accounts: [], currentAccount: null } : {}),
    ...(asked.get('language') === 'de' ? { language: { chosen: 'de', spoken: 'de' } as const } : {}),
    ...(asked.has('memory') ? { vaultKeeps: 'memory' as const } : {}),
    ...(asked.has('platform') ? { platform: asked.get('platform') as 'darwin' } : {}),
  }),
  rows: rows?.() ?? [],
});
if (asked.has('limited')) {
  const end = Date.now() + 5.3 * 3_600_000;
  fake.handlers.previewLife = ({ life }) => ({ ok: true, value: preview(life, Date.now(), end) });
}
Object.assign(window, {
  sandglass: fake.bridge,
  fake,
  pieces: { failure, share, oneOfEach, manyShares, awaitedRows },
});
