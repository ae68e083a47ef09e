/** A name cut in two, so that what does not fit is left out of its middle and the ending stays to be seen. */
export interface NameShape {
  readonly head: string;
  /** Never shortened; empty for a short name. */
  readonly tail: string;
}

const SHORT = 20;
const TAIL = 10;

/** Cuts between what a reader sees as characters, never inside one. */
export function nameShape(name: string): NameShape {
  const characters = [...new Intl.Segmenter().segment(name)].map(({ segment }) => segment);
  if (characters.length <= SHORT) return { head: name, tail: '' };
  return { head: characters.slice(0, -TAIL).join(''), tail: characters.slice(-TAIL).join('') };
}
