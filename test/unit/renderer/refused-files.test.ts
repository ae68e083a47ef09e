import { screen, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import type { FakeBridge } from '../../renderer/fake-bridge.ts';
import { failure, share } from '../../renderer/shares.ts';
import { click, drop, file, messages, openedWindow, press } from './opened-window.ts';

let fake: FakeBridge;
beforeEach(async () => {
  fake = await openedWindow();
});

const refuse = (count: number, next: string | null = 'Drop its files.') => {
  fake.handlers.offerFiles = () => ({
    ok: true,
    value: Array.from({ length: count }, (_, at) => ({
      ...{ kind: 'refused', name: `folder ${at}` },
      failure: failure('It is a folder.', next),
    })),
  });
};

describe('files that are refused', () => {
  it('are one message, however many they are, with what can be done about all of them', async () => {
    refuse(12);
    await drop(file('x'));
    const [alert, ...others] = screen.getAllByRole('alert');
    expect(others).toEqual([]);
    expect(alert?.textContent).toContain('12 files were not shared');
    expect(alert?.textContent).toContain('folder 2: It is a folder.');
    expect(alert?.textContent).not.toContain('folder 3');
    expect(alert?.textContent).toContain('and 9 more');
    expect(within(alert!).getAllByText('Drop its files.')).toHaveLength(1);
  });

  it('are told plainly where there is one', async () => {
    refuse(1);
    await drop(file('x'));
    expect(messages()).toContain('folder 0: It is a folder.');
    expect(messages()).not.toContain('were not shared');
  });

  it('leave the window by Escape, which closes nothing else', async () => {
    refuse(2);
    await press(window, ',', { ctrlKey: true });
    await drop(file('x'));
    expect(await press(document.body, 'Escape')).toBe(false);
    expect(screen.queryAllByRole('alert')).toEqual([]);
    expect(screen.getByRole('heading', { name: 'Preferences' })).toBeTruthy();
    await press(document.body, 'Escape');
    expect(screen.getByRole('heading', { name: 'Drop files here' })).toBeTruthy();
  });
});

describe('a file that is being sent already', () => {
  const row = share({ name: 'a.txt' });

  it('is told to be copied again, and not to be new', async () => {
    fake.handlers.startShares = () => ({ ok: true, value: [{ kind: 'running', row }] });
    await drop(file('a.txt'));
    expect(screen.getByText('a.txt is being sent already; its link is copied again')).toBeTruthy();
    expect(screen.queryByText(/works when the upload is done/)).toBeNull();
  });

  it('is sent anyway where that is wished, under the id that it was offered with', async () => {
    fake.handlers.startShares = ({ again }) => ({
      ok: true,
      value: [again ? { kind: 'started', row } : { kind: 'running', row }],
    });
    await drop(file('a.txt'));
    await click(screen.getByRole('button', { name: 'Send it anyway' }));
    const [first, second] = fake.inputsOf('startShares') as { fileIds: string[]; again?: true }[];
    expect(first?.again).toBeUndefined();
    expect(second).toEqual({ ...first, again: true });
    expect(screen.queryByText(/is being sent already/)).toBeNull();
    expect(messages()).toContain('Link copied; works when the upload is done');
  });
});
