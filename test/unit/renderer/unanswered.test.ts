import { render, screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import App from '../../../src/renderer/app.svelte';
import { FakeBridge } from '../../renderer/fake-bridge.ts';
import { failure } from '../../renderer/shares.ts';
import { click, settle } from './opened-window.ts';

describe('a window whose surroundings cannot be read', () => {
  it('says why, and tries again when asked to', async () => {
    const fake = new FakeBridge();
    const { readBoard } = fake.handlers;
    fake.handlers.readBoard = () => ({
      ok: false,
      failure: failure('The settings are damaged.', 'Move them away.'),
    });
    render(App, { bridge: fake.bridge });
    await settle();
    expect(screen.getByRole('heading', { name: 'The settings are damaged.' })).toBeTruthy();
    expect(screen.getByText('Move them away.')).toBeTruthy();
    fake.handlers.readBoard = readBoard;
    await click(screen.getByRole('button', { name: 'Try again' }));
    expect(screen.getByRole('heading', { name: 'Drop files here' })).toBeTruthy();
  });

  it('listens to nothing any more once it is gone', async () => {
    const fake = new FakeBridge();
    const { unmount } = render(App, { bridge: fake.bridge });
    await settle();
    unmount();
    fake.push('asked', { to: 'choose-files' });
    window.dispatchEvent(Object.assign(new Event('drop', { cancelable: true }), { dataTransfer: null }));
    await settle();
    expect(fake.inputsOf('chooseFiles')).toEqual([]);
  });
});
