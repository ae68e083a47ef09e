/**
 * An app with one window, in which each thing that the stand-in promises can be tried. What happens to it, it says on
 * its standard output.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { app, BrowserWindow, dialog, ipcMain, protocol, session } from 'electron';

const TYPES = { html: 'text/html', js: 'text/javascript' };
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'none'; frame-src https://example.com";

/** What a test changes to see the other answer. */
const wishes = { keepsWindow: false, grants: false, keepsRunning: false };
globalThis.wishes = wishes;
const say = (line) => process.stdout.write(`told: ${line}\n`);

protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);

async function answer(request) {
  const { host, pathname } = new URL(request.url);
  const name = pathname.slice(1);
  if (host !== 'contract' || !/^[a-z]+\.(html|js)$/.test(name)) return new Response('no', { status: 404 });
  const headers = { 'Content-Type': TYPES[name.split('.')[1]], 'Content-Security-Policy': POLICY };
  return new Response(await readFile(join(import.meta.dirname, name)), { headers });
}

function answerCalls() {
  ipcMain.handle('echo', (_event, value) => value);
  ipcMain.handle('type', (_event, value) => Object.prototype.toString.call(value));
  ipcMain.handle('fail', () => {
    throw new Error('It cannot be done.');
  });
  ipcMain.handle('unclonable', () => () => 'a function');
  ipcMain.handle('choose', () => dialog.showOpenDialog({ properties: ['openFile'] }));
  ipcMain.handle('sender', ({ sender, senderFrame }) => ({
    url: senderFrame.url,
    parent: senderFrame.parent,
    isMainFrame: senderFrame === sender.mainFrame,
    hasWindow: BrowserWindow.fromWebContents(sender) !== null,
  }));
}

function openWindow() {
  const window = new BrowserWindow({
    width: 480,
    height: 640,
    show: false,
    title: 'Contract',
    backgroundColor: '#ffffff',
    webPreferences: {
      preload: join(import.meta.dirname, 'preload.js'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  for (const name of ['show', 'hide', 'closed']) window.on(name, () => say(name));
  window.on('close', (event) => {
    if (!wishes.keepsWindow) return;
    event.preventDefault();
    window.hide();
  });
  const { webContents } = window;
  webContents.on('will-navigate', (event) => {
    say(`will-navigate ${event.url}`);
    event.preventDefault();
  });
  webContents.on('will-frame-navigate', (event) => {
    say(`will-frame-navigate ${event.url}`);
    event.preventDefault();
  });
  webContents.setWindowOpenHandler(({ url }) => {
    say(`open ${url}`);
    return { action: 'deny' };
  });
  webContents.on('render-process-gone', (_event, { reason }) => {
    say(`gone ${reason}`);
    if (reason === 'crashed') webContents.reload();
  });
  webContents.on('did-finish-load', () => say('did-finish-load'));
  return window.loadURL('app://contract/index.html');
}

function listen() {
  app.on('second-instance', (_event, argv, folder, data) =>
    say(
      `second-instance ${JSON.stringify({ last: argv.at(-1), folder, data })}${app.isReady() ? '' : ' too early'}`,
    ),
  );
  app.on('before-quit', (event) => {
    say('before-quit');
    if (wishes.keepsRunning) event.preventDefault();
  });
  app.on('will-quit', () => say('will-quit'));
  app.on('window-all-closed', () => say('window-all-closed'));
  app.on('activate', () => say('activate'));
}

/** Holds the main module up, and readiness with it, until the file is there. */
function waitFor(path) {
  const nobody = new Int32Array(new SharedArrayBuffer(4));
  while (!existsSync(path)) Atomics.wait(nobody, 0, 0, 20);
}

if (app.requestSingleInstanceLock({ sent: 'along' })) {
  listen();
  const gate = process.env.CONTRACT_WAITS_FOR;
  if (gate) {
    say('waiting');
    waitFor(gate);
  }
  app.whenReady().then(() => {
    session.defaultSession.setPermissionRequestHandler((_contents, _name, decide) => decide(wishes.grants));
    session.defaultSession.setPermissionCheckHandler(() => wishes.grants);
    protocol.handle('app', answer);
    answerCalls();
    return openWindow();
  });
} else {
  say('somebody is first');
  app.quit();
}
