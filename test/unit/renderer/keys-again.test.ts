import { fireEvent, screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { done } from '../../renderer/fake-bridge.ts';
import { failure } from '../../renderer/shares.ts';
import { click, messages, openedWindow, press, settle, type } from './opened-window.ts';

const SECRET = 'the-secret-of-the-test';
const openSwitcher = () => click(screen.getByRole('button', { name: /^Account/ }));
const gone = { ...failure('The keychain holds no keys for the account “family”.', 'Enter them again.') };

describe('where new keys would be kept', () => {
  it('is asked for when the form opens, and said as it is', async () => {
    const fake = await openedWindow();
    fake.handlers.probeVault = () => {
      fake.changeBoard({ vaultKeeps: 'memory' });
      return done;
    };
    await openSwitcher();
    await click(screen.getByRole('menuitem', { name: 'Connect another…' }));
    expect(fake.inputsOf('probeVault')).toEqual([{}]);
    expect(screen.getByText('Kept until Sandglass quits.')).toBeTruthy();
    expect(screen.queryByText('Kept in the keychain, and nowhere else.')).toBeNull();
  });
});

describe('an account whose keys are gone', () => {
  const opened = async () => {
    const fake = await openedWindow({ board: { vaultKeeps: 'memory' } });
    fake.handlers.previewLife = () => ({ ok: false, failure: { ...gone, code: 'no-credentials' } });
    await click(screen.getByLabelText('1 h'));
    return fake;
  };

  it('gets them again, and stays as it is', async () => {
    const fake = await opened();
    await click(screen.getByRole('button', { name: 'Enter the keys again…' }));
    expect(screen.getByRole('heading', { name: 'The keys of family' })).toBe(document.activeElement);
    await type('Access key ID', ' AKIAEXAMPLE ');
    await type('Secret access key', SECRET);
    await fireEvent.submit(screen.getByRole('form', { name: 'The keys of family' }));
    await settle();
    expect(fake.inputsOf('renewKeys')).toEqual([
      { name: 'family', accessKeyId: 'AKIAEXAMPLE', secretAccessKey: SECRET },
    ]);
    expect(messages()).toContain('family has its keys');
    expect(screen.getByRole('heading', { name: 'Drop files here' })).toBeTruthy();
    expect(document.documentElement.outerHTML).not.toContain(SECRET);
  });

  it('keeps what was typed where the keychain refuses it, and says why', async () => {
    const fake = await opened();
    fake.handlers.renewKeys = () => ({ ok: false, failure: failure('The keychain is locked.') });
    await click(screen.getByRole('button', { name: 'Enter the keys again…' }));
    await type('Access key ID', 'AKIA');
    await type('Secret access key', SECRET);
    await fireEvent.submit(screen.getByRole('form', { name: 'The keys of family' }));
    await settle();
    expect(messages()).toContain('The keychain is locked.');
    expect(screen.getByLabelText<HTMLInputElement>('Secret access key').value).toBe(SECRET);
  });

  it('is not told to enter keys where a profile gives them', async () => {
    const fake = await openedWindow({ board: { currentAccount: 'work' } });
    fake.handlers.previewLife = () => ({ ok: false, failure: { ...gone, code: 'no-credentials' } });
    await click(screen.getByLabelText('1 h'));
    expect(screen.queryByRole('button', { name: 'Enter the keys again…' })).toBeNull();
  });
});

describe('the keys of an account', () => {
  it('can be entered again from the menu, and a profile’s cannot', async () => {
    const fake = await openedWindow();
    await openSwitcher();
    await click(screen.getByRole('menuitem', { name: 'Enter the keys of family again…' }));
    expect(screen.getByRole('heading', { name: 'The keys of family' })).toBeTruthy();
    await press(window, 'Escape');
    fake.changeBoard({ currentAccount: 'work' });
    await settle();
    await openSwitcher();
    expect(screen.queryByRole('menuitem', { name: /Enter the keys/ })).toBeNull();
  });
});
