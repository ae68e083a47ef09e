/**
 * English sentences and what they are in another language. What differs from one time to the next is a hole, named
 * between angle brackets: `<bucket>` is taken over as it is, `<<why>>` holds words that are translated in turn.
 */
export type Sentences = Readonly<Record<string, string>>;

/** A sentence as it is read and as it is said. */
interface Rule {
  readonly english: string;
  readonly read: RegExp;
  readonly holes: readonly Hole[];
  readonly said: string;
  /** How many characters are not holes. */
  readonly literal: number;
}

interface Hole {
  readonly name: string;
  readonly hasWords: boolean;
}

const HOLE = /<<(\w+)>>|<(\w+)>/g;

/** Says a sentence in another language; one that it does not know stays as it is. */
export type Translator = (sentence: string) => string;

/**
 * Reads sentences by the longest of ours that fits from beginning to end.
 * @param found hears of each entry that was used
 * @param unknown hears of each text that none of them fits
 */
export function translatorOf(
  sentences: Sentences,
  found?: (english: string) => void,
  unknown?: (text: string) => void,
): Translator {
  const whole = new Map<string, string>();
  const rules: Rule[] = [];
  for (const [english, said] of Object.entries(sentences)) {
    const rule = ruleOf(english, said);
    if (rule.holes.length === 0) whole.set(english, said);
    else rules.push(rule);
  }
  rules.sort((a, b) => b.literal - a.literal);
  const translate = (sentence: string): string => {
    const known = whole.get(sentence);
    if (known !== undefined) {
      found?.(sentence);
      return known;
    }
    for (const { english, read, holes, said } of rules) {
      const values = read.exec(sentence)?.slice(1);
      if (!values) continue;
      found?.(english);
      return filled(said, holes, values, translate);
    }
    unknown?.(sentence);
    return sentence;
  };
  return translate;
}

function ruleOf(english: string, said: string): Rule {
  const holes: Hole[] = [];
  let pattern = '';
  let literal = 0;
  let at = 0;
  for (const match of english.matchAll(HOLE)) {
    const before = english.slice(at, match.index);
    pattern += `${escaped(before)}([^]*?)`;
    literal += before.length;
    at = match.index + match[0].length;
    holes.push({ name: match[1] ?? match[2] ?? '', hasWords: match[1] !== undefined });
  }
  const rest = english.slice(at);
  return {
    english,
    read: new RegExp(`^${pattern}${escaped(rest)}$`),
    holes,
    said,
    literal: literal + rest.length,
  };
}

function filled(
  said: string,
  holes: readonly Hole[],
  values: readonly string[],
  translate: Translator,
): string {
  return said.replace(HOLE, (hole, withWords?: string, plain?: string) => {
    const at = holes.findIndex(({ name }) => name === (withWords ?? plain));
    const value = values[at];
    if (value === undefined) return hole;
    return holes[at]?.hasWords ? translate(value) : value;
  });
}

function escaped(literal: string): string {
  return literal.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
