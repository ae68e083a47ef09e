import { fireEvent, screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { failure } from '../../renderer/shares.ts';
import { click, messages, openedWindow, press, rowOf, settle } from './opened-window.ts';
import { choose, confirm, dialog, fill, inDialog, open, opened } from './invite-dialog.ts';

describe('inviting somebody to upload one file', () => {
  it('begins at the button, says where the file goes, and has the focus', async () => {
    await opened();
    expect(inDialog().getByText('It goes to family-album, where files that you drop go')).toBeTruthy();
    expect(document.activeElement).toBe(inDialog().getByLabelText(/^One file, by a link/));
  });

  it('asks main with all that was chosen, and shows the line with the link on the clipboard', async () => {
    const fake = await opened();
    await fill('Name of the file', ' report.pdf ');
    await fill('Content type, if only one is taken', 'application/pdf');
    await click(inDialog().getByLabelText('Let it replace a file that is there'));
    await click(inDialog().getByLabelText('12 h'));
    await choose('Once it is there, a link to it lives', '604800');
    await confirm();
    expect(fake.inputsOf('inviteByLink')).toEqual([
      {
        ...{ place: null, name: 'report.pdf', overwrite: true, contentType: 'application/pdf' },
        ...{ life: { kind: 'seconds', seconds: 43_200 }, linkLife: { kind: 'seconds', seconds: 604_800 } },
      },
    ]);
    const ready = screen.getByRole('dialog', { name: 'A link to upload report.pdf' });
    expect(ready.textContent).toContain('The upload link is on the clipboard.');
    expect(ready.textContent).toMatch(/Whoever has it may upload until .+\. Nothing takes it back/);
    const line = within(ready).getByLabelText<HTMLTextAreaElement>('The line for a terminal');
    expect(line.value).toMatch(/^curl .*-T FILE .*X-Amz-Signature/);
    expect(line.readOnly).toBe(true);
  });

  it('leaves the life of dropped files as it is', async () => {
    const fake = await opened();
    await fill('Name of the file', 'a.txt');
    await click(inDialog().getByLabelText('12 h'));
    await confirm();
    expect(fake.inputsOf('chooseLife')).toEqual([]);
  });

  it('gives a row that awaits it, and the focus back to where it was begun', async () => {
    await openedWindow();
    screen.getByRole('button', { name: 'Invite an upload…' }).focus();
    await open();
    await fill('Name of the file', 'a.txt');
    await confirm();
    await click(screen.getByRole('button', { name: 'Close' }));
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(rowOf('a.txt').textContent).toContain('Waits for an upload');
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Invite an upload…' }));
  });

  it('says what stands in the way without losing what was typed', async () => {
    const fake = await opened();
    fake.handlers.inviteByLink = () => ({
      ok: false,
      failure: failure('Something is there already.', 'Choose another name.'),
    });
    await fill('Name of the file', 'a.txt');
    await confirm();
    expect(inDialog().getByRole('alert').textContent).toContain(
      'Something is there already. Choose another name.',
    );
    expect(inDialog().getByLabelText<HTMLInputElement>('Name of the file').value).toBe('a.txt');
  });

  it('asks once, however often it is confirmed meanwhile', async () => {
    const fake = await opened();
    const answer = Promise.withResolvers<never>();
    fake.handlers.inviteByLink = () => answer.promise;
    await fill('Name of the file', 'a.txt');
    await confirm();
    await confirm();
    expect(fake.inputsOf('inviteByLink')).toHaveLength(1);
  });

  it('is not made where no link could be signed', async () => {
    const fake = await opened();
    fake.handlers.previewLife = () => ({ ok: false, failure: failure('The sign-in has ended.') });
    await fill('Name of the file', 'a.txt');
    await confirm();
    expect(fake.inputsOf('inviteByLink')).toEqual([]);
    expect(dialog().textContent).toContain('The sign-in has ended.');
  });

  it('says where nobody could look whether the name is free', async () => {
    const fake = await opened();
    const { inviteByLink } = fake.handlers;
    fake.handlers.inviteByLink = async (asked) => {
      const made = await inviteByLink(asked);
      return made.ok ? { ok: true, value: { ...made.value, unchecked: failure('No network.') } } : made;
    };
    await fill('Name of the file', 'a.txt');
    await confirm();
    expect(screen.getByText('Nobody could look whether the name is free: No network.')).toBeTruthy();
  });
});

describe('the invitation that is ready', () => {
  it('is copied as its line or as its address', async () => {
    const fake = await opened();
    await fill('Name of the file', 'a.txt');
    await confirm();
    const { id } = fake.rows[0]!;
    await click(screen.getByRole('button', { name: 'Copy line' }));
    expect(messages()).toContain('The line is copied');
    const dialog = screen.getByRole('dialog', { name: 'A link to upload a.txt' });
    await click(within(dialog).getByRole('button', { name: 'Copy link' }));
    expect(fake.inputsOf('copyInvitation')).toEqual([
      { id, what: 'line' },
      { id, what: 'address' },
    ]);
    expect(screen.queryByRole('button', { name: 'Save upload page…' })).toBeNull();
  });
});

describe('inviting from the buckets', () => {
  const openBucket = async () => {
    const fake = await openedWindow();
    await press(window, 'b', { ctrlKey: true });
    await click(screen.getByRole('button', { name: 'family-album' }));
    return fake;
  };

  it('leads to the folder whose menu it was chosen in', async () => {
    const fake = await openBucket();
    await fireEvent.contextMenu(rowOf('photos'));
    await settle();
    await click(screen.getByRole('menuitem', { name: 'Invite an upload into it…' }));
    expect(inDialog().getByText('It goes to family-album/photos/')).toBeTruthy();
    await fill('Name of the file', 'one.jpg');
    await confirm();
    expect(fake.inputsOf('inviteByLink')).toMatchObject([
      { place: { bucket: 'family-album', prefix: 'photos/' }, name: 'one.jpg' },
    ]);
  });

  it('leads to where one looks', async () => {
    await openBucket();
    await fireEvent.dblClick(rowOf('handover'));
    await settle();
    await open();
    expect(inDialog().getByText('It goes to family-album/handover/')).toBeTruthy();
  });
});

describe('inviting where no bucket is known', () => {
  it('leads to the list of buckets', async () => {
    const account = {
      name: 'wide',
      keysIn: 'profile',
      profile: 'wide',
      endpoint: null,
      bucket: null,
    } as const;
    await openedWindow({ board: { accounts: [account], currentAccount: 'wide' } });
    await open();
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(screen.getByRole('heading', { name: 'Buckets' })).toBeTruthy();
  });
});
