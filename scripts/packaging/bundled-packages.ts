import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'electron-vite';
import type { Plugin } from 'vite';

const ROOT = join(import.meta.dirname, '../..');

/** A package of which at least one line ships. */
export interface ShippedPackage {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression: https://spdx.org/licenses */
  readonly license: string;
  /** Where npm has put it. */
  readonly folder: string;
}

/** A path of a module, up to the package that it is of; where packages are nested, the innermost. */
const IN_A_PACKAGE = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/;

/**
 * Builds the app in memory and looks at which packages' lines are in it: what is merely installed, or was left out as
 * unused, does not count. Takes some seconds.
 */
export async function bundledPackages(): Promise<ShippedPackage[]> {
  const modules = new Set<string>();
  await build({
    root: ROOT,
    logLevel: 'silent',
    plugins: [moduleRecorder(modules)],
    build: { write: false },
  });
  return packagesOf(modules);
}

/** keytar is no part of the bundle; it ships beside it. */
export function besideTheBundle(): ShippedPackage[] {
  return [packageIn(join(ROOT, 'node_modules/keytar'))];
}

function moduleRecorder(modules: Set<string>): Plugin {
  return {
    name: 'module-recorder',
    generateBundle(_options, bundle) {
      for (const output of Object.values(bundle)) {
        if (output.type !== 'chunk') continue;
        for (const [id, module] of Object.entries(output.modules)) {
          if (module.renderedLength > 0) modules.add(id);
        }
      }
    },
  };
}

/**
 * The packages that modules belong to, each once, by name and version.
 * @param modules paths as the bundler names them
 */
export function packagesOf(modules: Iterable<string>): ShippedPackage[] {
  const folders = new Set<string>();
  for (const id of modules) {
    const folder = IN_A_PACKAGE.exec(id.replaceAll('\\', '/'))?.[0];
    if (folder !== undefined) folders.add(folder.replaceAll('\0', ''));
  }
  const packages = [...folders].map(packageIn);
  const once = new Map(packages.map((entry) => [`${entry.name}@${entry.version}`, entry]));
  return [...once.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
}

function packageIn(folder: string): ShippedPackage {
  const text = readFileSync(join(folder, 'package.json'), 'utf8');
  const { name, version, license } = JSON.parse(text) as Partial<Record<string, string>>;
  if (name === undefined || version === undefined || typeof license !== 'string') {
    throw new Error(`${folder}/package.json names no licence, or not even a name and a version.`);
  }
  return { name, version, license, folder };
}
