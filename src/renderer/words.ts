import { germanLinkSentences } from '../shared/words/german/sentences/links.ts';
import { germanWindow } from '../shared/words/german/window.ts';
import { languageAmong, type Language } from '../shared/words/language.ts';
import { translatorOf, type Translator } from '../shared/words/sentences.ts';
import { windowWords, type WindowWords } from '../shared/words/window.ts';

interface Spoken {
  readonly words: WindowWords;
  readonly inWords: Translator;
}

const SPOKEN: Readonly<Record<Language, Spoken>> = {
  en: { words: windowWords, inWords: (sentence) => sentence },
  de: { words: germanWindow, inWords: translatorOf(germanLinkSentences) },
};

/**
 * The words of the language in use. The binding is live, and read when something is shown: another language builds the
 * whole page anew. Until main has told which one it is, that of the browser engine.
 */
export let words: WindowWords = SPOKEN[languageAmong(navigator.languages)].words;

/** From now on, all that is written is written in this language. */
export function speak(language: Language): void {
  words = SPOKEN[language].words;
}

/** What the window finds out by itself and `src/shared` says in English, in the language in use. */
export function inWords(sentence: string): string {
  return SPOKEN[words.language].inWords(sentence);
}
