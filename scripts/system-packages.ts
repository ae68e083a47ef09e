import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/** A program that tests run, the Debian package it comes in, and what is skipped without it. */
interface Need {
  readonly program: string;
  readonly debian: string;
  readonly tests: string;
}

const KEYRING = 'the tests with a real keyring';
const CEPH = 'the tests with Ceph RGW, a real S3 server';
const PACKAGING = 'the tests of the installers';
const WINDOW = 'the tests with a window, where Electron’s own binary cannot be had,';

const NEEDS: readonly Need[] = [
  { program: 'gnome-keyring-daemon', debian: 'gnome-keyring', tests: KEYRING },
  { program: 'dbus-run-session', debian: 'dbus', tests: KEYRING },
  { program: 'dbus-send', debian: 'dbus', tests: KEYRING },
  { program: 'radosgw', debian: 'radosgw', tests: CEPH },
  { program: 'ceph-mon', debian: 'ceph-mon', tests: CEPH },
  { program: 'ceph-osd', debian: 'ceph-osd', tests: CEPH },
  { program: 'ceph', debian: 'ceph-common', tests: CEPH },
  { program: 'radosgw-admin', debian: 'ceph-common', tests: CEPH },
  { program: 'curl', debian: 'curl', tests: CEPH },
  { program: 'ps', debian: 'procps', tests: CEPH },
  { program: 'desktop-file-validate', debian: 'desktop-file-utils', tests: PACKAGING },
  { program: 'dpkg-deb', debian: 'dpkg', tests: PACKAGING },
  // Without a font of some kind every letter is a box.
  { program: 'chromium', debian: 'chromium fonts-dejavu-core', tests: WINDOW },
];

/** What node-gyp needs to build keytar where no prebuilt binary can be downloaded. */
const TO_BUILD_KEYTAR = ['libsecret-1-dev', 'pkg-config', 'python3', 'make', 'g++'];

const REPOSITORY = dirname(import.meta.dirname);

/**
 * Installs what the tests need and this machine lacks, where it may: on Debian and Ubuntu, as root.
 * @returns what is missing still, as one sentence for each thing and the tests that are skipped for it
 */
export function provideSystemPackages(): string[] {
  const lacking = NEEDS.filter(({ program }) => !isInstalled(program));
  if (lacking.length > 0) {
    const tests = [...new Set(lacking.map((need) => need.tests))].join(' and ');
    installPackages([...new Set(lacking.flatMap(({ debian }) => debian.split(' ')))], tests);
  }
  const missing = NEEDS.filter(({ program }) => !isInstalled(program)).map(
    ({ program, debian, tests }) => `${program} (Debian package ${debian}) is missing: ${tests} are skipped.`,
  );
  if (!provideKeytar()) missing.push(`keytar cannot be loaded: ${KEYRING} are skipped.`);
  return missing;
}

/** Installs what shows a window where Electron's own binary cannot be had, if this machine lets us. */
export function provideChromium(): void {
  if (isInstalled('chromium')) return;
  installPackages(['chromium', 'fonts-dejavu-core'], 'a window without Electron’s own binary');
}

/** npm leaves keytar out, without failing, where it could not be built: libsecret has to be there first. */
function provideKeytar(): boolean {
  if (keytarLoads()) return true;
  installPackages(TO_BUILD_KEYTAR, `keytar, for ${KEYRING}`);
  if (keytarLoads()) return true;
  // A plain install adds what the lockfile has and node_modules has not; --no-save leaves both files alone.
  const left = existsSync(join(REPOSITORY, 'node_modules', 'keytar'));
  const command = left ? ['rebuild', 'keytar'] : ['install', '--no-save'];
  say(`npm ${command.join(' ')}: builds keytar`);
  run('npm', [...command, '--loglevel=error'], { ...process.env, ...nodeHeaders() });
  return keytarLoads();
}

/** In a process of its own: a native module that is broken can take its process with it. */
function keytarLoads(): boolean {
  return spawnSync(process.execPath, ['-e', "require('keytar')"], { cwd: REPOSITORY }).status === 0;
}

/**
 * node-gyp downloads Node's headers unless it is told where they are. npm's own Node usually has them beside
 * it, while the one in node_modules never does; keytar uses Node-API, so any version's headers will do.
 */
function nodeHeaders(): Record<string, string> {
  const nodes = [process.env['npm_node_execpath'], process.execPath].filter((path) => path !== undefined);
  const prefixes = nodes
    .filter((path) => existsSync(path))
    .map((path) => dirname(dirname(realpathSync(path))));
  const prefix = [...prefixes, '/usr', '/usr/local'].find((folder) =>
    existsSync(join(folder, 'include', 'node', 'node_api.h')),
  );
  // Under this name npm passes it on without a warning: https://github.com/nodejs/node-gyp#command-options
  return prefix === undefined ? {} : { npm_package_config_node_gyp_nodedir: prefix };
}

function installPackages(names: readonly string[], purpose: string): void {
  if (process.getuid?.() !== 0 || !isInstalled('apt-get')) return;
  say(`apt-get install ${names.join(' ')}: for ${purpose}`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  run('apt-get', ['update', '-qq'], environment);
  run('apt-get', ['install', '-qq', '-y', '--no-install-recommends', ...names], environment);
}

/** Quiet while it works; everything that was said if it fails. The caller looks at what came of it. */
function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv): void {
  const shell = process.platform === 'win32';
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: REPOSITORY,
    env,
    shell,
    encoding: 'utf8',
  });
  if (status !== 0) say(`${program} ${args.join(' ')} failed:\n${stdout}${stderr}`);
}

function isInstalled(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
