import { fireEvent, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { manyShares, share } from '../../renderer/shares.ts';
import type { FakeBridge } from '../../renderer/fake-bridge.ts';
import { openedWindow, pass, press, rowOf, settle } from './opened-window.ts';

describe('ten thousand shares', () => {
  let fake: FakeBridge;
  beforeEach(async () => {
    vi.useFakeTimers();
    fake = await openedWindow({ rows: manyShares(10_000) });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const list = () => document.querySelector<HTMLElement>('.list')!;
  const scrollTo = async (top: number) => {
    list().scrollTop = top;
    await fireEvent.scroll(list());
    await settle();
  };

  it('are drawn as far as they are seen, and counted whole', () => {
    expect(screen.getAllByRole('row').length).toBeLessThan(15);
    expect(screen.getByRole('grid').getAttribute('aria-rowcount')).toBe('10000');
    expect(screen.getByText('10,000 shares')).toBeTruthy();
    expect(fake.inputsOf('readShares')).toEqual([{ search: '', offset: 0, limit: 100 }]);
  });

  it('are read where the list is scrolled to', async () => {
    await scrollTo(5000 * 76);
    expect(fake.inputsOf('readShares').at(-1)).toEqual({ search: '', offset: 5000, limit: 100 });
    expect(rowOf('5000-').getAttribute('aria-rowindex')).toBe('5001');
    expect(screen.getAllByRole('row').length).toBeLessThan(20);
  });

  it('are walked by keys to the very end and back', async () => {
    rowOf('Holiday in Lisbon.zip').focus();
    await press(document.activeElement!, 'ArrowDown');
    expect(document.activeElement?.getAttribute('aria-rowindex')).toBe('2');
    await press(document.activeElement!, 'End');
    await fireEvent.scroll(list());
    await settle();
    expect(document.activeElement?.getAttribute('aria-rowindex')).toBe('10000');
    await press(document.activeElement!, 'Home');
    await fireEvent.scroll(list());
    await settle();
    expect(document.activeElement?.getAttribute('aria-rowindex')).toBe('1');
  });

  it('keep the focus on a row that is scrolled out of sight', async () => {
    rowOf('Holiday in Lisbon.zip').focus();
    await scrollTo(5000 * 76);
    expect(document.activeElement?.getAttribute('aria-rowindex')).toBe('1');
  });

  it('have one row only that Tab leads to', () => {
    const reached = screen.getAllByRole('row').filter(({ tabIndex }) => tabIndex === 0);
    expect(reached).toHaveLength(1);
  });

  it('are searched when typing rests, in one request', async () => {
    await press(window, 'f', { ctrlKey: true });
    expect(document.activeElement).toBe(screen.getByLabelText('Search shares'));
    for (const text of ['l', 'li', 'lisbon']) {
      await fireEvent.input(document.activeElement!, { target: { value: text } });
      await pass(50);
    }
    expect(fake.inputsOf('readShares')).toHaveLength(1);
    await pass(150);
    expect(fake.inputsOf('readShares').at(-1)).toEqual({ search: 'lisbon', offset: 0, limit: 100 });
    expect(fake.inputsOf('readShares')).toHaveLength(2);
    expect(screen.getByText('834 shares')).toBeTruthy();
    await press(document.activeElement!, 'Escape');
    await pass(150);
    expect(screen.getByText('10,000 shares')).toBeTruthy();
  });

  it('are found from the first one on, however far the list was scrolled', async () => {
    await scrollTo(5000 * 76);
    await fireEvent.input(screen.getByLabelText('Search shares'), { target: { value: 'lisbon' } });
    await pass(200);
    expect(list().scrollTop).toBe(0);
    expect(rowOf('Holiday in Lisbon.zip').getAttribute('aria-rowindex')).toBe('1');
    expect(rowOf('Holiday in Lisbon.zip').tabIndex).toBe(0);
  });

  it('are read again, where they are seen, when one is added above them', async () => {
    fake.rows = [share({ id: 'ffffffffff', name: 'newest.txt' }), ...fake.rows];
    fake.push('sharesListed', {});
    await settle();
    expect(rowOf('newest.txt').getAttribute('aria-rowindex')).toBe('1');
    expect(screen.getByText('10,001 shares')).toBeTruthy();
  });

  it('say so where none is found', async () => {
    await fireEvent.input(screen.getByLabelText('Search shares'), { target: { value: 'zebra' } });
    await pass(200);
    expect(screen.getByText('No share is named like “zebra”')).toBeTruthy();
    expect(screen.queryAllByRole('row')).toEqual([]);
  });
});
