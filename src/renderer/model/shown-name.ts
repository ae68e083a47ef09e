export type Direction = 'ltr' | 'rtl';

/**
 * Characters that are not seen and turn what follows them around: with U+202E in it, an .exe reads as a .pdf.
 * https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters
 */
const TURNING = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/** Line breaks and their like, which a name may hold and a line cannot show. */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}]/gu;
const STRONG =
  /(\p{Script=Hebrew}|\p{Script=Arabic}|\p{Script=Syriac}|\p{Script=Thaana}|\p{Script=Nko})|\p{L}/u;
const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const ISOLATE = '\u2068';
const ISOLATE_END = '\u2069';

/** A name as it may be shown: what would turn or break its line stands there to be seen. */
export function plainName(name: string): string {
  return name.replace(TURNING, '\ufffd').replace(UNSEEN, '\ufffd');
}

/** The way in which a name reads: that of its first letter. */
export function directionOf(name: string): Direction {
  return STRONG.exec(name)?.[1] === undefined ? 'ltr' : 'rtl';
}

/** A name as it may stand in a sentence: one that reads the other way does not turn the sentence around. */
export function namedIn(name: string): string {
  const plain = plainName(name);
  return RIGHT_TO_LEFT.test(plain) ? `${ISOLATE}${plain}${ISOLATE_END}` : plain;
}
