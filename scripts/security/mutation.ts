import type { Guard } from './guards.ts';

/** A guard, and the names of the tests that went red without it. */
export interface Outcome {
  readonly guard: Guard;
  readonly red: readonly string[];
}

/** Around the table in SECURITY.md. */
const BEGIN = '<!-- guards: written by npm run test:security-mutations -->';
const END = '<!-- end of guards -->';

/** How much of a test's name the table tells, in characters. */
const LONGEST_NAME = 110;

/** A file's text with the guard taken out. @throws Error where the text to be replaced is not there exactly once */
export function withoutGuard(whole: string, { promise, file, text, instead }: Guard): string {
  const found = whole.split(text).length - 1;
  if (found !== 1) throw new Error(`“${promise}”: its text stands ${found} times in ${file}, not once.`);
  return whole.replace(text, () => instead);
}

/**
 * SECURITY.md with the table written anew.
 * @throws Error where its place is not marked
 */
export function guardTable(document: string, outcomes: readonly Outcome[]): string {
  const [from, to] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (from < 0 || to < from) throw new Error('SECURITY.md does not say where the table of guards stands.');
  const rows = outcomes.map(({ guard, red }) => {
    const [first] = red;
    const test =
      first === undefined
        ? '**none**'
        : `${guard.test.replace('test/', '')}: ${cell(first.replace(`${guard.test} `, ''))}`;
    return `| ${cell(guard.promise)} | \`${guard.file.replace(/^src\//, '')}\` | ${test} |`;
  });
  const table = ['| without this guard | of | this goes red |', '| --- | --- | --- |', ...rows].join('\n');
  return `${document.slice(0, from)}${BEGIN}\n\n${table}\n\n${document.slice(to)}`;
}

function cell(text: string): string {
  const plain = text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ');
  return plain.length > LONGEST_NAME ? `${plain.slice(0, LONGEST_NAME)}…` : plain;
}
