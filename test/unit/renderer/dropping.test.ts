import { fireEvent, screen } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import { MOST_FILES } from '../../../src/renderer/model/file-limit.ts';
import { ipcContract, type RequestInput } from '../../../src/shared/ipc-contract.ts';
import { failure } from '../../renderer/shares.ts';
import type { FakeBridge } from '../../renderer/fake-bridge.ts';
import { click, drop, file, fileEvent, openedWindow, press, settle, type } from './opened-window.ts';

const ONE = '00000000-0000-4000-8000-00000000000a';
const TWO = '00000000-0000-4000-8000-00000000000b';

describe('files that are dropped on the window', () => {
  let fake: FakeBridge;
  beforeEach(async () => {
    fake = await openedWindow();
  });

  it('are offered as they are, and shared with the life that is chosen', async () => {
    const files = [file('a.txt'), file('b.txt')];
    fake.handlers.offerFiles = () => ({
      ok: true,
      value: [
        { kind: 'file', fileId: ONE, name: 'a.txt', size: 4 },
        { kind: 'file', fileId: TWO, name: 'b.txt', size: 4 },
      ],
    });
    await drop(...files);
    expect(fake.inputsOf('offerFiles')).toEqual([files]);
    expect(fake.inputsOf('startShares')).toEqual([
      { fileIds: [ONE, TWO], life: { kind: 'seconds', seconds: 86_400 } },
    ]);
    expect(screen.getByText('2 links copied; each works when its upload is done')).toBeTruthy();
  });

  it('tell of one link that it is copied, and works when the upload is done', async () => {
    await drop(file('a.txt'));
    expect(screen.getByRole('region', { name: 'Messages' }).textContent).toContain(
      'Link copied; works when the upload is done',
    );
  });

  it('are told of in one message where they are refused, and the others are shared all the same', async () => {
    fake.handlers.offerFiles = () => ({
      ok: true,
      value: [
        { kind: 'refused', name: 'music', failure: failure('It is a folder.', 'Drop its files.') },
        { kind: 'refused', name: 'gone.txt', failure: failure('It is not there any more.') },
        { kind: 'file', fileId: ONE, name: 'a.txt', size: 4 },
      ],
    });
    await drop(file('music'), file('gone.txt'), file('a.txt'));
    expect(screen.getAllByRole('alert')).toHaveLength(1);
    expect(screen.getByText('2 files were not shared')).toBeTruthy();
    expect(screen.getByText('music: It is a folder.')).toBeTruthy();
    expect(screen.getByText('gone.txt: It is not there any more.')).toBeTruthy();
    expect(fake.inputsOf('startShares')).toMatchObject([{ fileIds: [ONE] }]);
  });

  it('are told to be too many where they are, and none of them is offered', async () => {
    await drop(...Array.from({ length: MOST_FILES + 1 }, (_, place) => file(`${place}.txt`)));
    expect(screen.getByText('1,001 files are too many at once: 1,000 at most.')).toBeTruthy();
    expect(screen.getByText(/^Nothing was shared\./)).toBeTruthy();
    expect(fake.inputsOf('offerFiles')).toEqual([]);
  });

  it('are shared where they are just as many as may be', async () => {
    await drop(...Array.from({ length: MOST_FILES }, (_, place) => file(`${place}.txt`)));
    const [started] = fake.inputsOf('startShares') as [RequestInput<'startShares'>];
    expect(started.fileIds).toHaveLength(MOST_FILES);
    const { startShares, offerFiles } = ipcContract.requests;
    expect(startShares.input.safeParse(started).success).toBe(true);
    const paths = (count: number) => ({ paths: Array.from({ length: count }, () => '/a') });
    expect(offerFiles.input.safeParse(paths(MOST_FILES)).success).toBe(true);
    expect(offerFiles.input.safeParse(paths(MOST_FILES + 1)).success).toBe(false);
  });

  it('start nothing where all are refused', async () => {
    fake.handlers.offerFiles = () => ({
      ok: true,
      value: [{ kind: 'refused', name: 'music', failure: failure('It is a folder.') }],
    });
    await drop(file('music'));
    expect(fake.inputsOf('startShares')).toEqual([]);
  });

  it('never leave the page for a file or a link, whatever is dropped', async () => {
    expect((await drop(file('a.txt'))).defaultPrevented).toBe(true);
    const link = await drop();
    expect(link.defaultPrevented).toBe(true);
    expect(fake.inputsOf('offerFiles')).toHaveLength(1);
  });

  it('show where they will land while they hang over the window, and only then', async () => {
    expect(screen.queryByText('Let go to share')).toBeNull();
    const over = fileEvent('dragover', [file('a.txt')]);
    window.dispatchEvent(over);
    await settle();
    expect(over.defaultPrevented).toBe(true);
    expect(screen.getByText('Let go to share')).toBeTruthy();
    window.dispatchEvent(fileEvent('dragleave', [file('a.txt')]));
    await settle();
    expect(screen.queryByText('Let go to share')).toBeNull();
  });

  it('show nothing for what holds no files', async () => {
    window.dispatchEvent(fileEvent('dragover', []));
    await settle();
    expect(screen.queryByText('Let go to share')).toBeNull();
  });
});

