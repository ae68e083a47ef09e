import { describe, expect, it } from 'vitest';
import { ShareListState } from '../../../src/renderer/state/share-list-state.svelte.ts';
import { ListView } from '../../../src/renderer/state/list-view.svelte.ts';
import { Toasts } from '../../../src/renderer/state/toasts.svelte.ts';
import { FakeBridge } from '../../renderer/fake-bridge.ts';
import { failure, manyShares } from '../../renderer/shares.ts';
import { settle } from './opened-window.ts';

function listOf(count: number) {
  const fake = new FakeBridge({ rows: manyShares(count) });
  const toasts = new Toasts();
  const shares = new ShareListState(fake.bridge, toasts);
  shares.follow();
  return { fake, toasts, shares };
}

/** Holds every reading back until it is let go. */
function gated(fake: FakeBridge) {
  const waiting: (() => void)[] = [];
  const { readShares } = fake.handlers;
  fake.handlers.readShares = (asked) =>
    new Promise((resolve) => {
      const answer = readShares(asked);
      waiting.push(() => {
        resolve(answer);
      });
    });
  return async () => {
    waiting.shift()?.();
    await settle();
  };
}

describe('the list as it is held', () => {
  it('reads no page that was passed while another was read', async () => {
    const { fake, shares } = listOf(10_000);
    const letOne = gated(fake);
    const first = shares.look({ first: 0, end: 10 });
    void shares.look({ first: 3000, end: 3010 });
    void shares.look({ first: 9000, end: 9010 });
    await letOne();
    await letOne();
    await first;
    expect(fake.inputsOf('readShares').map((asked) => (asked as { offset: number }).offset)).toEqual([
      0, 9000,
    ]);
  });

  it('reads again what changed while it was being read', async () => {
    const { fake, shares } = listOf(5);
    const letOne = gated(fake);
    void shares.look({ first: 0, end: 5 });
    fake.rows = fake.rows.slice(1);
    fake.push('sharesListed', {});
    await letOne();
    expect(shares.total).toBe(5);
    await letOne();
    expect(shares.total).toBe(4);
  });

  it('draws no share twice while its pages are of two editions', async () => {
    const { fake, shares } = listOf(300);
    await shares.look({ first: 95, end: 105 });
    const view = new ListView(shares);
    view.height = 380;
    view.top = 97 * 76;
    const letOne = gated(fake);
    fake.rows = fake.rows.slice(1);
    fake.push('sharesListed', {});
    await letOne();
    const keys = view.entries.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(shares.at(99)?.id).toBe(shares.at(100)?.id);
    await letOne();
    expect(shares.at(99)?.id).not.toBe(shares.at(100)?.id);
  });

  it('does not ask on and on for what cannot be read, but does so when told of a change', async () => {
    const { fake, shares, toasts } = listOf(5);
    const { readShares } = fake.handlers;
    fake.handlers.readShares = () => ({ ok: false, failure: failure('The history is damaged.') });
    await shares.look({ first: 0, end: 5 });
    await shares.look({ first: 0, end: 6 });
    expect(fake.inputsOf('readShares')).toHaveLength(1);
    expect(toasts.list.map(({ message }) => message)).toEqual(['The history is damaged.']);
    fake.handlers.readShares = readShares;
    await shares.refresh();
    expect(shares.total).toBe(5);
  });

  it('forgets pages that are far away, but not the one that has the focus', async () => {
    const { shares } = listOf(10_000);
    shares.hold(150);
    for (let first = 0; first < 10_000; first += 100) await shares.look({ first, end: first + 10 });
    expect(shares.at(150)).toBeDefined();
    expect(shares.at(9950)).toBeDefined();
    expect(shares.at(5000)).toBeUndefined();
    expect(shares.at(50)).toBeUndefined();
  });

  it('ends where a shorter list ends', async () => {
    const { fake, shares } = listOf(1000);
    await shares.look({ first: 900, end: 910 });
    fake.rows = fake.rows.slice(0, 10);
    fake.push('sharesListed', {});
    await settle();
    expect(shares.total).toBe(10);
    expect(shares.at(905)).toBeUndefined();
    expect(shares.at(5)).toBeDefined();
  });
});
