import { fireEvent, screen, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import type { FakeBridge } from '../../renderer/fake-bridge.ts';
import { failure } from '../../renderer/shares.ts';
import { click, messages, openedWindow, pickMoment, press, rowOf, settle } from './opened-window.ts';

let fake: FakeBridge;
beforeEach(async () => {
  fake = await openedWindow();
  await press(window, 'b', { ctrlKey: true });
});

const openBucket = (name = 'family-album') => click(screen.getByRole('button', { name }));
const menuOf = async (name: string) => {
  await fireEvent.contextMenu(rowOf(name));
  await settle();
  return screen.getByRole('menu');
};
const choose = async (name: string, label: string | RegExp) => {
  await menuOf(name);
  await click(screen.getByRole('menuitem', { name: label }));
};

describe('a link to an object that is there', () => {
  const LIFE = { kind: 'seconds', seconds: 86_400 };
  const stored = { downloadAs: null, inline: false, contentType: null, cacheControl: null };
  const target = { bucket: 'family-album', key: 'readme.txt', versionId: null };
  beforeEach(() => openBucket());

  it.each([
    ['Enter', {}],
    ['c', { ctrlKey: true }],
  ])('is made by a key, with the life that is chosen for drops (%s)', async (key, held) => {
    await press(rowOf('readme.txt'), key, held);
    expect(fake.inputsOf('linkObject')).toEqual([{ ...target, life: LIFE, wishes: stored }]);
    expect(messages()).toMatch(/Link to readme\.txt copied; it ends tomorrow/);
  });

  it('is made by the menu, and stands among the shares', async () => {
    await choose('readme.txt', /^Copy link: 1 day/);
    expect(fake.inputsOf('linkObject')).toHaveLength(1);
    await press(document.body, 'Escape');
    expect(rowOf('readme.txt').textContent).toContain('left');
  });

  it('lives as many minutes or hours as are typed', async () => {
    await press(rowOf('readme.txt'), 'Enter', { ctrlKey: true });
    const dialog = screen.getByRole('dialog', { name: 'A link to readme.txt' });
    await fireEvent.input(within(dialog).getByLabelText('Or for'), { target: { value: '45' } });
    await fireEvent.change(within(dialog).getByLabelText('Unit'), { target: { value: '60' } });
    await settle();
    await fireEvent.submit(dialog.querySelector('form')!);
    await settle();
    expect(fake.inputsOf('linkObject')).toMatchObject([{ life: { kind: 'seconds', seconds: 2700 } }]);
  });

  it('is not made for an amount that no link lives', async () => {
    await press(rowOf('readme.txt'), 'Enter', { ctrlKey: true });
    const dialog = screen.getByRole('dialog');
    await fireEvent.input(within(dialog).getByLabelText('Or for'), { target: { value: '200' } });
    await fireEvent.submit(dialog.querySelector('form')!);
    await settle();
    expect(within(dialog).getByRole('alert').textContent).toBe('A link lives from one minute to seven days.');
    expect(fake.inputsOf('linkObject')).toEqual([]);
  });

  it('lives until a date and time', async () => {
    await choose('readme.txt', /Copy link for…/);
    const dialog = screen.getByRole('dialog');
    await click(within(dialog).getByLabelText('Until…'));
    const at = new Date(Math.ceil(Date.now() / 3_600_000) * 3_600_000 + 7_200_000);
    const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
    await pickMoment(within(dialog).getByLabelText('The link ends on'), local);
    await fireEvent.submit(dialog.querySelector('form')!);
    await settle();
    expect(fake.inputsOf('linkObject')).toMatchObject([{ life: { kind: 'until', at: at.getTime() } }]);
  });

  it('gives the recipient another name and type where that is wished', async () => {
    await choose('readme.txt', /Copy link for…/);
    const dialog = within(screen.getByRole('dialog'));
    await fireEvent.input(dialog.getByLabelText('Save as'), { target: { value: 'Read me.txt' } });
    await click(dialog.getByLabelText(/Show it in the browser/));
    await fireEvent.input(dialog.getByLabelText('Content type'), { target: { value: 'text/plain' } });
    await fireEvent.submit(screen.getByRole('dialog').querySelector('form')!);
    await settle();
    expect(fake.inputsOf('linkObject')).toMatchObject([
      { wishes: { downloadAs: 'Read me.txt', inline: true, contentType: 'text/plain', cacheControl: null } },
    ]);
  });

  it('is not made where the object is archived, which is said beforehand and when it is asked for', async () => {
    expect(rowOf('interview.flac').textContent).not.toContain('archived');
    const archived = rowOf('backup-of');
    expect(archived.textContent).toContain('archived');
    await press(archived, 'Enter');
    const dialog = screen.getByRole('alertdialog', { name: /^backup-of.*is archived$/ });
    expect(dialog.textContent).toContain('nobody can download it until a copy of it is restored');
    expect(dialog.textContent).toContain('No link was made.');
    expect(messages()).toBe('');
  });

  it('that S3 refuses says why, and nothing is said to be copied', async () => {
    fake.handlers.linkObject = () => ({ ok: false, failure: failure('There is no such object.') });
    await press(rowOf('readme.txt'), 'Enter');
    expect(messages()).toContain('There is no such object.');
    expect(messages()).not.toContain('copied');
  });
});

describe('versions', () => {
  beforeEach(() => openBucket());

  it('are listed, and one of them is linked', async () => {
    await choose('readme.txt', /Versions…/);
    const dialog = within(screen.getByRole('dialog', { name: 'Versions of readme.txt' }));
    expect(dialog.getAllByRole('listitem')).toHaveLength(3);
    expect(dialog.getByText('deleted here: nothing to link to')).toBeTruthy();
    const buttons = dialog.getAllByRole('button', { name: /^Copy a link to the version of/ });
    expect(buttons).toHaveLength(2);
    await click(buttons[1]!);
    await fireEvent.submit(screen.getByRole('dialog').querySelector('form')!);
    await settle();
    expect(fake.inputsOf('linkObject')).toMatchObject([{ key: 'readme.txt', versionId: 'v7' }]);
  });
});
