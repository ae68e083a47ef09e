import { fireEvent, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { failure } from '../../renderer/shares.ts';
import { click, messages, openedWindow, pass, press, settle } from './opened-window.ts';

afterEach(() => {
  vi.useRealTimers();
});

describe('the preferences', () => {
  const opened = async (given: Parameters<typeof openedWindow>[0] = {}) => {
    const fake = await openedWindow(given);
    fake.push('asked', { to: 'preferences' });
    await settle();
    return fake;
  };

  it('open from the menu, by a button and by Ctrl+comma', async () => {
    await openedWindow();
    await press(window, ',', { ctrlKey: true });
    expect(screen.getByRole('heading', { name: 'Preferences' })).toBe(document.activeElement);
    await press(window, 'Escape');
    await click(screen.getByRole('button', { name: 'Preferences' }));
    expect(screen.getByRole('heading', { name: 'Preferences' })).toBeTruthy();
  });

  it('start Sandglass at login, or not', async () => {
    const fake = await opened();
    await click(screen.getByLabelText('Start Sandglass when I log in'));
    expect(fake.inputsOf('changePreferences')).toEqual([
      { launchAtLogin: true, globalShortcut: null, bandwidth: 'off' },
    ]);
  });

  it('show what still holds where the system refuses', async () => {
    const fake = await opened();
    fake.handlers.changePreferences = () => ({ ok: false, failure: failure('The system refuses it.') });
    const box = screen.getByLabelText<HTMLInputElement>('Start Sandglass when I log in');
    await click(box);
    expect(box.checked).toBe(false);
    expect(screen.getByText('The system refuses it.')).toBeTruthy();
  });

  it('record the keys that open Sandglass, and not a key alone', async () => {
    const fake = await opened();
    const button = screen.getByRole('button', { name: 'Record…' });
    await click(button);
    await fireEvent.keyDown(button, { key: 's', code: 'KeyS' });
    expect(fake.inputsOf('changePreferences')).toEqual([]);
    await fireEvent.keyDown(button, { key: 'S', code: 'KeyS', ctrlKey: true, shiftKey: true });
    await settle();
    expect(fake.inputsOf('changePreferences')).toEqual([
      { launchAtLogin: false, globalShortcut: 'Control+Shift+S', bandwidth: 'off' },
    ]);
    expect(screen.getByText('Ctrl+Shift+S')).toBeTruthy();
  });

  it('leave the keys as they are after Escape, and stay open', async () => {
    const fake = await opened();
    const button = screen.getByRole('button', { name: 'Record…' });
    await click(button);
    await fireEvent.keyDown(button, { key: 'Escape', code: 'Escape' });
    await settle();
    expect(fake.inputsOf('changePreferences')).toEqual([]);
    expect(screen.getByRole('button', { name: 'Record…' })).toBeTruthy();
    expect(screen.getByRole('heading', { name: 'Preferences' })).toBeTruthy();
  });

  it('take the keys away again', async () => {
    const fake = await opened({
      board: { preferences: { launchAtLogin: true, globalShortcut: 'Alt+S', bandwidth: 'off' } },
    });
    await click(screen.getByRole('button', { name: 'Remove' }));
    expect(fake.inputsOf('changePreferences')).toEqual([
      { launchAtLogin: true, globalShortcut: null, bandwidth: 'off' },
    ]);
  });
});

describe('the speed of uploads', () => {
  const field = () => screen.getByLabelText<HTMLInputElement>('Speed of all uploads together');
  const set = async (text: string) => {
    await fireEvent.input(field(), { target: { value: text } });
    await click(screen.getByRole('button', { name: 'Set' }));
  };

  it.each([
    ['2M', '2M'],
    [' 512k ', '512k'],
    ['19:00,off 08:00,512k', '08:00,512k 19:00,off'],
    ['off', 'off'],
  ])('is set as %s', async (typed, bandwidth) => {
    const fake = await openedWindow();
    await press(window, ',', { ctrlKey: true });
    await set(typed);
    expect(fake.inputsOf('changePreferences')).toEqual([
      { launchAtLogin: false, globalShortcut: null, bandwidth },
    ]);
    expect(field().value).toBe(bandwidth);
    expect(messages()).toContain('The speed is set');
  });

  it.each(['fast', '-1', '25:00,1M', '0'])(
    'that is none (%s) is refused where it was typed',
    async (typed) => {
      const fake = await openedWindow();
      await press(window, ',', { ctrlKey: true });
      await set(typed);
      expect(fake.inputsOf('changePreferences')).toEqual([]);
      expect(screen.getByRole('alert').textContent).toContain(`“${typed}” is no speed.`);
      expect(field().getAttribute('aria-invalid')).toBe('true');
      await set('1M');
      expect(screen.queryByRole('alert')).toBeNull();
    },
  );
});

describe('the window', () => {
  it('knows the system it runs on', async () => {
    await openedWindow({ board: { platform: 'darwin' } });
    expect(document.documentElement.dataset['platform']).toBe('darwin');
  });

  it('lets a note go by itself, and says a repeated one once', async () => {
    vi.useFakeTimers();
    await openedWindow();
    const choose = screen.getByRole('button', { name: 'Choose files…' });
    await click(choose);
    await pass(4000);
    await click(choose);
    const notes = () => screen.queryAllByText('Link copied; works when the upload is done');
    expect(notes()).toHaveLength(1);
    await pass(4000);
    expect(notes()).toHaveLength(1);
    await pass(1000);
    expect(notes()).toHaveLength(0);
  });

  it('lets no failure go by itself', async () => {
    vi.useFakeTimers();
    const fake = await openedWindow();
    fake.handlers.chooseFiles = () => ({ ok: false, failure: failure('No dialog could be opened.') });
    await click(screen.getByRole('button', { name: 'Choose files…' }));
    await pass(600_000);
    expect(screen.getByText('No dialog could be opened.')).toBeTruthy();
  });
});
