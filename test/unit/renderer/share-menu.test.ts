import { fireEvent, screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { ShareStanding } from '../../../src/shared/board.ts';
import { failure, HOUR, share } from '../../renderer/shares.ts';
import type { FakeBridge } from '../../renderer/fake-bridge.ts';
import { click, openedWindow, press, rowOf, settle, messages } from './opened-window.ts';

const ID = '00000000aa';
const uploading: ShareStanding = {
  kind: 'uploading',
  sentBytes: 50_000_000,
  totalBytes: 200_000_000,
  bytesPerSecond: 8_100_000,
  secondsLeft: 125,
  restarted: false,
  waits: false,
};

async function withOne(standing: ShareStanding, rest: Parameters<typeof share>[0] = {}): Promise<FakeBridge> {
  const now = Date.now();
  return openedWindow({
    rows: [share({ id: ID, standing, signedAt: now - HOUR, expiresAt: now + 2 * HOUR, ...rest })],
  });
}

describe('the menu of a row', () => {
  const openMenu = () => click(screen.getByRole('button', { name: 'All actions for report.pdf' }));
  const items = () =>
    screen.getAllByRole('menuitem').map((item) => item.querySelector('.label')?.textContent);

  it('holds all that can be done, the likeliest first, and has the focus', async () => {
    await withOne(uploading);
    await openMenu();
    expect(items()).toEqual(['Copy link', 'Pause', 'Cancel upload', 'Details']);
    expect(document.activeElement?.textContent).toContain('Copy link');
  });

  it('is walked with the arrow keys, round and round, and left with Escape', async () => {
    await withOne(uploading);
    const more = screen.getByRole('button', { name: 'All actions for report.pdf' });
    more.focus();
    await openMenu();
    await press(document.activeElement!, 'ArrowUp');
    expect(document.activeElement?.textContent).toContain('Details');
    await press(document.activeElement!, 'ArrowDown');
    expect(document.activeElement?.textContent).toContain('Copy link');
    await press(document.activeElement!, 'Escape');
    expect(screen.queryByRole('menu')).toBeNull();
    expect(document.activeElement).toBe(more);
  });

  it('opens by a right click too, and closes by a press elsewhere', async () => {
    await withOne({ kind: 'failed', failure: null });
    await fireEvent.contextMenu(rowOf('report.pdf'), { clientX: 50, clientY: 50 });
    expect(items()).toEqual(['Try again', 'Details']);
    await fireEvent.pointerDown(document.body);
    await settle();
    expect(screen.queryByRole('menu')).toBeNull();
  });

  it.each([
    ['Cancel upload', uploading, 'cancelShare'],
    ['Try again', { kind: 'failed', failure: null }, 'retryShare'],
    ['Resume', { kind: 'interrupted' }, 'resumeShare'],
  ] as const)('does what it says: %s', async (label, standing, request) => {
    const fake = await withOne(standing);
    await openMenu();
    await click(screen.getByRole('menuitem', { name: label }));
    expect(fake.inputsOf(request)).toEqual([{ id: ID }]);
  });

  it('shows details: where it lies, who signed, when it was to end and does, and why', async () => {
    const now = Date.now();
    await withOne(
      { kind: 'live', probe: { kind: 'works' } },
      { limitedBy: 'credentials', endpoint: 'https://s3.example.org', requestedExpiresAt: now + 20 * HOUR },
    );
    await openMenu();
    await click(screen.getByRole('menuitem', { name: 'Details' }));
    const facts = screen.getByRole('dialog', { name: 'report.pdf' }).textContent;
    for (const fact of [
      'family-album',
      '2026-11-23/k3v9q2/report.pdf',
      'eu-central-1',
      'https://s3.example.org',
    ]) {
      expect(facts).toContain(fact);
    }
    expect(facts).toContain('the account “family”');
    expect(facts).toContain('The end of the sign-in that signed it');
    await click(screen.getByRole('button', { name: 'Close' }));
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

describe('the details of a share that failed', () => {
  it('say what to do about it', async () => {
    await withOne({ kind: 'failed', failure: failure('There is no file.', 'Put it back, then try again.') });
    await click(screen.getByRole('button', { name: 'All actions for report.pdf' }));
    await click(screen.getByRole('menuitem', { name: 'Details' }));
    const facts = screen.getByRole('dialog', { name: 'report.pdf' }).textContent;
    expect(facts).toContain('There is no file.');
    expect(facts).toContain('Put it back, then try again.');
  });
});

describe('a failure', () => {
  it('is told with what to do next, and stays until it is dismissed', async () => {
    const fake = await withOne(uploading);
    fake.handlers.copyShare = () => ({
      ok: false,
      failure: {
        code: 'signer-gone',
        message: 'The key that signed is gone.',
        next: 'Make a new link.',
        requestId: 'R1',
      },
    });
    await press(rowOf('report.pdf'), 'Enter');
    expect(messages()).toContain('The key that signed is gone.');
    expect(messages()).toContain('Make a new link.');
    expect(messages()).toContain('Request id R1');
    expect(messages()).not.toContain('Link copied');
    await click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(messages().trim()).toBe('');
  });

  it('is told even where main does not answer at all', async () => {
    const fake = await withOne(uploading);
    fake.handlers.copyShare = () => Promise.reject(new Error('gone'));
    await press(rowOf('report.pdf'), 'Enter');
    expect(messages()).toContain('Sandglass did not answer.');
  });
});
