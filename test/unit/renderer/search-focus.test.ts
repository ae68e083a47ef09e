import { fireEvent, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { oneOfEach } from '../../renderer/shares.ts';
import { openedWindow, pass, press } from './opened-window.ts';

const field = () => screen.getByLabelText<HTMLInputElement>('Search shares');
const typeSearch = async (text: string) => {
  await fireEvent.input(field(), { target: { value: text } });
  await pass(200);
};

beforeEach(async () => {
  vi.useFakeTimers();
  await openedWindow({ rows: oneOfEach() });
  field().focus();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the focus, while one searches', () => {
  it('stays in the field where nothing was found and Enter was pressed all the same', async () => {
    await typeSearch('bzz');
    await press(field(), 'Enter');
    await typeSearch('b');
    await typeSearch('');
    expect(document.activeElement).toBe(field());
  });

  it('stays in the field where what was found is searched again before the list is there', async () => {
    await typeSearch('report');
    await press(field(), 'Enter');
    expect(document.activeElement?.getAttribute('role')).toBe('row');
    field().focus();
    await typeSearch('re');
    expect(document.activeElement).toBe(field());
  });

  it('is not lost when a search that found nothing is cleared', async () => {
    await typeSearch('zebra');
    expect(screen.getByText('No share is named like “zebra”')).toBeTruthy();
    const before = field();
    await fireEvent.input(field(), { target: { value: '' } });
    expect(document.activeElement).toBe(before);
    await pass(200);
    expect(document.activeElement).toBe(before);
    expect(before.isConnected).toBe(true);
    expect(screen.queryByText(/No share is named/)).toBeNull();
  });

  it('says that nothing was found of what was searched, not of what is being typed', async () => {
    await typeSearch('zebra');
    await fireEvent.input(field(), { target: { value: 'zebras' } });
    expect(screen.getByText('No share is named like “zebra”')).toBeTruthy();
  });
});
