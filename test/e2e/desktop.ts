import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, expect, test, type ElectronApplication, type Page } from '@playwright/test';
import { electronCommand } from '../../scripts/electron.ts';
import { lastLogLines } from '../../src/main/platform/log-file.ts';
import { plain } from './plain-environment.ts';

const ROOT = join(import.meta.dirname, '../..');
const NATIVE_THINGS = join(import.meta.dirname, 'native-things.js');

export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface Connected extends Keys {
  readonly endpoint: string;
  readonly bucket: string;
  /** The folder that drops go to; the whole bucket where none is named. */
  readonly prefix?: string;
}

/** The app on a machine of its own: an empty home, an empty data folder, and a profile of ~/.aws for its keys. */
export class Desktop {
  readonly home: string;
  readonly #required: readonly string[];
  #running: ElectronApplication | null = null;

  private constructor(home: string, required: readonly string[]) {
    this.home = home;
    this.#required = required.flatMap((module) => ['-r', module]);
  }

  /** @param required modules to be loaded before the app */
  static async install(...required: string[]): Promise<Desktop> {
    return new Desktop(await mkdtemp(join(tmpdir(), 'sandglass-desktop-')), [NATIVE_THINGS, ...required]);
  }

  /** Writes what the app would have kept after “Connect a bucket”: an account whose keys lie in a profile. */
  async connect({ endpoint, bucket, prefix, accessKeyId, secretAccessKey }: Connected): Promise<void> {
    const profile = `[test]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
    await mkdir(join(this.home, '.aws'), { recursive: true });
    await writeFile(join(this.home, '.aws/credentials'), profile);
    await mkdir(join(this.home, 'data'), { recursive: true });
    const keys = { in: 'profile', profile: 'test' };
    const settings = {
      version: 1,
      currentAccount: 'test',
      accounts: { test: { keys, endpoint, bucket, prefix } },
    };
    await writeFile(join(this.home, 'data/settings.json'), JSON.stringify(settings));
  }

  async start(...files: string[]): Promise<{ app: ElectronApplication; page: Page }> {
    const app = await this.#launch(files);
    const page = await app.firstWindow();
    await page.waitForSelector('main, [data-view]');
    return { app, page };
  }

  /** As the system starts it at login. */
  async startInTheTray(): Promise<{ app: ElectronApplication }> {
    return { app: await this.#launch(['--in-the-tray']) };
  }

  async #launch(args: readonly string[]): Promise<ElectronApplication> {
    const { executable, switches } = electronCommand();
    const app = await _electron.launch({
      executablePath: executable,
      args: [...switches, ...this.#required, ROOT, ...args],
      env: this.environment,
      // Else Playwright would force the light theme.
      colorScheme: null,
    });
    this.#running = app;
    return app;
  }

  /** A start beside Playwright's: one that ends by itself. */
  async startToItsEnd(...args: string[]): Promise<{ readonly code: number | null; readonly said: string }> {
    const { executable, switches } = electronCommand();
    const given = [...switches, ...this.#required, ROOT, ...args];
    const child = spawn(executable, given, { env: this.environment, stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, said };
  }

  /** Ends the app as a power cut would. */
  async crash(): Promise<void> {
    const child = this.#running?.process();
    if (!child) return;
    const ended = once(child, 'exit');
    // The process alone, while Playwright would end its whole group.
    process.kill(child.pid ?? 0, 'SIGKILL');
    await ended;
  }

  get environment(): Record<string, string> {
    const { environment } = electronCommand();
    const data = join(this.home, 'data');
    return { ...plain(environment), HOME: this.home, SANDGLASS_DATA_DIR: data, TZ: 'UTC', LANGUAGE: 'en' };
  }

  file(name: string): string {
    return join(this.home, name);
  }

  /** Ends the app and removes what it has left, once its log was looked through for errors that nobody caught. */
  async uninstall(): Promise<void> {
    await this.#running
      ?.evaluate(({ app }) => {
        app.exit(0);
      })
      .catch(() => undefined);
    await this.#running?.close().catch(() => undefined);
    try {
      const broken = / (?:unhandled rejection|uncaught exception) /;
      expect(lastLogLines(this.file('data'), Infinity).filter((line) => broken.test(line))).toEqual([]);
    } finally {
      await rm(this.home, { recursive: true, force: true, maxRetries: 5 });
    }
  }
}

/** Drops files from the file system onto the window, as a person does. */
export async function drop(page: Page, ...files: string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 200, y: 200, data });
  }
  await session.detach();
}

/**
 * Pastes files from the file system into the window. The clipboard of a machine without a desktop holds no files, so the
 * event is made here; its files are real, taken from a chooser, for only those have a path.
 */
export async function paste(page: Page, ...files: string[]): Promise<void> {
  const chooser = await page.evaluateHandle(() => {
    const input = document.createElement('input');
    Object.assign(input, { type: 'file', multiple: true });
    return input;
  });
  await chooser.setInputFiles(files);
  await chooser.evaluate((input) => {
    const clipboardData = new DataTransfer();
    for (const file of input.files ?? []) clipboardData.items.add(file);
    const target = document.activeElement ?? document.body;
    target.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });
  await chooser.dispose();
}

/** Puts this answer where the system's dialog would ask for files. */
export const answerFileDialog = (app: ElectronApplication, ...files: string[]) =>
  app.evaluate(({ dialog }, filePaths) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: filePaths.length === 0, filePaths });
  }, files);

/** Puts this answer where the system's dialog would ask where a file is to be saved. */
export const answerSaveDialog = (app: ElectronApplication, path: string) =>
  app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, path);

export const clipboardText = (app: ElectronApplication) =>
  app.evaluate(({ clipboard }) => clipboard.readText());

/** The labels of the tray's menu. */
export const trayLabels = (app: ElectronApplication) =>
  app.evaluate(() => {
    const { menu } = globalThis as unknown as { menu?: Electron.Menu };
    return menu?.items.map(({ label }) => label) ?? [];
  });

export const clickTray = (app: ElectronApplication, label: string) =>
  app.evaluate((_electron, wanted) => {
    const { menu } = globalThis as unknown as { menu?: Electron.Menu };
    menu?.items.find((item) => item.label.startsWith(wanted))?.click();
  }, label);

/** Clicks the notification with this title, once it is shown. */
export async function clickNotice(app: ElectronApplication, title: string): Promise<void> {
  await expect.poll(() => noticeTexts(app)).toContainEqual(expect.stringContaining(`${title}. `));
  await app.evaluate((_electron, wanted) => {
    const { notices } = globalThis as unknown as { notices: Electron.Notification[] };
    notices.find((notice) => notice.title === wanted)?.emit('click');
  }, title);
}

/** What the dialogs said until now. */
export const dialogs = (app: ElectronApplication) =>
  app.evaluate(() => {
    const { dialogs: told } = globalThis as unknown as { dialogs: Electron.MessageBoxOptions[] };
    return told.map(({ message, detail }) => `${message}. ${detail ?? ''}`);
  });

/** The titles of the notifications that were shown, and what each says. */
export const noticeTexts = (app: ElectronApplication) =>
  app.evaluate(() => {
    const { notices } = globalThis as unknown as { notices: Electron.Notification[] };
    return notices.map(({ title, body }) => `${title}. ${body}`);
  });

/** Pictures of the window for people to look at, one in each theme. */
export async function pictures(app: ElectronApplication, page: Page, name: string): Promise<void> {
  for (const theme of ['dark', 'light'] as const) {
    await setTheme(app, page, theme);
    await page.screenshot({
      path: test.info().outputPath(`${name}-${theme}.png`),
      // Else colours are caught on their way from one theme to the other.
      animations: 'disabled',
    });
  }
}

/** Puts the app into a theme, and waits until its page has followed. */
export async function setTheme(app: ElectronApplication, page: Page, theme: 'light' | 'dark'): Promise<void> {
  await app.evaluate(({ nativeTheme }, source) => {
    nativeTheme.themeSource = source;
  }, theme);
  await page.waitForFunction(
    (dark) => matchMedia('(prefers-color-scheme: dark)').matches === dark,
    theme === 'dark',
  );
}
