import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ShippedPackage } from './bundled-packages.ts';

/** What may ship inside an MIT-licensed program without asking anything of those who use it. */
const ALLOWED: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Python-2.0',
  'Unlicense',
]);

const TEXT_NAME = /^(licen[cs]e|copying|notice)([.-].*)?$/i;

/** The licence of something that ships, and the texts that say so. */
export interface Licence {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly texts: readonly { readonly name: string; readonly text: string }[];
}

/** @throws Error for a licence that nobody has agreed to yet */
export function licenceOf({ name, version, license, folder }: ShippedPackage): Licence {
  if (!ALLOWED.has(license)) {
    throw new Error(
      `${name} ${version} is under ${license}: see whether it may ship, then add it to licences.ts.`,
    );
  }
  const texts = readdirSync(folder)
    .filter((file) => TEXT_NAME.test(file))
    .sort()
    .map((file) => ({ name: file, text: readFileSync(join(folder, file), 'utf8').trim() }));
  return { name, version, license, texts };
}

/** THIRD-PARTY.md: one line for each package. */
export function licenceTable(licences: readonly Licence[], electron: string): string {
  const lines = licences.map(({ name, version, license, texts }) => {
    const names = texts.map((text) => text.name).join(', ');
    return [name, version, license, names === '' ? 'none of its own' : names];
  });
  const rows = [
    ['package', 'version', 'licence', 'text'],
    ...lines,
    ['Electron', electron, 'MIT', 'LICENSE.electron.txt'],
    ['Chromium and Node.js, within Electron', electron, 'various', 'LICENSES.chromium.html'],
  ];
  return `# What others wrote

Sandglass is under the [MIT licence](LICENSE). What ships with it of others, and under which licence, is below. The list is
made from the modules that are in the built app: \`npm run third-party\` writes it. The installers and the command's package
hold the texts in full, in \`third-party-licences.txt\`; Electron's lie beside its program.

${tableOf(rows)}`;
}

/** Aligned, as the formatter would have it. */
function tableOf(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0), 3),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return `${[line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n')}\n`;
}

/** Every text in full, each once, with the packages that it is of. */
export function licenceTexts(licences: readonly Licence[]): string {
  const owners = new Map<string, string[]>();
  for (const { name, version, license, texts } of licences) {
    const own =
      texts.length > 0 ? texts.map(({ text }) => text) : [`${license}; the package brings no text.`];
    for (const text of own) owners.set(text, [...(owners.get(text) ?? []), `${name} ${version}`]);
  }
  const rule = '='.repeat(78);
  return [...owners].map(([text, names]) => `${rule}\n${names.join('\n')}\n${rule}\n\n${text}\n`).join('\n');
}