describe('the other ways to share a file', () => {
  it('are its copy, pasted', async () => {
    const fake = await openedWindow();
    const pasted = fileEvent('paste', [file('copied.png')]);
    window.dispatchEvent(pasted);
    await settle();
    expect(pasted.defaultPrevented).toBe(true);
    expect(fake.inputsOf('startShares')).toHaveLength(1);
  });

  it('are not text, pasted', async () => {
    const fake = await openedWindow();
    const pasted = fileEvent('paste', []);
    window.dispatchEvent(pasted);
    await settle();
    expect(pasted.defaultPrevented).toBe(false);
    expect(fake.inputsOf('offerFiles')).toEqual([]);
  });

  it('are the button, Ctrl+O, Cmd+O and a wish from the menu', async () => {
    const fake = await openedWindow();
    await click(screen.getByRole('button', { name: 'Choose files…' }));
    await press(window, 'o', { ctrlKey: true });
    await press(window, 'o', { metaKey: true });
    fake.push('asked', { to: 'choose-files' });
    await settle();
    expect(fake.inputsOf('chooseFiles')).toHaveLength(4);
    expect(fake.inputsOf('startShares')).toHaveLength(4);
  });

  it('are no plain letter', async () => {
    const fake = await openedWindow();
    await press(window, 'o');
    expect(fake.inputsOf('chooseFiles')).toEqual([]);
  });

  it('leave no trace where the dialog was closed without a choice', async () => {
    const fake = await openedWindow();
    fake.handlers.chooseFiles = () => ({ ok: true, value: [] });
    await click(screen.getByRole('button', { name: 'Choose files…' }));
    expect(fake.inputsOf('startShares')).toEqual([]);
    expect(screen.getByRole('region', { name: 'Messages' }).textContent.trim()).toBe('');
  });
});

describe('a file that comes before any bucket is connected', () => {
  it('waits, and is shared once one is', async () => {
    const fake = await openedWindow({ board: { accounts: [], currentAccount: null } });
    await drop(file('a.txt'));
    expect(fake.inputsOf('startShares')).toEqual([]);
    expect(screen.getByText(/One file waits/)).toBeTruthy();
    await type('Access key ID', 'AKIA');
    await type('Secret access key', 'secret');
    await type('Bucket', 'mine');
    await fireEvent.submit(screen.getByRole('form', { name: 'Connect a bucket' }));
    await settle();
    expect(fake.inputsOf('startShares')).toHaveLength(1);
    expect(screen.queryByText(/One file waits/)).toBeNull();
  });
});
