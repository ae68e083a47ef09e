import { randomUUID } from 'node:crypto';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  watch,
  writeFileSync,
  type FSWatcher,
} from 'node:fs';
import { join } from 'node:path';
import { isAlive } from './chromium.ts';

/** What a second start tells the first. */
export interface SecondStart {
  readonly argv: string[];
  readonly workingDirectory: string;
  readonly additionalData: unknown;
}

/**
 * The lock of one user-data folder: a link that names the process, as Chromium itself does it. What a second start
 * says is laid into a folder that the first one watches, so that it may end at once.
 */
export class SingleInstance {
  readonly #link: string;
  readonly #inbox: string;
  #held = false;
  #watcher: FSWatcher | undefined;

  constructor(userDataFolder: string) {
    mkdirSync(userDataFolder, { recursive: true });
    this.#link = join(userDataFolder, 'SingletonLock');
    this.#inbox = join(userDataFolder, 'SingletonInbox');
  }

  get isHeld(): boolean {
    return this.#held;
  }

  /** @returns true where this process is the first; else the first one has been told */
  acquire(start: SecondStart): boolean {
    if (this.#held) return true;
    if (!isAlive(this.#holder())) rmSync(this.#link, { force: true });
    try {
      symlinkSync(String(process.pid), this.#link);
    } catch {
      this.#tell(start);
      return false;
    }
    rmSync(this.#inbox, { recursive: true, force: true });
    mkdirSync(this.#inbox);
    this.#held = true;
    return true;
  }

  /** Hears second starts from now on, and those that came before. */
  listen(onSecondStart: (start: SecondStart) => void): void {
    if (!this.#held) return;
    const takeAll = () => {
      for (const name of readdirSync(this.#inbox).filter((entry) => entry.endsWith('.json'))) {
        const path = join(this.#inbox, name);
        const start = JSON.parse(readFileSync(path, 'utf8')) as SecondStart;
        rmSync(path);
        onSecondStart(start);
      }
    };
    this.#watcher = watch(this.#inbox, takeAll);
    takeAll();
  }

  release(): void {
    if (!this.#held) return;
    this.#held = false;
    this.#watcher?.close();
    rmSync(this.#link, { force: true });
    rmSync(this.#inbox, { recursive: true, force: true });
  }

  #holder(): number {
    try {
      return Number(readlinkSync(this.#link));
    } catch {
      return Number.NaN;
    }
  }

  #tell(start: SecondStart): void {
    mkdirSync(this.#inbox, { recursive: true });
    const draft = join(this.#inbox, randomUUID());
    writeFileSync(draft, JSON.stringify(start));
    renameSync(draft, `${draft}.json`);
  }
}
