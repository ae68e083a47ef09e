import { screen, within } from '@testing-library/svelte';
import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LifeChoice } from '../../../src/shared/board.ts';
import { failure, HOUR, share } from '../../renderer/shares.ts';
import { preview, type FakeBridge } from '../../renderer/fake-bridge.ts';
import { click, openedWindow, pickMoment } from './opened-window.ts';

const ID = '00000000aa';
const NOON = new Date(2026, 10, 23, 12, 0, 0).getTime();

/** What stands there, beside what is only read aloud. */
const SEEN = { selector: '.end span' };

describe('a new link', () => {
  let fake: FakeBridge;
  const dialog = () => screen.getByRole('dialog', { name: 'A new link to report.pdf' });
  const more = () => screen.getByRole('button', { name: 'All actions for report.pdf' });
  const radio = (name: string) => within(dialog()).getByLabelText<HTMLInputElement>(name);
  const confirm = () => click(within(dialog()).getByRole('button', { name: 'Copy new link' }));

  async function open(life: LifeChoice = { kind: 'seconds', seconds: 86_400 }): Promise<void> {
    fake = await openedWindow({
      board: { life },
      rows: [share({ id: ID, now: NOON, signedAt: NOON - HOUR, expiresAt: NOON + 2 * HOUR })],
    });
    more().focus();
    await click(more());
    await click(screen.getByRole('menuitem', { name: 'New link…' }));
  }

  beforeEach(() => {
    vi.useFakeTimers({ now: NOON });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('lives as long as is picked, and is said to be copied with its end', async () => {
    await open();
    await click(radio('3 days'));
    expect(fake.inputsOf('extendShare')).toEqual([]);
    await confirm();
    expect(fake.inputsOf('extendShare')).toEqual([{ id: ID, life: { kind: 'seconds', seconds: 259_200 } }]);
    expect(screen.getByRole('region', { name: 'Messages' }).textContent).toContain(
      'New link copied; it ends ',
    );
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('may live until a date and time', async () => {
    await open();
    await click(radio('Until…'));
    const field = within(dialog()).getByLabelText<HTMLInputElement>('The link ends on');
    expect(field.value).toBe('2026-11-24T12:00');
    await pickMoment(field, '2026-11-26T09:15');
    expect(within(dialog()).getByText(/^Ends Thu (09:15|9:15\sAM)$/, SEEN)).toBeTruthy();
    await confirm();
    const at = new Date(2026, 10, 26, 9, 15).getTime();
    expect(fake.inputsOf('extendShare')).toEqual([{ id: ID, life: { kind: 'until', at } }]);
  });

  it('has closed when Escape gives the focus back, so that the very next key opens it again', async () => {
    await open();
    const escaped = new Event('cancel', { cancelable: true });
    dialog().dispatchEvent(escaped);
    flushSync();
    expect(escaped.defaultPrevented).toBe(true);
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(document.activeElement).toBe(more());
  });

  it('leaves the choice for the next drop as it was', async () => {
    await open({ kind: 'seconds', seconds: 3600 });
    expect(radio('1 h').checked).toBe(true);
    await click(radio('7 days'));
    await confirm();
    expect(fake.inputsOf('chooseLife')).toEqual([]);
    expect(screen.getByLabelText<HTMLInputElement>('1 h').checked).toBe(true);
  });

  it('begins with a day where the moment that was chosen for drops has passed', async () => {
    await open({ kind: 'until', at: NOON - HOUR });
    expect(radio('1 day').checked).toBe(true);
  });

  it('is looked at with the share’s own account, and says beforehand what limits it', async () => {
    await open();
    expect(fake.inputsOf('previewExtension')).toEqual([
      { id: ID, life: { kind: 'seconds', seconds: 86_400 } },
    ]);
    fake.handlers.previewExtension = ({ life }) => ({ ok: true, value: preview(life, NOON, NOON + HOUR) });
    await click(radio('12 h'));
    expect(within(dialog()).getByText(/^Ends (13:00|1:00\sPM) with your sign-in, not /, SEEN)).toBeTruthy();
  });

  it('that cannot be had keeps the dialog open, with the reason in it', async () => {
    await open();
    fake.handlers.previewExtension = () => ({
      ok: false,
      failure: failure('These credentials have ended.', 'Renew them.'),
    });
    await confirm();
    expect(within(dialog()).getByText('These credentials have ended. Renew them.')).toBeTruthy();
    expect(fake.inputsOf('extendShare')).toEqual([]);
  });

  it('is not made where the dialog is left', async () => {
    await open();
    await click(within(dialog()).getByRole('button', { name: 'Cancel' }));
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(fake.inputsOf('extendShare')).toEqual([]);
  });

  it('has the focus on what is chosen, and gives it back to where it was', async () => {
    await open();
    expect(document.activeElement).toBe(radio('1 day'));
    await click(within(dialog()).getByRole('button', { name: 'Cancel' }));
    expect(document.activeElement).toBe(more());
  });
});
