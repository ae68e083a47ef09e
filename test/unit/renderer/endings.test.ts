import { screen, within } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import { rowLines, tellEnd } from '../../../src/renderer/row-words.ts';
import { tellPreview } from '../../../src/renderer/telling.ts';
import { shareActions } from '../../../src/renderer/model/share-actions.ts';
import { failure, HOUR, share } from '../../renderer/shares.ts';
import { click, drop, file, messages, openedWindow, press, rowOf, settle, type } from './opened-window.ts';

const NOON = new Date(2026, 10, 23, 12, 0, 0).getTime();
const STAYS = { goneAt: null, mayChoose: true, isOurs: true, failure: null };
const live = { now: NOON, signedAt: NOON - HOUR, expiresAt: NOON + HOUR };
const texts = (row: Parameters<typeof rowLines>[0], now = NOON) => rowLines(row, now).map(({ text }) => text);

describe('a row', () => {
  it('says that its file goes with the link, or later, where an older link lives longer', () => {
    const goes = share({ ...live, atEnd: { ...STAYS, goneAt: NOON + HOUR } });
    expect(texts(goes)[0]).toMatch(/then deleted$/);
    expect(texts(goes, NOON + HOUR)[0]).toMatch(/to be deleted$/);
    const later = share({ ...live, atEnd: { ...STAYS, goneAt: NOON + 2 * HOUR } });
    expect(texts(later)[0]).toMatch(/deleted (14:00|2:00\sPM)$/);
    expect(texts(share({ ...live, atEnd: STAYS }))[0]).not.toContain('deleted');
  });

  it('says why its file could not be deleted yet, or was left alone', () => {
    const due = { ...live, signedAt: NOON - 2 * HOUR, expiresAt: NOON };
    const failed = share({
      ...due,
      atEnd: { ...STAYS, goneAt: NOON, failure: failure('The keys may not.') },
    });
    expect(texts(failed)[1]).toBe('Not deleted yet: The keys may not.');
    const foreign = share({ ...due, atEnd: { ...STAYS, isOurs: false } });
    expect(texts(foreign)[1]).toBe('Not deleted: another file is in its place');
  });

  it.each([
    ['deleted', 'Sandglass deleted the file'],
    ['hidden', 'its versions stay in the bucket'],
    ['found-gone', 'the file was gone already'],
    [null, 'the file is being deleted'],
  ] as const)('whose file is gone (%s) says who did it: %s', (how, said) => {
    const gone = share({ ...live, standing: { kind: 'gone', how } });
    expect(texts(gone)[0]).toContain(said);
    expect(shareActions(gone, NOON)).toEqual(['details']);
    expect(tellEnd(gone) === null).toBe(how === null);
  });

  it('of a revoked share tells where its file is only hidden', () => {
    const revoked = share({ ...live, standing: { kind: 'revoked', isHidden: true } });
    expect(texts(revoked)[0]).toBe('Revoked: hidden, its versions stay in the bucket');
  });

  it('offers a new link at once where credentials were renewed, and no copy of what cannot be copied', async () => {
    const now = Date.now();
    const times = { signedAt: now - HOUR, expiresAt: now + HOUR };
    await openedWindow({ rows: [share({ ...times, offer: 'signer-gone' })] });
    expect(rowOf('report.pdf').textContent).toContain('it cannot be copied');
    expect(shareActions(share({ ...times, offer: 'signer-gone' }), now)).not.toContain('copy');
    expect(shareActions(share({ ...times, offer: 'longer' }), now)).toContain('copy');
    await click(within(rowOf('report.pdf')).getByRole('button', { name: 'Extend…' }));
    expect(screen.getByRole('dialog', { name: 'A new link to report.pdf' })).toBeTruthy();
  });

  it('offers none where nothing was renewed', async () => {
    await openedWindow({ rows: [share()] });
    expect(within(rowOf('report.pdf')).queryByRole('button', { name: 'Extend…' })).toBeNull();
  });
});

describe('the preview of a link', () => {
  it('says that it ends with the copy that was restored from the archive', () => {
    const preview = { expiresAt: NOON + HOUR, requestedExpiresAt: NOON + 5 * HOUR, endUncertain: false };
    expect(tellPreview({ ...preview, limitedBy: 'restore' }, NOON)).toMatch(
      /^Ends .+ with the copy that was restored from the archive, not /,
    );
  });
});

