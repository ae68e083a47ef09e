import { screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { click, openedWindow, press, settle, type } from './opened-window.ts';

const openForm = async () => {
  await click(screen.getByRole('button', { name: /^Account/ }));
  await click(screen.getByRole('menuitem', { name: 'Connect another…' }));
};
const value = (label: string) => screen.getByLabelText<HTMLInputElement>(label).value;

describe('a form that is half filled', () => {
  it('is still so when one comes back to it', async () => {
    await openedWindow();
    await openForm();
    await type('Access key ID', 'AKIAEXAMPLE');
    await type('Bucket', 'mine');
    await press(window, 'Escape');
    expect(screen.getByRole('heading', { name: 'Drop files here' })).toBeTruthy();
    await openForm();
    expect([value('Access key ID'), value('Bucket')]).toEqual(['AKIAEXAMPLE', 'mine']);
  });

  it('asks before it lets go of a secret, and stays where the answer is no', async () => {
    await openedWindow();
    await openForm();
    await type('Secret access key', 'typed by hand');
    // Left to the browser, the key would close the question again.
    expect(await press(window, 'Escape')).toBe(false);
    const dialog = screen.getByRole('alertdialog', { name: 'Leave without connecting?' });
    expect(dialog.textContent).toContain('all but the secret access key');
    await click(screen.getByRole('button', { name: 'Go on' }));
    expect(value('Secret access key')).toBe('typed by hand');
    await press(window, ',', { ctrlKey: true });
    await click(screen.getByRole('button', { name: 'Leave' }));
    expect(screen.getByRole('heading', { name: 'Preferences' })).toBeTruthy();
  });

  it('is empty again once its account is connected', async () => {
    const fake = await openedWindow();
    await openForm();
    await type('Access key ID', 'AKIAEXAMPLE');
    await type('Secret access key', 'secret');
    await type('Bucket', 'mine');
    await click(screen.getByRole('button', { name: 'Connect' }));
    expect(fake.inputsOf('connectAccount')).toHaveLength(1);
    await openForm();
    expect([value('Access key ID'), value('Bucket'), value('Secret access key')]).toEqual(['', '', '']);
  });
});

describe('whoever comes back', () => {
  it.each([
    ['Preferences', /^Preferences$/],
    ['Buckets', /^Buckets$/],
    ['What is this link?', /^What is this link\?$/],
  ])('from “%s” stands where it was opened', async (title, opener) => {
    await openedWindow();
    await click(screen.getByRole('button', { name: opener }));
    expect(screen.getByRole('heading', { name: title })).toBeTruthy();
    await press(document.body, 'Escape');
    expect(document.activeElement?.getAttribute('aria-label')).toMatch(opener);
  });

  it('from the form stands on the accounts', async () => {
    await openedWindow();
    await openForm();
    await press(window, 'Escape');
    expect(document.activeElement?.textContent).toContain('family');
  });
});

describe('a menu', () => {
  const opener = () => screen.getByRole('button', { name: /^Account/ });
  const pressAndClick = async () => {
    opener().dispatchEvent(new Event('pointerdown', { bubbles: true }));
    await settle();
    opener().focus();
    await click(opener());
  };

  it('is closed by the button that opened it', async () => {
    await openedWindow();
    await pressAndClick();
    expect(screen.getByRole('menu')).toBeTruthy();
    await pressAndClick();
    expect(screen.queryByRole('menu')).toBeNull();
  });

  it('is closed by a press anywhere else', async () => {
    await openedWindow();
    await pressAndClick();
    document.body.dispatchEvent(new Event('pointerdown', { bubbles: true }));
    await settle();
    expect(screen.queryByRole('menu')).toBeNull();
  });
});

describe('Ctrl+O', () => {
  it('that is held down opens one dialog, and none while one is open', async () => {
    const fake = await openedWindow();
    let close: () => void = () => undefined;
    fake.handlers.chooseFiles = () =>
      new Promise((resolve) => {
        close = () => {
          resolve({ ok: true, value: [] });
        };
      });
    await press(window, 'o', { ctrlKey: true });
    await press(window, 'o', { ctrlKey: true, repeat: true });
    await press(window, 'o', { ctrlKey: true });
    expect(fake.inputsOf('chooseFiles')).toHaveLength(1);
    close();
    await settle();
    await press(window, 'o', { ctrlKey: true });
    expect(fake.inputsOf('chooseFiles')).toHaveLength(2);
  });
});
