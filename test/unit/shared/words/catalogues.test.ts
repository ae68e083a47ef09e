import { describe, expect, it } from 'vitest';
import { germanShell } from '../../../../src/shared/words/german/shell.ts';
import { germanWindow } from '../../../../src/shared/words/german/window.ts';
import { englishShell } from '../../../../src/shared/words/shell.ts';
import { windowWords } from '../../../../src/shared/words/window.ts';
import { placesIn } from './catalogue-texts.ts';

/** Names, keys of the keyboard and what both languages call alike. */
const ALIKE = new Set(
  [
    'Sandglass|OK|Bucket|Buckets|Details|Region|Amazon S3|Server|Version|Glacier|Express|Cache-Control|Test|none',
    'Version 4|Version 4A|Cloudflare R2|Backblaze B2|Wasabi|DigitalOcean Spaces|5 GiB|FILE|Tags|Name|Link|Metadata',
  ]
    .join('|')
    .split('|'),
);

describe.each([
  ['of the window', windowWords, germanWindow],
  ['of the shell', englishShell, germanShell],
])('the German %s', (_, english, german) => {
  const words = new Map(placesIn(german));

  it('has every word of the English, and of the same kind', () => {
    const kinds = (catalogue: object) =>
      placesIn(catalogue).map(
        ([place, word]) => `${place}: ${typeof word}, ${(word as unknown[]).length > 0}`,
      );
    expect([...words.keys()].toSorted()).toEqual(
      placesIn(english)
        .map(([place]) => place)
        .toSorted(),
    );
    expect(kinds(german).length).toBe(kinds(english).length);
    for (const [place, word] of placesIn(english)) expect(typeof words.get(place), place).toBe(typeof word);
  });

  it('says nothing in English but what both call alike', () => {
    const same = placesIn(english).filter(
      ([place, word]) =>
        typeof word === 'string' && /[a-z]{2}/i.test(word) && words.get(place) === word && !ALIKE.has(word),
    );
    expect(same).toEqual([]);
  });

  it('takes what the English takes, and no less, into each sentence', () => {
    for (const [place, word] of placesIn(english)) {
      if (typeof word !== 'function') continue;
      const given = Array.from({ length: word.length }, (__, at) => `#${at}`);
      const said = (sentence: unknown) => (sentence as (...all: unknown[]) => string)(...given);
      const taken = (sentence: unknown) => given.filter((each) => said(sentence).includes(each));
      expect(taken(words.get(place)), place).toEqual(taken(word));
    }
  });
});
