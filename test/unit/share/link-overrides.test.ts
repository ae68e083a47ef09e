import { describe, expect, it } from 'vitest';
import { overridesFor, type LinkWishes } from '../../../src/main/share/link-overrides.ts';
import { linkOverrides } from '../../../src/shared/link-overrides.ts';

describe('what a link chooses', () => {
  it('is nothing where nothing is wished', () => {
    expect(overridesFor('a/b.txt', {})).toBeUndefined();
    expect(overridesFor('a/b.txt', { inline: false, contentType: undefined })).toBeUndefined();
  });

  it.each<readonly [LinkWishes, string]>([
    [{ downloadAs: 'x.pdf' }, 'attachment; filename=x.pdf'],
    [{ downloadAs: 'a, b.pdf' }, 'attachment; filename="a, b.pdf"'],
    [{ downloadAs: 'é.txt' }, `attachment; filename=e.txt; filename*=UTF-8''%C3%A9.txt`],
    [{ inline: true }, 'inline; filename=b.txt'],
    [{ inline: true, downloadAs: 'x.pdf' }, 'inline; filename=x.pdf'],
  ])('for %j is a disposition that every browser reads', (wishes, contentDisposition) => {
    expect(overridesFor('a/b.txt', wishes)).toEqual({ contentDisposition });
  });

  it('names no file where the key is a folder', () => {
    expect(overridesFor('a/', { inline: true })).toEqual({ contentDisposition: 'inline' });
  });

  it('can be kept in the history and read again', () => {
    const overrides = overridesFor('a', {
      ...{ downloadAs: '“x” – é.txt', contentType: 'text/plain; charset="utf-8"', cacheControl: 'no-store' },
      ...{ contentLanguage: 'de, en-GB', contentEncoding: 'gzip', cachedUntil: 1_900_000_000_000 },
    });
    expect(linkOverrides.parse(JSON.parse(JSON.stringify(overrides)))).toEqual(overrides);
  });

  it.each<LinkWishes>([
    ...['', ' ', '.', '..', 'a/b', 'a\\b', 'a\nb', 'x'.repeat(256)].map((downloadAs) => ({ downloadAs })),
    ...['', 'text', 'text/', '/plain', 'a/b/c', 'image/*x y', 'text/plain\r\nx: y'].map((contentType) => ({
      contentType,
    })),
    ...['', 'a\r\nb', 'é'].map((cacheControl) => ({ cacheControl })),
    ...['', 'de;', 'de, '].map((contentLanguage) => ({ contentLanguage })),
    { contentEncoding: 'g zip' },
  ])('is refused where %j is wished', (wishes) => {
    expect(() => overridesFor('a', wishes)).toThrow(expect.objectContaining({ code: 'bad-usage' }) as Error);
  });
});
