import type { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, expect, type ElectronApplication, type Page } from '@playwright/test';

/** What the page of this app has as globals. */
export interface PageGlobals {
  readonly contract: {
    invoke(channel: string, value?: unknown): Promise<unknown>;
    pathOf(file: unknown): string;
    refuse(): never;
    canRequire(name: string): string;
    onPushed(listener: (value: unknown) => void): () => void;
    readonly nested: { readonly list: readonly number[] };
  };
  readonly bridgeAtStart: string;
  readonly inlineHasRun?: boolean;
  readonly unsubscribe: () => void;
}

/** What its main process lets a test change. */
export interface Wishes {
  keepsWindow: boolean;
  grants: boolean;
  keepsRunning: boolean;
}

/** The contract app, running on whichever binary Playwright starts, with a user-data folder of its own. */
export class RunningApp {
  readonly electron: ElectronApplication;
  readonly page: Page;
  readonly userData: string;
  /** Playwright forgets it when the app has ended. */
  readonly process: ChildProcess;
  readonly #saidSoFar: () => string;

  static async start(): Promise<RunningApp> {
    const userData = await mkdtemp(join(tmpdir(), 'sandglass-contract-'));
    const electron = await _electron.launch({
      args: [import.meta.dirname, `--user-data-dir=${userData}`],
      // Playwright shows every page in light colours unless it is told to keep out.
      colorScheme: null,
    });
    let said = '';
    electron.process().stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const page = await electron.firstWindow();
    await page.waitForFunction(() => 'unsubscribe' in globalThis);
    return new RunningApp(electron, page, userData, () => said);
  }

  private constructor(electron: ElectronApplication, page: Page, userData: string, said: () => string) {
    this.electron = electron;
    this.process = electron.process();
    this.page = page;
    this.userData = userData;
    this.#saidSoFar = said;
  }

  /** As after the start, but for what was told: the page loaded anew, no wish, the system's theme. */
  async renew(): Promise<void> {
    await this.wish({ keepsWindow: false, grants: false, keepsRunning: false });
    await this.electron.evaluate(({ nativeTheme }) => {
      nativeTheme.themeSource = 'system';
    });
    await this.load();
  }

  /** Main loads the page anew. */
  async load(): Promise<void> {
    await this.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.loadURL('app://contract/index.html'),
    );
    await this.page.waitForFunction(() => 'unsubscribe' in globalThis);
  }

  /** What the main process has told until now, oldest first. */
  get told(): string[] {
    return [...this.#saidSoFar().matchAll(/^told: (.*)$/gm)].map(([, line]) => line ?? '');
  }

  async hasTold(line: string): Promise<void> {
    await expect.poll(() => this.told).toContain(line);
  }

  wish(wishes: Partial<Wishes>): Promise<void> {
    return this.electron.evaluate((_electron, wanted) => {
      Object.assign((globalThis as unknown as { wishes: Wishes }).wishes, wanted);
    }, wishes);
  }

  /** Calls a channel from the page; a refusal comes back as its message. */
  invoke(channel: string, value?: unknown): Promise<unknown> {
    return this.page.evaluate(
      ([name, given]) =>
        (globalThis as unknown as PageGlobals).contract
          .invoke(name, given)
          .catch((error: unknown) => (error as Error).message),
      [channel, value] as const,
    );
  }

  /** Resolves with the exit code, when it ends. */
  exit(): Promise<number | null> {
    return new Promise((resolve) => this.process.once('exit', resolve));
  }

  async stop(): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) await this.electron.close();
    await rm(this.userData, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
}
