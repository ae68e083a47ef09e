/** `npm test`: provides for itself, then checks everything in order and stops at the first failure. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { electronCommand } from './electron.ts';
import { provideSystemPackages } from './system-packages.ts';
import { readPlaywrightReport, readVitestReport, type TestReport } from './test-reports.ts';

const STEPS = [
  { title: 'Lint', script: 'lint', tool: undefined },
  { title: 'Types', script: 'types', tool: undefined },
  { title: 'Unit tests', script: 'test:unit', tool: 'vitest' },
  { title: 'Security', script: 'test:security', tool: 'vitest' },
  { title: 'Build and integration tests', script: 'test:integration', tool: 'vitest' },
  { title: 'The app, end to end', script: 'test:e2e', tool: 'playwright' },
] as const;

/** The one reason for which CI lets a test be skipped; such a test has it in its name. */
const MAY_BE_SKIPPED = /Electron[’']s own binary/;

const onCi = process.env['CI'] === 'true';
const folder = mkdtempSync(join(tmpdir(), 'sandglass-test-'));
const reports: TestReport[] = [];

process.exitCode = prepare() || firstFailure() || (onCi ? unlawfulSkips() : 0);
rmSync(folder, { recursive: true });
say(summary());

function prepare(): number {
  heading('What the tests need');
  const missing = provideSystemPackages();
  for (const sentence of missing) say(sentence);
  if (missing.length === 0) say('Everything is there.');
  return onCi && missing.length > 0 ? fail('On CI nothing may be missing.') : 0;
}

function firstFailure(): number {
  for (const { title, script, tool } of STEPS) {
    heading(title);
    if (tool === 'playwright' && !canOpenWindows()) continue;
    const report = join(folder, `${script.replace(':', '-')}.json`);
    const reporters = ['--', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const status = npm(['run', '--silent', script, ...(tool === 'vitest' ? reporters : [])], {
      ...process.env,
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    });
    if (tool !== undefined) readReport(report, tool === 'vitest' ? readVitestReport : readPlaywrightReport);
    if (status !== 0) return status;
  }
  return 0;
}

/** On CI a machine without Electron and without Chromium has been refused already. */
function canOpenWindows(): boolean {
  try {
    electronCommand();
    return true;
  } catch (error) {
    say(`${(error as Error).message} The tests with a window are skipped.`);
    return false;
  }
}

function npm(args: readonly string[], env: NodeJS.ProcessEnv): number {
  const options = { cwd: dirname(import.meta.dirname), stdio: 'inherit' as const, env };
  return spawnSync('npm', args, { ...options, shell: process.platform === 'win32' }).status ?? 1;
}

/** A run that broke off before its first test leaves no report; its exit code tells. */
function readReport(path: string, read: (text: string) => TestReport): void {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return;
  }
  reports.push(read(text));
}

function unlawfulSkips(): number {
  const names = tests()
    .filter(({ status, fullName }) => isSkipped(status) && !MAY_BE_SKIPPED.test(fullName))
    .map(({ fullName }) => fullName);
  if (names.length === 0) return 0;
  return fail(`On CI these may not be skipped:\n${names.join('\n')}`);
}

function summary(): string {
  const all = tests();
  const passed = all.filter(({ status }) => status === 'passed').length;
  const skipped = all.filter(({ status }) => isSkipped(status)).length;
  // A file that could not even be loaded holds no tests, and must not pass for none failed.
  const broken = reports
    .flatMap(({ testResults }) => testResults)
    .filter(({ status, assertionResults }) => status === 'failed' && !assertionResults.some(isFailed)).length;
  return `\n${passed} passed, ${all.filter(isFailed).length + broken} failed, ${skipped} skipped`;
}

function tests(): TestReport['testResults'][number]['assertionResults'] {
  return reports.flatMap(({ testResults }) =>
    testResults.flatMap(({ assertionResults }) => assertionResults),
  );
}

function isFailed({ status }: { readonly status: string }): boolean {
  return status === 'failed';
}

function isSkipped(status: string): boolean {
  return status !== 'passed' && status !== 'failed';
}

function fail(reason: string): number {
  say(reason);
  return 1;
}

function heading(title: string): void {
  say(`\n== ${title} ==`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
