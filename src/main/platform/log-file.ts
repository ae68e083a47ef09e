import { appendFileSync, mkdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../shared/clock.ts';
import { logLine, type Log, type LogFields, type LogLevel } from '../../shared/log.ts';

/** How large the newest file may grow, in bytes, and how many older ones are kept beside it. */
const MAX_BYTES = 512 * 1024;
const OLDER = 2;

/**
 * The app's log, in the data folder and readable by its owner alone. A line is on the disk when `write` comes back, for
 * it may be the last before a crash; there are few of them. Only one process writes: the app has one instance.
 */
export class LogFile implements Log {
  readonly #folder: string;
  readonly #clock: Clock;
  readonly #maxBytes: number;
  #bytes: number | null = null;

  /** @param folder the data folder */
  constructor(folder: string, clock: Clock, maxBytes = MAX_BYTES) {
    this.#folder = folder;
    this.#clock = clock;
    this.#maxBytes = maxBytes;
  }

  /** A disk that is full, or a folder that may not be written, costs the line and nothing else. */
  write(level: LogLevel, event: string, fields?: LogFields): void {
    const line = `${logLine(this.#clock.now(), level, event, fields)}\n`;
    const size = Buffer.byteLength(line);
    try {
      this.#bytes ??= this.#begin();
      if (this.#bytes > 0 && this.#bytes + size > this.#maxBytes) {
        rotate(this.#folder);
        this.#bytes = 0;
      }
      appendFileSync(logPath(this.#folder, 0), line, { mode: 0o600 });
      this.#bytes += size;
    } catch {
      // It is looked at anew with the next line.
      this.#bytes = null;
    }
  }

  /** @returns bytes that are there already */
  #begin(): number {
    mkdirSync(join(this.#folder, 'logs'), { recursive: true, mode: 0o700 });
    return statSync(logPath(this.#folder, 0), { throwIfNoEntry: false })?.size ?? 0;
  }
}

/** The newest lines of the app's log, oldest first; none where there is no log. @param folder the data folder */
export function lastLogLines(folder: string, count: number): string[] {
  const lines: string[] = [];
  for (let age = 0; age <= OLDER && lines.length < count; age += 1) {
    lines.unshift(...textOf(logPath(folder, age)).split('\n').filter(Boolean));
  }
  return lines.slice(-count);
}

function rotate(folder: string): void {
  for (let age = OLDER; age > 0; age -= 1) {
    try {
      renameSync(logPath(folder, age - 1), logPath(folder, age));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
}

function logPath(folder: string, age: number): string {
  return join(folder, 'logs', age === 0 ? 'sandglass.log' : `sandglass.${age}.log`);
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
