/** Runs an app as Electron would: see README.md. */
import { readFileSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Chromium } from './chromium.ts';
import { commandLine } from './command-line.ts';

/** Electron fires `ready` only when the main module has run, so a module that awaits it never ends. */
const LONG_MILLISECONDS = 10_000;

const electron = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../node_modules/electron/package.json'), 'utf8'),
) as { version: string };
const chromiumVersion = { electron: electron.version, chrome: 'stand-in' };
for (const [name, value] of Object.entries(chromiumVersion))
  Object.defineProperty(process.versions, name, { value, enumerable: true });
Object.assign(process, { type: 'browser', defaultApp: true, resourcesPath: import.meta.dirname });
process.argv = [join(import.meta.dirname, 'electron'), ...commandLine.given];

const module = pathToFileURL(join(import.meta.dirname, 'electron-module.ts')).href;
registerHooks({
  resolve: (specifier, context, next) =>
    /^electron(\/main|\/common)?$/.test(specifier)
      ? { url: module, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
});

const { app } = await import('./app.ts');
const require = createRequire(import.meta.url);
for (const path of commandLine.required) require(path);

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    app.quit();
  });

const patience = setTimeout(() => {
  console.error(
    'The main module has not come to its end in ten seconds. Does it await app.whenReady() at its top level? ' +
      'Electron becomes ready only afterwards: use app.whenReady().then(…).',
  );
}, LONG_MILLISECONDS);
await import(pathToFileURL(commandLine.mainModule).href);
clearTimeout(patience);

if (!app.standInIsEnding) {
  const chromium = new Chromium(commandLine.switches, (reason) => {
    console.error(reason);
    process.exit(1);
  });
  process.on('exit', () => {
    chromium.kill();
  });
  await chromium.connection.browser.send('Browser.getVersion');
  app.becomeReady(chromium);
}
