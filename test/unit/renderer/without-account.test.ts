import { screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { failure, oneOfEach } from '../../renderer/shares.ts';
import { click, drop, file, openedWindow, rowOf, settle } from './opened-window.ts';

const none = { accounts: [], currentAccount: null };

describe('without an account', () => {
  it('the shares that there are stay within reach', async () => {
    await openedWindow({ board: none, rows: oneOfEach() });
    expect(rowOf('report.pdf')).toBeTruthy();
    expect(screen.getByText(/^No bucket is connected/)).toBeTruthy();
    await click(screen.getByRole('button', { name: 'Connect a bucket' }));
    expect(screen.getByRole('heading', { name: 'Connect a bucket' })).toBeTruthy();
    await click(screen.getByRole('button', { name: 'Back to the shares' }));
    expect(rowOf('report.pdf')).toBeTruthy();
  });

  it('a file that is dropped waits, which is said in the list too', async () => {
    await openedWindow({ board: none, rows: oneOfEach() });
    await drop(file('a.txt'));
    expect(screen.getByText(/One file waits/)).toBeTruthy();
    await click(screen.getByRole('button', { name: 'Back to the shares' }));
    expect(screen.getByText(/One file waits/)).toBeTruthy();
  });

  it('files that came from outside are counted among those that wait', async () => {
    await openedWindow({ board: { ...none, waitingFiles: 2 } });
    await drop(file('a.txt'));
    expect(screen.getByText(/3 files wait/)).toBeTruthy();
  });

  it('a bucket is asked for where there is no share either', async () => {
    await openedWindow({ board: none });
    expect(screen.getByRole('heading', { name: 'Connect a bucket' })).toBeTruthy();
  });

  it('a bucket is asked for where the list cannot be read', async () => {
    const fake = await openedWindow();
    fake.handlers.readShares = () => ({ ok: false, failure: failure('The history is damaged.') });
    fake.changeBoard(none);
    await settle();
    expect(screen.getByRole('heading', { name: 'Connect a bucket' })).toBeTruthy();
  });
});

describe('removing an account', () => {
  const ask = async (name: string) => {
    await click(screen.getByRole('button', { name: /^Account/ }));
    await click(screen.getByRole('menuitem', { name: `Remove ${name}…` }));
    return screen.getByRole('alertdialog');
  };

  it('names its uploads that are under way, and nobody else’s', async () => {
    const [first, second, ...others] = oneOfEach();
    const rows = [first!, { ...second!, origin: 'the account “work”' }, ...others];
    await openedWindow({ rows });
    const dialog = await ask('family');
    expect(dialog.textContent).toContain('interview-final-cut-v3.mov');
    expect(dialog.textContent).toContain('cannot be taken up again');
    expect(dialog.textContent).not.toContain('Holiday in Lisbon.zip');
    const described = document.getElementById(dialog.getAttribute('aria-describedby') ?? '');
    expect(described?.textContent).toContain('interview-final-cut-v3.mov');
  });

  it('names none where none is under way', async () => {
    await openedWindow({ rows: oneOfEach().slice(2) });
    expect((await ask('family')).textContent).not.toContain('under way');
  });
});
