import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { CdpConnection } from './cdp-connection.ts';

const EXECUTABLE = process.env['STANDIN_CHROMIUM'] ?? '/usr/bin/chromium';
const PROFILE = 'standin-chromium-';

/** Keep Chromium from asking its maker's servers, and from greeting a new person. */
const QUIET = [
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-extensions',
  '--disable-gpu',
  '--disable-quic',
  '--disable-search-engine-choice-screen',
  '--disable-sync',
  '--metrics-recording-only',
  '--no-pings',
  '--password-store=basic',
  '--test-type',
];
const QUIET_FEATURES = ['Translate', 'MediaRouter', 'OptimizationHints', 'DialMediaRouteProvider'];

/** A visible window is asked for by STANDIN_HEADED=1. */
export const isHeaded = process.env['STANDIN_HEADED'] === '1';

/** Debian's Chromium: one process for each app, with a profile of its own that goes when the process goes. */
export class Chromium {
  readonly connection: CdpConnection;
  readonly #process: ChildProcess;
  readonly #profile: string;
  readonly #arguments: readonly string[];
  readonly #exited: Promise<void>;
  #closing = false;

  /**
   * @param switches what the command line and `app.commandLine` have asked for
   * @param onCrash called where Chromium ends without having been asked to
   */
  constructor(switches: ReadonlyMap<string, string>, onCrash: (reason: string) => void) {
    removeLeftProfiles();
    this.#profile = mkdtempSync(join(tmpdir(), `${PROFILE}${process.pid}-`));
    this.#arguments = chromiumArguments(switches, this.#profile);
    const port = switches.get('remote-debugging-port');
    const more = [
      '--remote-debugging-pipe',
      '--no-startup-window',
      ...(port === undefined ? [] : [`--remote-debugging-port=${port}`]),
      ...(isHeaded ? [] : ['--headless']),
    ];
    const stdio = ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] as const;
    this.#process = spawn(EXECUTABLE, [...this.#arguments, ...more], {
      stdio: [...stdio],
      env: inUtf8(process.env),
    });
    const [, , errors, commands, answers] = this.#process.stdio as [null, null, Readable, Writable, Readable];
    this.connection = new CdpConnection(commands, answers);
    errors.setEncoding('utf8').on('data', tellWhatMatters);
    this.#exited = new Promise((resolve) => {
      this.#process.once('error', (error) => {
        onCrash(`${EXECUTABLE} cannot be started: ${error.message}`);
        resolve();
      });
      this.#process.once('exit', () => {
        if (!this.#closing) onCrash('Chromium has ended by itself.');
        resolve();
      });
    });
  }

  /** Opens a window without tabs; a second start hands over to the running one. */
  openAppWindow(url: string, width: number, height: number): void {
    const size = `--window-size=${width},${height}`;
    spawn(EXECUTABLE, [...this.#arguments, size, `--app=${url}`], {
      stdio: 'ignore',
      env: inUtf8(process.env),
    });
  }

  /** Resolves when the process is gone and its profile with it. */
  async close(): Promise<void> {
    this.#closing = true;
    const late = setTimeout(() => this.#process.kill('SIGKILL'), 3_000);
    await this.connection.browser.send('Browser.close').catch(() => this.#process.kill('SIGTERM'));
    await this.#exited;
    clearTimeout(late);
    this.#removeProfile();
  }

  /** The last resort, where nothing may be waited for. */
  kill(): void {
    this.#closing = true;
    this.#process.kill('SIGKILL');
    this.#removeProfile();
  }

  #removeProfile(): void {
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }
}

function chromiumArguments(switches: ReadonlyMap<string, string>, profile: string): string[] {
  const own = new Set([
    'user-data-dir',
    'remote-debugging-port',
    'inspect',
    'inspect-brk',
    'disable-features',
  ]);
  const asked = [...switches]
    .filter(([name]) => !own.has(name))
    .map(([name, value]) => (value === '' ? `--${name}` : `--${name}=${value}`));
  const features = [...QUIET_FEATURES, switches.get('disable-features') ?? ''].filter((name) => name !== '');
  // Chromium refuses its sandbox to root.
  const unboxed = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return [
    ...QUIET,
    ...unboxed,
    ...asked,
    `--disable-features=${features.join(',')}`,
    `--user-data-dir=${profile}`,
  ];
}

/** A process that was killed could not clean up; the next one does it. */
function removeLeftProfiles(): void {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(PROFILE))) {
    if (!isAlive(Number(name.slice(PROFILE.length).split('-')[0])))
      rmSync(join(tmpdir(), name), { recursive: true, force: true, maxRetries: 5 });
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** A test tool waits for the line with the DevTools address on stderr. */
function tellWhatMatters(text: string): void {
  for (const line of text.split('\n')) {
    const matters = line.startsWith('DevTools listening') || process.env['STANDIN_DEBUG'] === '1';
    if (matters && line !== '') process.stderr.write(`${line}\n`);
  }
}

/** Without a UTF-8 locale, as in a bare container, Chromium loses files whose names are not ASCII. */
function inUtf8(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const locale = environment['LC_ALL'] ?? environment['LC_CTYPE'] ?? environment['LANG'] ?? '';
  return /utf-?8/i.test(locale) ? environment : { ...environment, LC_ALL: 'C.UTF-8' };
}
