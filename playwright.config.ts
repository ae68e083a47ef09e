import { dirname } from 'node:path';
import { defineConfig } from '@playwright/test';
import { electronCommand } from './scripts/electron.ts';

const TOLD = 'SANDGLASS_ELECTRON_TOLD';

const electron = electronCommand();
// Playwright asks the electron package where its executable is, and the package heeds this.
if (electron.kind === 'stand-in') process.env['ELECTRON_OVERRIDE_DIST_PATH'] = dirname(electron.executable);
// Each worker reads this file too; a person needs to be told once.
if (process.env[TOLD] === undefined) console.log(electron.description);
process.env[TOLD] = 'yes';

export default defineConfig({
  projects: [
    { name: 'security', testDir: 'test/security', testMatch: '*.spec.ts' },
    { name: 'app', testDir: 'test/e2e', testMatch: '*.spec.ts' },
  ],
  outputDir: 'test-results',
  // Windows of one app after another: two apps at once would measure each other.
  workers: 1,
  retries: 0,
  forbidOnly: process.env['CI'] === 'true',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/report.json' }]],
});
