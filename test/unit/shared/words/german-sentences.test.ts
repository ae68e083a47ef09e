import { describe, expect, it } from 'vitest';
import { germanSentences } from '../../../../src/shared/words/german/sentences.ts';
import { germanLinkSentences } from '../../../../src/shared/words/german/sentences/links.ts';
import { englishShell } from '../../../../src/shared/words/shell.ts';
import { translatorOf } from '../../../../src/shared/words/sentences.ts';
import { textsIn } from './catalogue-texts.ts';
import { HOLE } from './sentence-reader.ts';
import { toldSentences } from './told-sentences.ts';

const holes = (sentence: string) => [...sentence.matchAll(/<<?(\w+)>>?/g)].map(([, name]) => name);
/** What fills the holes is nobody’s word: a number, so that each can be told from the others. */
const filled = (text: string) => {
  let count = 0;
  return text.replaceAll(HOLE, () => `#${count++}`);
};

/** What the shell says is in the language in use from the first. */
const ofTheShell = new Set(textsIn(englishShell));
const told = toldSentences().filter(
  ({ text }) => /[a-z]{2}/i.test(text.replaceAll(HOLE, '')) && !ofTheShell.has(text),
);
const inGerman = translatorOf(germanSentences);

describe('the German of what failed', () => {
  it('has an entry for every sentence that the source can make', () => {
    const missing = told.filter(({ text }) => inGerman(filled(text)) === filled(text));
    expect(missing.map(({ place, text }) => `${place} ${text}`)).toEqual([]);
  });

  it('has no entry for a sentence that the source no longer makes', () => {
    const used = new Set<string>();
    const watched = Object.fromEntries(Object.keys(germanSentences).map((english) => [english, english]));
    const notice = translatorOf(watched, (english) => used.add(english));
    for (const { text } of told) notice(filled(text));
    expect(Object.keys(germanSentences).filter((english) => !used.has(english))).toEqual([]);
  });

  it('says words within a sentence in German too', () => {
    const english = new Set<string>();
    const watched = translatorOf(germanSentences, undefined, (words) => english.add(words));
    for (const { text } of told) watched(filled(text));
    const spoken = [...english].filter((words) => /[a-z]{2}/i.test(words.replaceAll(/#\d+/g, '')));
    expect(spoken).toEqual([]);
  });

  it('fills no hole that the English does not have', () => {
    for (const [english, german] of Object.entries(germanSentences)) {
      expect(holes(english), english).toEqual(expect.arrayContaining(holes(german)));
    }
  });

  it('finds what the window says by itself among what the window knows', () => {
    const windows = translatorOf(germanLinkSentences);
    const shown = told.filter(({ place }) =>
      /shared\/(presigned|expiry|bandwidth|s3-host|errors)/.test(place),
    );
    expect(shown.length).toBeGreaterThan(40);
    expect(shown.filter(({ text }) => windows(filled(text)) === filled(text))).toEqual([]);
  });
});
