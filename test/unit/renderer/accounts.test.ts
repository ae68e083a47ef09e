import { screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { click, openedWindow, press, messages } from './opened-window.ts';

describe('several accounts', () => {
  const openSwitcher = () => click(screen.getByRole('button', { name: /^Account/ }));

  it('are switched in the header', async () => {
    const fake = await openedWindow();
    await openSwitcher();
    expect(screen.getAllByRole('menuitemradio').map((item) => item.getAttribute('aria-checked'))).toEqual([
      'true',
      'false',
    ]);
    await click(screen.getByRole('menuitemradio', { name: /^work/ }));
    expect(fake.inputsOf('selectAccount')).toEqual([{ name: 'work' }]);
    expect(screen.getByRole('button', { name: /^Account/ }).textContent).toContain('work');
  });

  it('come by “Connect another…”, and one can go back without', async () => {
    await openedWindow();
    await openSwitcher();
    await click(screen.getByRole('menuitem', { name: 'Connect another…' }));
    expect(screen.getByRole('heading', { name: 'Connect a bucket' })).toBeTruthy();
    await press(window, 'Escape');
    expect(screen.getByRole('heading', { name: 'Drop files here' })).toBeTruthy();
  });

  it('are removed after one question, which says what becomes of the shares', async () => {
    const fake = await openedWindow();
    await openSwitcher();
    await click(screen.getByRole('menuitem', { name: 'Remove family…' }));
    expect(fake.inputsOf('removeAccount')).toEqual([]);
    expect(screen.getByRole('alertdialog').textContent).toContain(
      'What was shared with it stays in the bucket',
    );
    await click(screen.getByRole('button', { name: 'Remove' }));
    expect(fake.inputsOf('removeAccount')).toEqual([{ name: 'family' }]);
    expect(messages()).toContain('family is removed');
  });
});
