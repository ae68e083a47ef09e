import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { OUTSIDE_PAGES, openOutside, type OutsidePage } from '../../src/main/shell/outside-pages.ts';

const openExternal = vi.hoisted(() => vi.fn<(url: string) => Promise<void>>());
vi.mock('electron', () => ({ shell: { openExternal } }));

const pages = Object.keys(OUTSIDE_PAGES) as OutsidePage[];

beforeEach(() => {
  openExternal.mockReset().mockResolvedValue();
});

describe('a page outside the app', () => {
  it.each(pages)('is opened by its name: %s', async (page) => {
    await openOutside(page);
    expect(openExternal.mock.calls).toEqual([[OUTSIDE_PAGES[page]]]);
  });

  it.each([
    ...['https://example.org/', 'file:///etc/passwd', 'javascript:alert(1)', '', 'presigned-links '],
    ...['constructor', '__proto__', 'toString', 'hasOwnProperty'],
  ])('is not opened by anything else: %j', async (page) => {
    await expect(openOutside(page as OutsidePage)).rejects.toMatchObject({ code: 'bad-usage' });
    expect(openExternal).not.toHaveBeenCalled();
  });

  it.each(pages)('has an address of https that says nothing of anybody: %s', (page) => {
    const { protocol, host, username, search } = new URL(OUTSIDE_PAGES[page]);
    expect([protocol, host, username, search]).toEqual(['https:', 'docs.aws.amazon.com', '', '']);
  });

  it('is opened in one place of the app, and nothing else of the system is', async () => {
    const folder = join(import.meta.dirname, '../../src');
    const files = (await readdir(folder, { recursive: true })).filter((name) => /\.(ts|svelte)$/.test(name));
    const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
    const using = (pattern: RegExp) =>
      files.filter((_name, at) => pattern.test(texts[at] ?? '')).map((name) => name.replaceAll('\\', '/'));
    expect(using(/\bopenExternal\b/)).toEqual(['main/shell/outside-pages.ts']);
    expect(using(/import \{[^}]*\bshell\b[^}]*\} from 'electron'/)).toEqual(['main/shell/outside-pages.ts']);
    expect(using(/\.(openPath|showItemInFolder|beep|trashItem)\(/)).toEqual([]);
  });
});
