import { screen, within } from '@testing-library/svelte';
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

const wordsOf = (name = 'report.pdf') => rowOf(name).textContent.replace(/\s+/g, ' ');

describe('a row', () => {
  it('says while it uploads that its link works later, and how far it is', async () => {
    await withOne(uploading);
    expect(wordsOf()).toContain('The link works when the upload is done');
    expect(wordsOf()).toContain('50 of 200 MB · 8.1 MB/s · 2 min 5 s left');
    const bar = screen.getByRole('progressbar', { name: 'Upload of report.pdf' });
    expect(bar.getAttribute('aria-valuenow')).toBe('25');
  });

  it('names no speed before one can be told', async () => {
    await withOne({ ...uploading, sentBytes: 0, bytesPerSecond: null, secondsLeft: null });
    expect(wordsOf()).toContain('0 of 200 MB · starting…');
  });

  it('says that others are sent first while it waits for its turn', async () => {
    await withOne({ ...uploading, sentBytes: 0, bytesPerSecond: null, secondsLeft: null, waits: true });
    expect(wordsOf()).toContain('0 of 200 MB · waits for its turn');
    expect(wordsOf()).not.toContain('starting');
  });

  it('says that it is sent anew where the server had lost it', async () => {
    await withOne({ ...uploading, restarted: true });
    expect(wordsOf()).toContain('The server had lost it, so it is sent anew');
    expect(wordsOf()).toContain('50 of 200 MB');
  });

  it('says what is left, and quietly that the link was tried and works', async () => {
    await withOne({ kind: 'live', probe: { kind: 'works' } });
    expect(wordsOf()).toMatch(/The link works\..*(1 h 59 min|2 h) left · 3.4 MB/);
  });

  it('does not claim that an untried link works', async () => {
    await withOne({ kind: 'live', probe: { kind: 'untried' } });
    expect(wordsOf()).not.toContain('works');
  });

  it('says why a link is dead', async () => {
    await withOne({
      kind: 'live',
      probe: { kind: 'dead', failure: failure('The bucket’s policy refuses it.') },
    });
    expect(wordsOf()).toContain('The link does not work: The bucket’s policy refuses it.');
  });

  it('says what is not as it was asked for, though the link works', async () => {
    const remark = failure('Its tags are missing.');
    await withOne({ kind: 'live', probe: { kind: 'works' }, remark });
    expect(wordsOf()).toMatch(/left.*Its tags are missing\./s);
  });

  it('says what made its link end earlier than asked', async () => {
    await withOne({ kind: 'live', probe: { kind: 'works' } }, { limitedBy: 'credentials' });
    expect(wordsOf()).toContain('ends with the sign-in');
  });

  it.each<[ShareStanding, string]>([
    [{ kind: 'paused', sentBytes: 1, totalBytes: 2, reason: null }, 'Paused'],
    [{ kind: 'paused', sentBytes: 1, totalBytes: 2, reason: failure('No network.') }, 'Paused: No network.'],
    [{ kind: 'interrupted' }, 'Interrupted; not in the bucket yet'],
    [{ kind: 'failed', failure: failure('The file was deleted.') }, 'The file was deleted.'],
    [{ kind: 'failed', failure: null }, 'The upload failed'],
    [{ kind: 'cancelled' }, 'Cancelled'],
    [{ kind: 'revoked' }, 'Revoked: the file is deleted'],
  ])('says in words how it stands: %o', async (standing, sentence) => {
    await withOne(standing);
    expect(wordsOf()).toContain(sentence);
  });

  it('changes in place when main tells more of it', async () => {
    const fake = await withOne(uploading);
    fake.change({ ...fake.rows[0]!, standing: { ...uploading, sentBytes: 100_000_000 } });
    await settle();
    expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('50');
    expect(fake.inputsOf('readShares')).toHaveLength(1);
  });
});