describe('the options of a drop', () => {
  const confirm = () => click(screen.getByRole('button', { name: 'Use for the next files' }));

  it('hold for the next files alone, but for whether they go with their links', async () => {
    const fake = await openedWindow();
    await click(screen.getByRole('button', { name: 'Options…' }));
    await click(screen.getByLabelText('Delete the file from the bucket when the link ends'));
    await click(screen.getByRole('button', { name: 'Add a tag' }));
    await type('Name of tag 1', 'project');
    await type('Value of tag 1', 'Lisbon');
    await confirm();
    expect(fake.inputsOf('chooseGoneAtEnd')).toEqual([{ goneAtEnd: true }]);
    await drop(file('a.txt'));
    await drop(file('b.txt'));
    expect(fake.inputsOf('startShares')).toMatchObject([
      { options: { tags: [['project', 'Lisbon']], metadata: [], goneAtEnd: true } },
      { options: { tags: [], metadata: [], goneAtEnd: true } },
    ]);
    expect(screen.getByRole('button', { name: 'Options: deleted at the end' })).toBeTruthy();
  });

  it('that S3 would not take are said to be so, and not chosen', async () => {
    const fake = await openedWindow();
    await click(screen.getByRole('button', { name: 'Options…' }));
    await click(screen.getByRole('button', { name: 'Add metadata' }));
    await type('Name of metadata 1', 'author');
    await type('Value of metadata 1', 'Zoë');
    await confirm();
    expect(screen.getByRole('alert').textContent).toContain('outside of ASCII');
    await press(screen.getByRole('dialog'), 'Escape');
    await drop(file('a.txt'));
    expect(fake.inputsOf('startShares')).toMatchObject([{ life: { kind: 'seconds' } }]);
    expect(fake.inputsOf('startShares')[0]).not.toHaveProperty('options');
  });
});

describe('revoking', () => {
  it('tells of a bucket that keeps versions that the file is only hidden', async () => {
    const fake = await openedWindow({ rows: [share()] });
    fake.handlers.revokeShare = () => ({ ok: true, value: { did: 'hidden' } });
    await press(rowOf('report.pdf'), 'Delete');
    await click(screen.getByRole('button', { name: 'Delete and revoke' }));
    expect(messages()).toContain('is hidden: this bucket keeps versions');
    expect(messages()).not.toContain('is deleted');
  });
});

describe('the bucket’s own rule, in the preferences', () => {
  async function open() {
    const fake = await openedWindow();
    await press(window, ',', { ctrlKey: true });
    await settle();
    return fake;
  }

  it('is shown before it is set, with the days that are typed, and nothing is put until then', async () => {
    const fake = await open();
    await click(screen.getByRole('button', { name: 'Set the rule…' }));
    expect(screen.getByRole('dialog').textContent).toContain('deleted 8 days after the upload');
    await type('Days after the upload', '0');
    await click(screen.getByRole('button', { name: 'Set the rule' }));
    expect(fake.inputsOf('putLifecycle')).toEqual([]);
    await type('Days after the upload', '30');
    await click(screen.getByRole('button', { name: 'Set the rule' }));
    expect(fake.inputsOf('putLifecycle')).toMatchObject([{ rule: { prefix: 'inbox/', days: 30 } }]);
    await vi.waitFor(() => {
      expect(screen.getByText('Set for inbox/ in family-album')).toBeTruthy();
    });
    await click(screen.getByRole('button', { name: 'Remove the rule for inbox/' }));
    expect(fake.inputsOf('removeLifecycle')).toEqual([
      { account: 'mine', bucket: 'family-album', prefix: 'inbox/' },
    ]);
  });

  it('is not asked for where another account is chosen by now, whose bucket may have the same name', async () => {
    const fake = await open();
    const { previewLifecycle } = fake.handlers;
    fake.handlers.previewLifecycle = async (asked) => {
      const answer = await previewLifecycle(asked);
      return answer.ok ? { ok: true, value: { ...answer.value, account: 'theirs' } } : answer;
    };
    await click(screen.getByRole('button', { name: 'Set the rule…' }));
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(fake.inputsOf('showLifecycle')).toHaveLength(2);
  });

  it('cannot be set where drops go all over the bucket', async () => {
    const fake = await openedWindow();
    fake.handlers.showLifecycle = () => ({
      ok: true,
      value: { account: 'mine', bucket: 'family-album', prefix: null, rules: [], others: 0 },
    });
    await press(window, ',', { ctrlKey: true });
    await settle();
    expect(screen.getByText(/a rule would delete everything in it/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Set the rule…' })).toBeNull();
  });
});
