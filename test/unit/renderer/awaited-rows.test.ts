import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { ShareRow, ShareStanding } from '../../../src/shared/board.ts';
import type { FakeBridge } from '../../renderer/fake-bridge.ts';
import { awaited, failure, HOUR, share } from '../../renderer/shares.ts';
import { click, messages, openedWindow, press, rowOf, settle } from './opened-window.ts';

const ID = '00000000aa';
const NAME = 'report.pdf';

async function withOne(
  given: { readonly left?: number; readonly way?: 'put' | 'form'; readonly trouble?: string } & Partial<
    Pick<ShareRow, 'expiresAt'>
  > = {},
): Promise<FakeBridge> {
  const { left = 2 * HOUR, way = 'put', trouble, ...rest } = given;
  const end = Date.now() + left;
  const standing = {
    ...awaited(end, way),
    ...(trouble === undefined ? {} : { trouble: failure(trouble, 'Ask for the right to list it.') }),
  } as ShareStanding;
  return openedWindow({
    rows: [
      share({ id: ID, name: NAME, size: null, signedAt: end - 4 * HOUR, expiresAt: end, standing, ...rest }),
    ],
  });
}

const wordsOf = () => rowOf(NAME).textContent.replace(/\s+/g, ' ');
const openMenu = () => click(screen.getByRole('button', { name: `All actions for ${NAME}` }));
const items = () => screen.getAllByRole('menuitem').map((item) => item.querySelector('.label')?.textContent);
const act = async (label: string) => {
  await openMenu();
  await click(screen.getByRole('menuitem', { name: label }));
};

describe('a row that awaits an upload', () => {
  it.each([
    ['put', /Waits for an upload · (2 h|1 h 59 min) left.*Whoever has the link may upload until .*\d/],
    ['form', /Takes uploads · (2 h|1 h 59 min) left.*Whoever has the form may upload until .*\d/],
  ] as const)('says who may upload till when (%s)', async (way, sentence) => {
    await withOne({ way });
    expect(wordsOf()).toMatch(sentence);
    expect(rowOf(NAME).dataset['standing']).toBe('awaited');
  });

  it('counts down to the end of the longest-lived link that was given out', async () => {
    await withOne({ expiresAt: Date.now() + HOUR / 2 });
    expect(wordsOf()).toMatch(/(2 h|1 h 59 min) left/);
  });

  it('says why it cannot be seen whether it has arrived', async () => {
    await withOne({ trouble: 'These credentials may not look.' });
    expect(wordsOf()).toContain('Whether it has arrived cannot be seen: These credentials may not look.');
    await act('Details');
    expect(screen.getByRole('dialog').textContent).toContain('Ask for the right to list it.');
  });

  it('becomes a share like any other once it has arrived', async () => {
    const fake = await withOne();
    const standing = { kind: 'live', probe: { kind: 'untried' } } as const;
    fake.change({ ...fake.rows[0]!, size: 3_400_000, standing });
    await settle();
    expect(wordsOf()).toMatch(/left · 3.4 MB/);
    expect(wordsOf()).not.toContain('Waits');
  });

  it.each([
    ['put', 'no upload was seen'],
    ['form', 'Upload form ended'],
  ] as const)('says that it has ended (%s)', async (way, sentence) => {
    await withOne({ way, left: -60_000 });
    expect(wordsOf()).toContain(sentence);
    expect(wordsOf()).not.toContain('may upload until');
  });
});

describe('what can be done with it', () => {
  it.each([
    ['put', ['Copy link', 'Look now', 'Show how to upload…', 'New invitation…', 'Wait no more', 'Details']],
    ['form', ['Show how to upload…', 'Look now', 'New invitation…', 'Wait no more', 'Details']],
  ] as const)('is in its menu (%s)', async (way, labels) => {
    await withOne({ way });
    await openMenu();
    expect(items()).toEqual(labels);
  });

  it('is less once it has ended', async () => {
    await withOne({ left: -60_000 });
    await openMenu();
    expect(items()).toEqual(['Look now', 'New invitation…', 'Wait no more', 'Details']);
  });

  it('looks at once, and says what came of it', async () => {
    const fake = await withOne();
    await act('Look now');
    expect(fake.inputsOf('lookForArrivals')).toEqual([{ id: ID }]);
    expect(messages()).toContain('Nothing new has arrived');
    fake.handlers.lookForArrivals = () => ({ ok: true, value: { arrived: 1 } });
    await act('Look now');
    expect(messages()).toContain('It has arrived');
  });

  it('says why it could not look', async () => {
    const fake = await withOne();
    fake.handlers.lookForArrivals = () => ({ ok: false, failure: failure('No network.') });
    await act('Look now');
    expect(messages()).toContain('No network.');
  });

  it('copies the link by a key, and shows a form’s line, whose address alone is of no use', async () => {
    const fake = await withOne();
    await press(rowOf(NAME), 'Enter');
    expect(fake.inputsOf('copyShare')).toEqual([{ id: ID }]);
    fake.change({ ...fake.rows[0]!, standing: awaited(Date.now() + HOUR, 'form') });
    await settle();
    await press(rowOf(NAME), 'Enter');
    expect(fake.inputsOf('copyShare')).toHaveLength(1);
    const dialog = screen.getByRole('dialog', { name: `A form to upload to ${NAME}` });
    expect(dialog.textContent).not.toContain('on the clipboard');
    expect(within(dialog).getByRole('button', { name: 'Save upload page…' })).toBeTruthy();
  });

  it('waits no more, and says that nothing takes the invitation back', async () => {
    const fake = await withOne();
    await act('Wait no more');
    expect(fake.inputsOf('cancelShare')).toEqual([{ id: ID }]);
    expect(messages()).toMatch(
      /report\.pdf is awaited no more; whoever was invited may still upload until .*\d/,
    );
  });

  it('says no such thing of one that has ended', async () => {
    await withOne({ left: -60_000 });
    await act('Wait no more');
    expect(messages()).toBe('report.pdf is awaited no more');
  });

  it('makes a new invitation to the same place, and shows it', async () => {
    const fake = await withOne();
    await act('New invitation…');
    const dialog = screen.getByRole('dialog', { name: `A new invitation to upload ${NAME}` });
    await fireEvent.submit(dialog.querySelector('form')!);
    await settle();
    expect(fake.inputsOf('extendInvitation')).toEqual([
      { id: ID, life: { kind: 'seconds', seconds: 86_400 } },
    ]);
    expect(fake.inputsOf('extendShare')).toEqual([]);
    expect(screen.getByRole('dialog', { name: `A link to upload ${NAME}` }).textContent).toContain(
      'The upload link is on the clipboard.',
    );
  });

  it('is never deleting: nothing is there', async () => {
    const fake = await withOne();
    await press(rowOf(NAME), 'Delete');
    expect(screen.queryByRole('alertdialog')).toBeNull();
    expect(fake.inputsOf('revokeShare')).toEqual([]);
  });
});

describe('a person who comes back to the window', () => {
  it('has main look for all that is awaited, and hears nothing of what fails', async () => {
    const fake = await withOne();
    fake.handlers.lookForArrivals = () => ({ ok: false, failure: failure('No network.') });
    await fireEvent.focus(window);
    await settle();
    expect(fake.inputsOf('lookForArrivals')).toEqual([{ id: null }]);
    expect(messages()).toBe('');
  });
});
