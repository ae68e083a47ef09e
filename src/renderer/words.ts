import { windowWords, type WindowWords } from '../shared/words/window.ts';

/** The words of the language in use. */
export const words: WindowWords = windowWords;
