import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/**
 * What the command finds: an unlocked keyring, one that is still locked, a session bus without any keyring,
 * or no session bus at all.
 */
export type Keyring = 'unlocked' | 'locked' | 'no-keyring' | 'no-bus';

export interface SessionOptions {
  readonly keyring?: Keyring;
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const PASSWORD = 'a password for tests';
const DAEMON = {
  unlocked: 'printf %s "$KEYRING_PASSWORD" | gnome-keyring-daemon --unlock --components=secrets >/dev/null; ',
  locked: 'gnome-keyring-daemon --start --components=secrets >/dev/null; ',
  'no-keyring': '',
};

/** A session bus that can start no service at all, as on a machine without a desktop. */
const BARE_BUS = `<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`;

/** An empty home folder; what a keyring keeps in it lasts from one session to the next. */
export function makeHome(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'sandglass-keyring-'));
}

export async function removeHome(home: string): Promise<void> {
  await endServices(home);
  await rm(home, { recursive: true, force: true, maxRetries: 3 });
}

/**
 * Runs a command in a session of its own, with `home` as its home folder, and leaves nothing running.
 * Sessions in one home run one after the other, never at the same time.
 */
export async function runInSession(
  home: string,
  [program, ...args]: readonly [string, ...string[]],
  { keyring = 'unlocked', stdin = '', env = {} }: SessionOptions = {},
): Promise<Outcome> {
  const command = [program, ...args] as const;
  const [file, ...rest] = keyring === 'no-bus' ? command : await inBus(home, command, keyring);
  const child = spawn(file, rest, { cwd: home, env: { ...environment(home), ...env } });
  const output = Promise.all([text(child.stdout), text(child.stderr)]);
  child.stdin.on('error', () => undefined).end(stdin);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('exit', resolve);
  });
  // The services hold the pipes open for as long as they live.
  await endServices(home);
  const [stdout, stderr] = await output;
  return { code, stdout, stderr };
}

/** Why there can be no real keyring on this machine, or undefined where there can. */
export function missingForKeyring(): string | undefined {
  for (const program of ['dbus-run-session', 'dbus-send', 'gnome-keyring-daemon']) {
    if (spawnSync(program, ['--version']).error) return `${program} is not installed`;
  }
  try {
    createRequire(import.meta.url)('keytar');
    return undefined;
  } catch {
    return 'keytar cannot be loaded';
  }
}

async function inBus(
  home: string,
  command: readonly string[],
  keyring: Exclude<Keyring, 'no-bus'>,
): Promise<[string, ...string[]]> {
  const config = join(home, 'bus.conf');
  if (keyring === 'no-keyring') await writeFile(config, BARE_BUS);
  const options = keyring === 'no-keyring' ? [`--config-file=${config}`] : [];
  return ['dbus-run-session', ...options, '--', 'sh', '-c', `${DAEMON[keyring]}exec "$@"`, 'sh', ...command];
}

/** No DISPLAY: a prompt on the developer's own desktop would wait for an answer. */
function environment(home: string): NodeJS.ProcessEnv {
  const folders = { HOME: home, XDG_RUNTIME_DIR: home, XDG_DATA_HOME: home, XDG_CONFIG_HOME: home };
  return { PATH: process.env.PATH, LANG: 'C.UTF-8', KEYRING_PASSWORD: PASSWORD, ...folders };
}

/** Keyring and prompter detach themselves; the home folder that only they were given tells which they are. */
async function endServices(home: string): Promise<void> {
  const mark = `\0XDG_RUNTIME_DIR=${home}\0`;
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const variables = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
    if (!`\0${variables}`.includes(mark)) continue;
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch {
      // It ended by itself in the meantime.
    }
  }
}
