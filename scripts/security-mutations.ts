/**
 * `npm run test:security-mutations [word]`: takes each guard out of a private copy of the project, runs the test that is
 * to notice, and writes into SECURITY.md which did. Ends with 1 where one did not, or where all is not green at first.
 * With a word, only the guards whose promise holds it are tried, and nothing is written.
 */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { GUARDS, type Guard } from './security/guards.ts';
import { withoutGuard, guardTable, type Outcome } from './security/mutation.ts';
import { readPlaywrightReport, readVitestReport } from './test-reports.ts';

const ROOT = dirname(import.meta.dirname);
const COPIED = ['src', 'test', 'scripts', 'assets', 'package.json', 'tsconfig.json', 'svelte.config.js'];
const CONFIGS = ['vitest.config.ts', 'playwright.config.ts', 'electron.vite.config.ts'];

const [word] = process.argv.slice(2);
const guards = GUARDS.filter(({ promise }) => word === undefined || promise.includes(word));
const copy = mkdtempSync(join(tmpdir(), 'sandglass-mutations-'));
try {
  process.exitCode = await main();
} finally {
  rmSync(copy, { recursive: true, force: true });
}

async function main(): Promise<number> {
  for (const name of [...COPIED, ...CONFIGS]) cpSync(join(ROOT, name), join(copy, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'), 'junction');
  for (const test of new Set(guards.map((guard) => guard.test))) {
    const red = await redTests(test);
    if (red.length > 0) return fail(`${test} is red with every guard in place: ${red.join('; ')}`);
  }
  const outcomes: Outcome[] = [];
  for (const guard of guards) outcomes.push({ guard, red: await redWithout(guard) });
  const missed = outcomes.filter(({ red }) => red.length === 0);
  if (word === undefined) {
    const path = join(ROOT, 'SECURITY.md');
    const written = guardTable(readFileSync(path, 'utf8'), outcomes);
    writeFileSync(path, await format(written, { ...(await resolveConfig(path)), filepath: path }));
  }
  say(`${outcomes.length - missed.length} of ${outcomes.length} guards are missed when they are gone.`);
  return missed.length === 0 ? 0 : fail(missed.map(({ guard }) => guard.promise).join('\n'));
}

async function redWithout(guard: Guard): Promise<readonly string[]> {
  const path = join(copy, guard.file);
  const whole = readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
  writeFileSync(path, withoutGuard(whole, guard));
  try {
    const red = await redTests(guard.test);
    say(`${red.length > 0 ? `red (${red.length})` : 'STILL GREEN'}: ${guard.promise}`);
    return red;
  } finally {
    writeFileSync(path, whole);
  }
}

/** The names of the tests in a file that fail. @throws Error where it could not run, which proves nothing */
async function redTests(test: string): Promise<readonly string[]> {
  const report = join(copy, 'report.json');
  rmSync(report, { force: true });
  const isSpec = test.endsWith('.spec.ts');
  if (isSpec) await run(['electron-vite/bin/electron-vite.js', 'build', '--logLevel', 'error']);
  const said = await (isSpec
    ? run(['@playwright/test/cli.js', 'test', test, '--max-failures=1', '--reporter=json'], {
        PLAYWRIGHT_JSON_OUTPUT_FILE: report,
      })
    : run(['vitest/vitest.mjs', 'run', test, '--reporter=json', `--outputFile=${report}`]));
  let text: string;
  try {
    text = readFileSync(report, 'utf8');
  } catch {
    throw new Error(`${test} did not run:\n${said}`);
  }
  const { testResults } = isSpec ? readPlaywrightReport(text) : readVitestReport(text);
  const results = testResults.flatMap(({ assertionResults }) => assertionResults);
  if (results.length === 0) throw new Error(`${test} holds no test that could be run:\n${said}`);
  return results.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName);
}

/** @param command a script of node_modules and its arguments @returns what it said */
function run([script = '', ...args]: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  const child = spawn(process.execPath, [join(ROOT, 'node_modules', script), ...args], {
    cwd: copy,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => {
      resolve(said);
    });
  });
}

function fail(reason: string): number {
  say(reason);
  return 1;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
