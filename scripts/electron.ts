/**
 * Finds something that runs the app: Electron's own binary where it is there or can be had, else the stand-in on
 * Chromium (test/standin). Run as a script it starts the app: `node scripts/electron.ts . [argument…]`.
 */
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What starts the app, and which of the two it is. */
export interface ElectronCommand {
  readonly kind: 'electron' | 'stand-in';
  readonly executable: string;
  /** To be given before the app's folder. */
  readonly switches: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  /** False where nobody can see the window. */
  readonly isVisible: boolean;
  /** One line for a person: which it is, and why. */
  readonly description: string;
}

const ROOT = dirname(import.meta.dirname);
const PACKAGE = join(ROOT, 'node_modules/electron');
const STAND_IN = join(ROOT, 'test/standin/electron');
const CHROMIUM = process.env['STANDIN_CHROMIUM'] ?? '/usr/bin/chromium';

/** Set for this run's other processes, so that a closed network is asked once. */
const ANSWER = 'SANDGLASS_ELECTRON_DOWNLOAD';
const REACH_MILLISECONDS = 4_000;
const DOWNLOAD_MILLISECONDS = 300_000;

/** @throws Error where this machine has neither, saying what to install */
export function electronCommand(): ElectronCommand {
  const binary = installedBinary() ?? downloadedBinary();
  const hasDisplay = process.platform !== 'linux' || displayOf(process.env) !== undefined;
  if (binary !== undefined && hasDisplay) return realElectron(binary);
  const reason = binary === undefined ? "Electron's binary cannot be downloaded" : 'there is no display';
  if (!isExecutable(CHROMIUM) || !isExecutable(STAND_IN))
    throw new Error(`${reason}, and the stand-in needs ${CHROMIUM}: install the Debian package chromium.`);
  return standIn(reason, hasDisplay);
}

function realElectron(executable: string): ElectronCommand {
  return {
    kind: 'electron',
    executable,
    // Chromium refuses its sandbox to root.
    switches: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    environment: process.env,
    isVisible: true,
    description: `Electron's own binary: ${executable}`,
  };
}

function standIn(reason: string, isVisible: boolean): ElectronCommand {
  return {
    kind: 'stand-in',
    executable: STAND_IN,
    switches: [],
    environment: { ...process.env, ...(isVisible ? { STANDIN_HEADED: '1' } : {}) },
    isVisible,
    description: `The stand-in on ${CHROMIUM}, for ${reason}${isVisible ? '' : '; no window can be seen'}.`,
  };
}

function displayOf(environment: NodeJS.ProcessEnv): string | undefined {
  return environment['WAYLAND_DISPLAY'] ?? environment['DISPLAY'];
}

/** Where electron's own install script puts it: https://www.electronjs.org/docs/latest/tutorial/installation */
function installedBinary(): string | undefined {
  try {
    const executable = join(PACKAGE, 'dist', readFileSync(join(PACKAGE, 'path.txt'), 'utf8').trim());
    return existsSync(executable) ? executable : undefined;
  } catch {
    return undefined;
  }
}

function downloadedBinary(): string | undefined {
  if (process.env[ANSWER] === 'no') return undefined;
  if (canReachDownloads()) {
    console.log("Electron's binary is downloaded; this happens once.");
    spawnSync(process.execPath, [join(PACKAGE, 'install.js')], {
      stdio: 'ignore',
      timeout: DOWNLOAD_MILLISECONDS,
    });
  }
  const binary = installedBinary();
  if (binary === undefined) process.env[ANSWER] = 'no';
  return binary;
}

/** Any answer will do: it tells an open network from one that refuses, or that swallows everything. */
function canReachDownloads(): boolean {
  const mirror = process.env['ELECTRON_MIRROR'] ?? process.env['npm_config_electron_mirror'];
  const question = `fetch(process.argv[1], { method: 'HEAD', redirect: 'manual' }).then(() => process.exit(0), () => process.exit(1))`;
  const address = mirror ?? 'https://github.com/electron/electron/releases/';
  const { status } = spawnSync(process.execPath, ['-e', question, address], { timeout: REACH_MILLISECONDS });
  return status === 0;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

if (import.meta.main) {
  const { executable, switches, environment, description } = electronCommand();
  console.log(description);
  const app = spawn(executable, [...switches, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: environment,
  });
  // Ctrl-C reaches the app as well; it alone says when it has ended.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.kill(signal));
  app.on('error', (error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
  app.on('exit', (code) => (process.exitCode = code ?? 1));
}
