import { fireEvent, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FakeBridge } from '../../renderer/fake-bridge.ts';
import { presigned } from './links.ts';
import { click, fileEvent, openedWindow, pass, press, settle } from './opened-window.ts';

const NOON = Date.UTC(2026, 10, 23, 12);
const SIGNATURE = '0123456789abcdef'.repeat(4);
let fake: FakeBridge;

beforeEach(async () => {
  vi.useFakeTimers({ now: NOON + 600_000 });
  fake = await openedWindow();
});
afterEach(() => {
  vi.useRealTimers();
});

const field = () => screen.getByLabelText<HTMLTextAreaElement>('A presigned link');
const pasteText = async (text: string, target: EventTarget = window) => {
  const event = fileEvent('paste', [], text);
  target.dispatchEvent(event);
  await settle();
  return event;
};
const open = () => click(screen.getByRole('button', { name: 'What is this link?' }));
const typeLink = async (text: string) => {
  await fireEvent.input(field(), { target: { value: text } });
  await settle();
};
const fact = (term: string) =>
  screen.getAllByRole('term').find((each) => each.textContent === term)?.nextElementSibling?.textContent;
const reasons = () => screen.getAllByRole('listitem').map((item) => item.querySelector('p')?.textContent);

describe('a link that is pasted into the window', () => {
  it('is told what it is, and asks nobody', async () => {
    const asked = fake.calls.length;
    expect((await pasteText(presigned())).defaultPrevented).toBe(true);
    expect(screen.getByRole('heading', { name: 'What is this link?' })).toBeTruthy();
    expect(screen.getByRole('heading', { name: 'It lives: 50 min left' })).toBeTruthy();
    expect(fact('Bucket')).toBe('family-album');
    expect(fact('Object')).toBe('2026/report final.pdf');
    expect(fact('Region')).toBe('eu-central-1');
    expect(fact('It')).toContain('downloads an object, most likely.');
    expect(fact('Lives')).toBe('1 h');
    expect(fact('Signed by')).toBe('AKIAIOSFODNN7EXAMPLE, a user’s own key');
    expect(fake.calls).toHaveLength(asked);
  });

  it('replaces the one that was looked at before', async () => {
    await pasteText(presigned());
    await pasteText(presigned({ key: 'other.txt' }));
    expect(fact('Object')).toBe('other.txt');
  });

  it('is left to a field, where it was pasted into one', async () => {
    await open();
    expect((await pasteText(presigned(), field())).defaultPrevented).toBe(false);
  });

  it('that is no link is left alone', async () => {
    expect((await pasteText('just words')).defaultPrevented).toBe(false);
    expect(screen.queryByRole('heading', { name: 'What is this link?' })).toBeNull();
  });

  it('is nowhere any more once the view is left', async () => {
    await pasteText(presigned());
    expect(field().value).toContain(SIGNATURE);
    await press(document.body, 'Escape');
    expect(document.documentElement.outerHTML).not.toContain(SIGNATURE);
    await open();
    expect(field().value).toBe('');
  });
});

describe('its countdown', () => {
  it('runs, ends, and says since when', async () => {
    await pasteText(presigned({ seconds: 700 }));
    expect(screen.getByRole('heading', { name: 'It lives: 1 min 40 s left' })).toBeTruthy();
    await pass(1000);
    expect(screen.getByRole('heading', { name: 'It lives: 1 min 39 s left' })).toBeTruthy();
    await pass(159_000);
    expect(screen.getByRole('heading', { name: 'It ended 1 min ago' })).toBeTruthy();
    expect(reasons()[0]).toBe('It has ended.');
  });

  it('goes by the server’s clock', async () => {
    fake.changeBoard({ clockOffset: 600_000 });
    await settle();
    await pasteText(presigned({ seconds: 700 }));
    expect(screen.getByRole('heading', { name: 'It ended 8 min ago' })).toBeTruthy();
  });

  it('has not begun where it was signed ahead of time', async () => {
    await pasteText(presigned({ signedAt: NOON + 3_600_000 }));
    expect(screen.getByRole('heading', { name: /^It is not valid yet: it begins in 35 min/ })).toBeTruthy();
    expect(reasons()[0]).toBe('It is too early, or a clock is wrong.');
  });
});

describe('what a 403 of it most likely means', () => {
  it('begins with the token, where one has signed', async () => {
    await pasteText(presigned({ accessKeyId: 'ASIAIOSFODNN7EXAMPLE', more: '&X-Amz-Security-Token=tok' }));
    expect(reasons()[0]).toBe('The token that signed it has ended, whatever its date says.');
    expect(fact('Mind')).toContain('it ends when they do');
  });

  it('begins with the opening, where it is an upload', async () => {
    await pasteText(presigned({ more: '&x-id=PutObject' }));
    expect(fact('It')).toBe('uploads an object (PUT)');
    expect(reasons()[0]).toBe('It was opened as a download, and is none.');
    expect(reasons()).not.toContain('The object is not there (any more).');
  });

  it('begins with what is wrong in it, which is told', async () => {
    await pasteText(presigned().replaceAll('&', '&amp;'));
    expect(screen.getByRole('heading', { name: 'What is wrong with it' })).toBeTruthy();
    expect(screen.getByText(/It was copied out of HTML/)).toBeTruthy();
  });

  it('names no header where none is demanded, and those that are', async () => {
    await pasteText(presigned());
    expect(fact('Demands')).toBeUndefined();
    await pasteText(presigned().replace('SignedHeaders=host', 'SignedHeaders=content-type%3Bhost'));
    expect(fact('Demands')).toContain('content-type');
    expect(reasons()).toContain('A header that it demands was not sent, or sent otherwise.');
  });
});

describe('what is no presigned link', () => {
  it.each([
    ['https://example.org/file.pdf', 'That link is not presigned: it carries no S3 signature.'],
    ['hello', 'That is not a link.'],
    ['https://a.blob.core.windows.net/x?sig=abc', 'That is a signed link of Azure, not a presigned S3 link.'],
  ])('is said to be none: %s', async (text, sentence) => {
    await open();
    await typeLink(text);
    expect(screen.getByText(sentence)).toBeTruthy();
    expect(screen.queryByRole('heading', { name: 'What it says' })).toBeNull();
  });

  it('is cleared by a button, and the field has the focus again', async () => {
    await open();
    await typeLink('hello');
    await click(screen.getByRole('button', { name: 'Clear' }));
    expect(field().value).toBe('');
    expect(document.activeElement).toBe(field());
    expect(screen.queryByText('That is not a link.')).toBeNull();
  });
});

describe('the view', () => {
  it('opens by Ctrl+I', async () => {
    await press(window, 'i', { ctrlKey: true });
    expect(document.activeElement).toBe(field());
  });
});
