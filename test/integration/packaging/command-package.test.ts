import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packCommand } from '../../../scripts/packaging/command-package.ts';

const LINK =
  'https://my-files.s3.eu-west-1.amazonaws.com/report.pdf?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAEXAMPLE%2F20260101%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Date=20260101T000000Z&X-Amz-Expires=3600&X-Amz-SignedHeaders=host&X-Amz-Signature=0000000000000000000000000000000000000000000000000000000000000000';

let folder: string;
let packed: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandglass-command-'));
  const texts = join(folder, 'texts.txt');
  await writeFile(texts, 'All licences\n');
  packed = packCommand(folder, texts);
});

afterAll(() => rm(folder, { recursive: true }));

describe('the command’s package', () => {
  it('holds the command, its licences and its manual, and nothing of the window', () => {
    const files = execFileSync('tar', ['-tzf', packed], { encoding: 'utf8' }).trim().split('\n');
    const strangers = files.filter(
      (file) =>
        !/^package\/(out\/main\/(cli|chunks\/[\w-]+)\.js|package\.json|README\.md|LICENSE)$/.test(file),
    );
    expect(strangers).toEqual(['package/third-party-licences.txt']);
    expect(files).toContain('package/out/main/cli.js');
  });

  it('installs with npm alone, and runs', () => {
    const prefix = join(folder, 'prefix');
    const options = ['--offline', '--omit=optional', '--no-audit', '--no-fund', '--loglevel=error'];
    execFileSync('npm', ['install', '--global', '--prefix', prefix, ...options, packed], { stdio: 'pipe' });
    const sandglass = join(prefix, 'bin/sandglass');
    const run = (...args: string[]) => execFileSync(sandglass, args, { encoding: 'utf8' });
    expect(run('--version').trim()).toMatch(/^\d+\.\d+\.\d+$/);
    expect(run('inspect', LINK)).toContain('my-files');
  });
});
