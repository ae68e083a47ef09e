import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';

/** A thread's file, say, is no import, but named; where there is such a file, it is meant. */
const NAMED = /["'`](\.{1,2}\/[^"'`]+\.c?js)["'`]/g;

/**
 * All files that a built file leads to, itself among them, by paths relative to `folder` with slashes.
 * @param folder where the built files lie
 * @param entry relative to `folder`
 * @throws Error where an imported file is missing
 */
export function reachableModules(folder: string, entry: string): string[] {
  const found = new Set<string>();
  const visit = (file: string): void => {
    if (found.has(file)) return;
    found.add(file);
    const text = readFileSync(join(folder, file), 'utf8');
    const beside = (reference: string) => posix.join(posix.dirname(file), reference);
    for (const path of importsOf(text).map(beside)) {
      if (!existsSync(join(folder, path))) throw new Error(`${file} imports ${path}, which is not there.`);
      visit(path);
    }
    const named = [...text.matchAll(NAMED)].map(([, reference = '']) => beside(reference));
    const within = named.filter((path) => !path.startsWith('../') && existsSync(join(folder, path)));
    within.forEach(visit);
  };
  visit(entry);
  return [...found].sort();
}

/** Relative ones alone, at the top or when needed. */
function importsOf(text: string): string[] {
  const { importedFiles } = ts.preProcessFile(text, true, true);
  return importedFiles.map(({ fileName }) => fileName).filter((name) => name.startsWith('.'));
}
