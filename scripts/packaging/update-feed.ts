/**
 * Joins what electron-updater reads of a release. Macs of both kinds are packed on machines of their own, and each writes a
 * latest-mac.yml: `node scripts/packaging/update-feed.ts INTO FROM…`. https://www.electron.build/auto-update
 */
import { readFileSync, writeFileSync } from 'node:fs';

const FILES = /^files:\n((?: .*\n)+)/m;
const VERSION = /^version: (.+)$/m;

/**
 * The first feed with the files of all. The updater takes the one for its processor by the name.
 * @param feeds as electron-builder writes them
 * @throws Error where one is no such feed, or is of another version
 */
export function joinedFeed(feeds: readonly string[]): string {
  const [first = ''] = feeds;
  const files = feeds.map((feed) => FILES.exec(feed)?.[1]);
  const versions = new Set(feeds.map((feed) => VERSION.exec(feed)?.[1]));
  if (feeds.length === 0 || files.includes(undefined) || versions.has(undefined))
    throw new Error('This is no feed of updates.');
  if (versions.size > 1) throw new Error(`These are of different versions: ${[...versions].join(', ')}.`);
  return first.replace(FILES, () => `files:\n${files.join('')}`);
}

if (import.meta.main) {
  const [into = '', ...from] = process.argv.slice(2);
  writeFileSync(into, joinedFeed(from.map((path) => readFileSync(path, 'utf8'))));
}
