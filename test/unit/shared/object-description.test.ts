import { describe, expect, it } from 'vitest';
import { checkedDescription, type TypedDescription } from '../../../src/shared/object-description.ts';

const pairs = (count: number) => Array.from({ length: count }, (_, n) => [`t${n}`, 'x'] as const);

describe('what is stored with an object', () => {
  it('is as it was given, the names of metadata in small letters', () => {
    const tags = [
      ['Team', 'red + blue'],
      ['größe', '5 = 5'],
      ['empty', ''],
    ] as const;
    const metadata = [['X-Origin', 'camera 1, “?”'.replace(/[“”]/g, '"')]] as const;
    expect(checkedDescription({ tags, metadata, cacheControl: 'private, max-age=60' })).toEqual({
      tags: { Team: 'red + blue', größe: '5 = 5', empty: '' },
      metadata: { 'x-origin': 'camera 1, "?"' },
      cacheControl: 'private, max-age=60',
    });
  });

  it('is nothing where nothing is given', () => {
    expect(checkedDescription({})).toEqual({});
  });

  it('may reach S3’s limits', () => {
    const longest = [['k'.repeat(128), 'v'.repeat(256)]] as const;
    expect(checkedDescription({ tags: longest }).tags).toEqual(Object.fromEntries(longest));
    expect(Object.keys(checkedDescription({ tags: pairs(10) }).tags ?? {})).toHaveLength(10);
    const metadata = [['a', 'x'.repeat(2048 - 48 - 1)]] as const;
    expect(checkedDescription({ metadata }).metadata).toEqual(Object.fromEntries(metadata));
  });

  it.each<readonly [string, TypedDescription, string]>([
    ['an eleventh tag', { tags: pairs(11) }, '10 tags'],
    ['a tag’s name of 129 characters', { tags: [['k'.repeat(129), 'v']] }, '128 characters'],
    ['a tag’s value of 257 characters', { tags: [['k', 'v'.repeat(257)]] }, '256 characters'],
    ['a value that is 257 characters in UTF-16', { tags: [['k', `${'v'.repeat(255)}𐐷`]] }, '256 characters'],
    ['a tag without a name', { tags: [['', 'v']] }, 'has a name'],
    ['a tag with signs that S3 refuses', { tags: [['k', 'a&b']] }, 'does not take'],
    ['a tag with a line end', { tags: [['k', 'a\nb']] }, 'does not take'],
    ['a tag of AWS’s own', { tags: [['AWS:x', 'v']] }, 'AWS’s own'],
    ['a tag that is named twice', { tags: [['k', '1'], ['k', '2']] }, 'named twice'], // prettier-ignore
    ['metadata twice, in other letters', { metadata: [['A', '1'], ['a', '2']] }, 'named twice'], // prettier-ignore
    ['a metadata name that no header has', { metadata: [['a b', 'v']] }, 'no header can have'],
    ['metadata without a name', { metadata: [['', 'v']] }, 'no header can have'],
    ['Sandglass’s own metadata', { metadata: [['Sandglass-Upload', 'v']] }, 'Sandglass’s own'],
    ['metadata outside of ASCII', { metadata: [['a', 'é']] }, 'outside of ASCII'],
    ['metadata with a line end', { metadata: [['a', 'b\r\nx-amz-acl: public-read']] }, 'outside of ASCII'],
    ['metadata as mail encodes it', { metadata: [['a', '=?UTF-8?Q?=C3=A9?=']] }, 'RFC 2047'],
    ['metadata that ends with a space', { metadata: [['a', 'b ']] }, 'a space'],
    ['one byte of metadata too many', { metadata: [['a', 'x'.repeat(2048 - 48)]] }, '2000 are left'],
    ['an empty cache control', { cacheControl: ' ' }, 'no Cache-Control'],
    ['a cache control of two lines', { cacheControl: 'no-store\r\nx: y' }, 'no Cache-Control'],
  ])('is refused with %s', (_what, typed, why) => {
    const told = expect.stringContaining(why) as string;
    expect(() => checkedDescription(typed)).toThrow(
      expect.objectContaining({ code: 'bad-usage', message: told }) as Error,
    );
  });
});
