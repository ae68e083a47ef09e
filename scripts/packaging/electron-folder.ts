import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGE = join(import.meta.dirname, '../../node_modules/electron');

/** Electron's version in this project, like "45.4.1". */
export function electronVersion(): string {
  const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as { version: string };
  return version;
}

/** The folder with Electron's own binary, where electron's install script has put it; undefined where it has not. */
export function installedElectron(): string | undefined {
  return existsSync(join(PACKAGE, 'path.txt')) ? join(PACKAGE, 'dist') : undefined;
}

/** How Electron marks its fuses; then come the wire's version, its length and a digit for each fuse. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const WIRE_VERSION = 1;

/** As Electron is delivered: RunAsNode, NODE_OPTIONS, --inspect, file privileges and trap handlers are on. */
const DELIVERED = '101100011';

const SAYS_WHY = `#!/bin/sh
echo 'This folder was packed without Electron: it shows what would ship, and cannot run.' >&2
exit 1
`;

/**
 * Writes what stands in for a folder of Electron where its binary cannot be had: every file that electron-builder asks
 * for, and a program that has a fuse wire and only says that it cannot run.
 * @param fuses a digit for each fuse, as Electron would have it
 */
export function writeDummyElectron(folder: string, fuses = DELIVERED): void {
  mkdirSync(join(folder, 'resources'), { recursive: true });
  mkdirSync(join(folder, 'locales'));
  const wire = Buffer.concat([
    Buffer.from(`${SAYS_WHY}# ${SENTINEL}`),
    Buffer.from([WIRE_VERSION, fuses.length]),
    Buffer.from(`${fuses}\n`),
  ]);
  for (const [name, content] of [
    ['electron', wire],
    ['chrome-sandbox', SAYS_WHY],
    ['version', electronVersion()],
    ['LICENSE', "Electron's licence comes with its binary.\n"],
    ['LICENSES.chromium.html', "<p>Chromium's licences come with Electron's binary.</p>\n"],
    ['NOT-RUNNABLE.txt', "Packed without Electron's binary: this cannot run.\n"],
    ['locales/en-US.pak', ''],
    ['locales/de.pak', ''],
    ['locales/fr.pak', ''],
  ] as const) {
    writeFileSync(join(folder, name), content);
  }
  for (const program of ['electron', 'chrome-sandbox']) chmodSync(join(folder, program), 0o755);
}
