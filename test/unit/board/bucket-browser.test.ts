import { beforeEach, describe, expect, it, vi } from 'vitest';
import { BucketBrowser, type BucketBrowserPorts } from '../../../src/main/board/bucket-browser.ts';
import type { ShareRow } from '../../../src/shared/board.ts';
import { SandglassError } from '../../../src/shared/errors.ts';

const TARGET = { bucket: 'films', endpoint: {}, source: {}, prefix: '' };
const LIFE = { kind: 'seconds', seconds: 60 } as const;
const STORED = { downloadAs: null, inline: false, contentType: null, cacheControl: null };
const ROW = { id: 'a1b2c3d4e5' } as ShareRow;

const dropTarget = vi.fn<(place?: unknown) => unknown>(() => TARGET);
const browse = vi.fn<(...asked: unknown[]) => Promise<unknown>>();
const versions = vi.fn<(...asked: unknown[]) => Promise<unknown>>();
const link = vi.fn<(...asked: unknown[]) => Promise<unknown>>();
const writeText = vi.fn<(text: string) => Promise<void>>(() => Promise.resolve());

const browser = new BucketBrowser({
  accounts: { dropTarget, ownBuckets: () => Promise.resolve(['films']) },
  browsing: { browse, versions },
  links: { link },
  shares: { row: () => ROW },
  clipboard: { writeText },
} as unknown as BucketBrowserPorts);

beforeEach(() => {
  vi.clearAllMocks();
});

describe('a folder of a bucket', () => {
  it('is read by the current account’s keys, from where the page before ended', async () => {
    const page = { prefixes: ['a/'], objects: [], next: 'mark' };
    browse.mockResolvedValue(page);
    const asked = { bucket: 'films', prefix: 'in/', after: null, limit: 1_000 };
    expect(await browser.page(asked)).toEqual(page);
    await browser.page({ ...asked, after: 'mark' });
    expect(dropTarget.mock.calls[0]).toEqual([{ bucket: 'films', prefix: 'in/' }]);
    expect(browse.mock.calls).toEqual([
      [TARGET, { prefix: 'in/', limit: 1_000, after: undefined }],
      [TARGET, { prefix: 'in/', limit: 1_000, after: 'mark' }],
    ]);
  });

  it('tells the versions of an object', async () => {
    versions.mockResolvedValue({ versions: [], next: null });
    expect(await browser.versions('films', 'a.txt', null)).toEqual({ versions: [], next: null });
    expect(versions.mock.calls).toEqual([[TARGET, 'a.txt', undefined]]);
  });
});

describe('a link to an object that is there', () => {
  const target = { bucket: 'films', key: 'in/a.txt', versionId: null, wishes: STORED };

  it('is on the clipboard, and its row is told', async () => {
    link.mockResolvedValue({ link: { id: ROW.id, url: 'https://films.example/in/a.txt?sig' } });
    expect(await browser.link(target, LIFE)).toBe(ROW);
    expect(link.mock.calls).toEqual([[TARGET, 'in/a.txt', LIFE, undefined, undefined]]);
    expect(writeText.mock.calls).toEqual([['https://films.example/in/a.txt?sig']]);
  });

  it('names the version and the answer that are wished', async () => {
    link.mockResolvedValue({ link: { id: ROW.id, url: 'https://films.example/' } });
    const wishes = { ...STORED, downloadAs: 'b.txt', contentType: 'text/plain' };
    await browser.link({ ...target, versionId: 'v1', wishes }, LIFE);
    expect(link.mock.calls[0]?.slice(3)).toEqual([
      { contentDisposition: 'attachment; filename=b.txt', contentType: 'text/plain' },
      'v1',
    ]);
  });

  it('leaves the clipboard as it is where none can be made', async () => {
    link.mockRejectedValue(new SandglassError('archived', 'The object is archived.'));
    await expect(browser.link(target, LIFE)).rejects.toMatchObject({ code: 'archived' });
    const wishes = { ...STORED, contentType: 'no type' };
    await expect(browser.link({ ...target, wishes }, LIFE)).rejects.toMatchObject({ code: 'bad-usage' });
    expect(writeText).not.toHaveBeenCalled();
  });
});
