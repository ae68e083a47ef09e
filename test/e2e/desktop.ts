import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { electronCommand } from '../../scripts/electron.ts';

const ROOT = join(import.meta.dirname, '../..');

export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface Connected extends Keys {
  readonly endpoint: string;
  readonly bucket: string;
}

/** The app on a machine of its own: an empty home, an empty data folder, and a profile of ~/.aws for its keys. */
export class Desktop {
  readonly home: string;
  #running: ElectronApplication | null = null;

  private constructor(home: string) {
    this.home = home;
  }

  static async install(): Promise<Desktop> {
    return new Desktop(await mkdtemp(join(tmpdir(), 'sandglass-desktop-')));
  }

  /** Writes what the app would have kept after “Connect a bucket”: an account whose keys lie in a profile. */
  async connect({ endpoint, bucket, accessKeyId, secretAccessKey }: Connected): Promise<void> {
    const profile = `[test]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
    await mkdir(join(this.home, '.aws'), { recursive: true });
    await writeFile(join(this.home, '.aws/credentials'), profile);
    await mkdir(join(this.home, 'data'), { recursive: true });
    const keys = { in: 'profile', profile: 'test' };
    const settings = { version: 1, currentAccount: 'test', accounts: { test: { keys, endpoint, bucket } } };
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
      args: [...switches, ROOT, ...args],
      env: this.environment,
      // Else Playwright would force the light theme.
      colorScheme: null,
    });
    this.#running = app;
    await keepNativeThings(app);
    return app;
  }

  get environment(): Record<string, string> {
    const { environment } = electronCommand();
    return { ...plain(environment), HOME: this.home, SANDGLASS_DATA_DIR: join(this.home, 'data'), TZ: 'UTC' };
  }

  file(name: string): string {
    return join(this.home, name);
  }

  async uninstall(): Promise<void> {
    await this.#running
      ?.evaluate(({ app }) => {
        app.exit(0);
      })
      .catch(() => undefined);
    await this.#running?.close().catch(() => undefined);
    await rm(this.home, { recursive: true, force: true, maxRetries: 5 });
  }
}

function plain(environment: NodeJS.ProcessEnv): Record<string, string> {
  const ours = Object.entries(environment).filter(
    ([name]) => !name.startsWith('AWS_') && !name.startsWith('DBUS_'),
  );
  return Object.fromEntries(ours.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** Electron tells nobody what is in a tray or a notification; these keep the last of each where a spec can look. */
async function keepNativeThings(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ Tray, Notification }) => {
    const kept = globalThis as unknown as { menu?: Electron.Menu; notices: Electron.Notification[] };
    kept.notices = [];
    const setContextMenu = Reflect.get<Electron.Tray, 'setContextMenu'>(Tray.prototype, 'setContextMenu');
    Tray.prototype.setContextMenu = function (menu) {
      if (menu) kept.menu = menu;
      setContextMenu.call(this, menu);
    };
    const show = Reflect.get<Electron.Notification, 'show'>(Notification.prototype, 'show');
    Notification.prototype.show = function () {
      kept.notices.push(this);
      show.call(this);
    };
  });
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

export const clipboardText = (app: ElectronApplication) =>
  app.evaluate(({ clipboard }) => clipboard.readText());

/**
 * Watches for the page's next drop and the app's next writing to the clipboard, each by the clock of its own process,
 * so that looking takes no part in the time. The function it gives tells the milliseconds between the two.
 */
export async function dropToClipboard(app: ElectronApplication, page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const dropped = () => {
      document.documentElement.dataset['droppedAt'] = String(Date.now());
    };
    addEventListener('drop', dropped, { capture: true, once: true });
  });
  await app.evaluate(({ clipboard }) => {
    const kept = globalThis as unknown as { copiedAt?: number };
    const writeText = clipboard.writeText.bind(clipboard);
    clipboard.writeText = async (...given: Parameters<typeof writeText>) => {
      await writeText(...given);
      kept.copiedAt ??= Date.now();
    };
  });
  return async () => {
    const copiedAt = await app.evaluate(() => (globalThis as unknown as { copiedAt: number }).copiedAt);
    return copiedAt - Number(await page.locator('html').getAttribute('data-dropped-at'));
  };
}

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
export const clickNotice = (app: ElectronApplication, title: string) =>
  app.evaluate((_electron, wanted) => {
    const { notices } = globalThis as unknown as { notices: Electron.Notification[] };
    notices.find((notice) => notice.title === wanted)?.emit('click');
  }, title);

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
