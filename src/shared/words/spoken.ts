import { germanSentences } from './german/sentences.ts';
import { germanShell } from './german/shell.ts';
import type { Language } from './language.ts';
import { translatorOf, type Translator } from './sentences.ts';
import { englishShell, type ShellWords } from './shell.ts';

/**
 * The words of the language in use. The binding is live: it is to be read when something is said, not before, for
 * another language may have been chosen since.
 */
export let shellWords: ShellWords = englishShell;
export let spokenLanguage: Language = 'en';

interface Spoken {
  readonly shell: ShellWords;
  readonly inWords: Translator;
}

const SPOKEN: Readonly<Record<Language, Spoken>> = {
  en: { shell: englishShell, inWords: (sentence) => sentence },
  de: { shell: germanShell, inWords: translatorOf(germanSentences) },
};

const listeners = new Set<() => void>();

/** From now on, all that is said to a person is said in this language. */
export function speak(language: Language): void {
  if (language === spokenLanguage) return;
  spokenLanguage = language;
  shellWords = SPOKEN[language].shell;
  for (const listener of listeners) listener();
}

/** Does what writes words that stay, now and again whenever the language changes. */
export function inEachLanguage(write: () => void): void {
  listeners.add(write);
  write();
}

/** What happened and what to do, which the core says in English, in the language in use. */
export function inWords(sentence: string): string {
  return SPOKEN[spokenLanguage].inWords(sentence);
}
