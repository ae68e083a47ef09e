import { readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** What package.json says of the app. */
export interface Manifest {
  readonly name?: string;
  readonly productName?: string;
  readonly version?: string;
  readonly main?: string;
}

/** Electron's command line, read as Electron reads it: switches, the app's folder or file, the app's own arguments. */
export interface CommandLine {
  /** Everything after the executable, as it was given. */
  readonly given: readonly string[];
  /** Modules to load before the app's main module (`-r`). */
  readonly required: readonly string[];
  /** Switches before the app, without their dashes; `app.commandLine` adds to them. */
  readonly switches: Map<string, string>;
  /** `--user-data-dir`, wherever it stands. */
  readonly userDataFolder: string | undefined;
  readonly appFolder: string;
  readonly mainModule: string;
  readonly manifest: Manifest;
}

/** @throws Error where the app's folder or its package.json cannot be read */
export function parseCommandLine(given: readonly string[]): CommandLine {
  const required: string[] = [];
  const switches = new Map<string, string>();
  let app = '.';
  for (let index = 0; index < given.length; index++) {
    const argument = given[index] ?? '';
    if (argument === '-r' || argument === '--require') required.push(resolve(given[++index] ?? ''));
    else if (argument.startsWith('-')) switches.set(...parseSwitch(argument));
    else {
      app = argument;
      break;
    }
  }
  const userDataFolder = given.map(parseSwitch).find(([name]) => name === 'user-data-dir')?.[1];
  return { given, required, switches, userDataFolder, ...findApp(resolve(app)) };
}

function parseSwitch(argument: string): [name: string, value: string] {
  const [name = '', ...value] = argument.replace(/^-+/, '').split('=');
  return [name, value.join('=')];
}

function findApp(path: string): Pick<CommandLine, 'appFolder' | 'mainModule' | 'manifest'> {
  if (!statSync(path).isDirectory()) return { appFolder: dirname(path), mainModule: path, manifest: {} };
  const manifest = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as Manifest;
  return { appFolder: path, mainModule: join(path, manifest.main ?? 'index.js'), manifest };
}

export const commandLine = parseCommandLine(process.argv.slice(2));
