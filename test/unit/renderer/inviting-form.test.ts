import { screen, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { asForm, choose, confirm, fill, inDialog, open, opened } from './invite-dialog.ts';
import { click, messages } from './opened-window.ts';

const DAY = { kind: 'seconds', seconds: 86_400 } as const;
const PLAIN = { contentType: null, life: DAY, linkLife: DAY };

describe('inviting somebody to upload by a form', () => {
  it('asks main with its limits in bytes, and shows the line, which is copied', async () => {
    const fake = await opened();
    await asForm();
    await fill('Folder, if any', '/for us/');
    await fill('Smallest file', '1,5');
    await fill('Largest file', '20');
    await fill('Content type, if only one is taken', 'image/*');
    await confirm();
    expect(fake.inputsOf('inviteByForm')).toEqual([
      {
        ...{ ...PLAIN, place: null, folder: 'for us', contentType: 'image/*' },
        ...{ minBytes: 1_500_000, maxBytes: 20_000_000 },
      },
    ]);
    const ready = screen.getByRole('dialog', { name: 'A form to upload to for us' });
    expect(ready.textContent).toContain('The line for it is on the clipboard.');
    const line = within(ready).getByLabelText<HTMLTextAreaElement>('The line for a terminal');
    expect(line.value).toContain('-F file=@FILE');
  });

  it('counts in the unit that is chosen, and has no limits where none are typed', async () => {
    const fake = await opened();
    await asForm();
    await confirm();
    await click(screen.getByRole('button', { name: 'Close' }));
    await open();
    await asForm();
    await choose('Unit', 'kB');
    await fill('Largest file', '512');
    await confirm();
    expect(fake.inputsOf('inviteByForm')).toMatchObject([
      { minBytes: 0, maxBytes: null },
      { minBytes: 0, maxBytes: 512_000 },
    ]);
  });

  it.each([
    ['', 'much', 'write the size as a number'],
    ['', '0', 'write the size as a number'],
    ['', '6000', 'up to 5 GiB'],
    ['-1', '', 'write the size as a number'],
    ['20', '10', 'larger than the largest'],
  ])('is not made for files of %j to %j MB', async (smallest, largest, why) => {
    const fake = await opened();
    await asForm();
    await fill('Smallest file', smallest);
    await fill('Largest file', largest);
    await confirm();
    expect(inDialog().getByRole('alert').textContent).toContain(why);
    expect(fake.inputsOf('inviteByForm')).toEqual([]);
  });

  it('saves a page, and says what that means; where it was called off, nothing', async () => {
    const fake = await opened();
    await asForm();
    await confirm();
    fake.handlers.saveUploadPage = () => ({ ok: true, value: { saved: false } });
    await click(screen.getByRole('button', { name: 'Save upload page…' }));
    expect(messages()).toBe('');
    fake.handlers.saveUploadPage = () => ({ ok: true, value: { saved: true } });
    await click(screen.getByRole('button', { name: 'Save upload page…' }));
    expect(messages()).toContain('whoever has it may upload');
    expect(fake.inputsOf('saveUploadPage')).toEqual([{ id: fake.rows[0]!.id }, { id: fake.rows[0]!.id }]);
  });
});