describe('the keys on a row', () => {
  it.each([
    ['Enter', {}],
    ['c', { ctrlKey: true }],
    ['c', { metaKey: true }],
  ])('copy its link: %s %o', async (key, held) => {
    const fake = await withOne(uploading);
    await press(rowOf('report.pdf'), key, held);
    expect(fake.inputsOf('copyShare')).toEqual([{ id: ID }]);
    expect(messages()).toContain('Link copied');
  });

  it('pause an upload with Space, and resume it', async () => {
    const fake = await withOne(uploading);
    await press(rowOf('report.pdf'), ' ');
    expect(fake.inputsOf('pauseShare')).toEqual([{ id: ID }]);
    fake.change({
      ...fake.rows[0]!,
      standing: { kind: 'paused', sentBytes: 1, totalBytes: 2, reason: null },
    });
    await settle();
    await press(rowOf('report.pdf'), ' ');
    expect(fake.inputsOf('resumeShare')).toEqual([{ id: ID }]);
  });

  it('do not pause what is done, nor copy what has ended', async () => {
    const fake = await withOne({ kind: 'live', probe: { kind: 'works' } }, { expiresAt: Date.now() - 1 });
    await press(rowOf('report.pdf'), ' ');
    await press(rowOf('report.pdf'), 'c', { ctrlKey: true });
    expect(fake.inputsOf('pauseShare')).toEqual([]);
    expect(fake.inputsOf('copyShare')).toEqual([]);
  });

  it('leave to a button in the row what is pressed there', async () => {
    const fake = await withOne(uploading);
    const more = screen.getByRole('button', { name: 'All actions for report.pdf' });
    expect(await press(more, 'Enter')).toBe(true);
    expect(fake.inputsOf('copyShare')).toEqual([]);
  });
});

describe('revoking', () => {
  it.each(['Delete', 'Backspace'])('asks first, and says what it will do (%s)', async (key) => {
    const fake = await withOne({ kind: 'live', probe: { kind: 'works' } });
    await press(rowOf('report.pdf'), key);
    expect(fake.inputsOf('revokeShare')).toEqual([]);
    const dialog = screen.getByRole('alertdialog', { name: 'Revoke report.pdf?' });
    expect(dialog.textContent).toContain(
      'This deletes “2026-11-23/k3v9q2/report.pdf” from the bucket “family-album”.',
    );
    expect(dialog.textContent).toContain('Every link to it ends');
    expect(document.activeElement?.textContent).toBe('Cancel');
    await click(within(dialog).getByRole('button', { name: 'Delete and revoke' }));
    expect(fake.inputsOf('revokeShare')).toEqual([{ id: ID }]);
    expect(screen.queryByRole('alertdialog')).toBeNull();
    expect(messages()).toContain('report.pdf is deleted; its links are dead');
    expect(wordsOf()).toContain('Revoked');
  });

  it('says that whoever was invited may upload it again, as long as they may', async () => {
    const again =
      /Whoever was invited may still upload it again until .*\d.*; links to it .* work again then\./;
    await withOne({ kind: 'live', probe: { kind: 'works' } }, { invitedUntil: Date.now() + 3_600_000 });
    await press(rowOf('report.pdf'), 'Delete');
    expect(screen.getByRole('alertdialog').textContent).toMatch(again);
    await click(screen.getByRole('button', { name: 'Delete and revoke' }));
    expect(messages()).toMatch(again);
  });

  it.each([
    ['was uploaded by nobody else', {}],
    ['came by an invitation that has ended', { invitedUntil: Date.now() - 1 }],
  ])('says nothing of an invitation where it %s', async (_what, given) => {
    await withOne({ kind: 'live', probe: { kind: 'works' } }, given);
    await press(rowOf('report.pdf'), 'Delete');
    expect(screen.getByRole('alertdialog').textContent).not.toContain('invited');
    await click(screen.getByRole('button', { name: 'Delete and revoke' }));
    expect(messages()).toContain('its links are dead');
    expect(messages()).not.toContain('invited');
  });

  it('does nothing where the answer is no', async () => {
    const fake = await withOne({ kind: 'live', probe: { kind: 'works' } });
    await press(rowOf('report.pdf'), 'Delete');
    await click(screen.getByRole('button', { name: 'Cancel' }));
    expect(fake.inputsOf('revokeShare')).toEqual([]);
    expect(screen.queryByRole('alertdialog')).toBeNull();
  });

  it('is not offered for what is revoked already', async () => {
    await withOne({ kind: 'revoked' });
    await press(rowOf('report.pdf'), 'Delete');
    expect(screen.queryByRole('alertdialog')).toBeNull();
  });
});
