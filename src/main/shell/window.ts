import { join } from 'node:path';
import { app, BrowserWindow } from 'electron';

/** Opens the one window: sandboxed, isolated, with the preload bridge and nothing from outside. */
export async function openWindow(): Promise<void> {
  await app.whenReady();
  const window = new BrowserWindow({
    width: 480,
    height: 640,
    webPreferences: {
      preload: join(import.meta.dirname, '../preload/index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
    },
  });
  await window.loadFile(join(import.meta.dirname, '../renderer/index.html'));
}
