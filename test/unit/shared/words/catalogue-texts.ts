/** All texts of a catalogue that are the same each time; what is a function is left out. */
export function textsIn(catalogue: unknown): readonly string[] {
  if (typeof catalogue === 'string') return [catalogue];
  if (typeof catalogue !== 'object' || catalogue === null) return [];
  return Object.values(catalogue).flatMap((value) => textsIn(value));
}

/** The path of every word of a catalogue, and what kind of word it is. */
export function placesIn(catalogue: object, path = ''): readonly (readonly [place: string, word: unknown])[] {
  return Object.entries(catalogue).flatMap(([name, value]: [string, unknown]) => {
    const place = path === '' ? name : `${path}.${name}`;
    return typeof value === 'object' && value !== null ? placesIn(value, place) : [[place, value] as const];
  });
}
