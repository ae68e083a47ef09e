import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { guarded } from './database.ts';

/** Which face of Sandglass a process is. */
export type Face = 'app' | 'command';

/**
 * Tells which processes live. Each holds SQLite's exclusive lock on a file of its own, which the operating system takes
 * back however the process ends; so an upload whose holder is gone may be taken up by another.
 * https://www.sqlite.org/lockingv3.html
 */
export class Holder {
  /** Begins with the face. */
  readonly id: string;
  readonly #folder: string;
  readonly #lock: DatabaseSync;

  private constructor(folder: string, id: string) {
    this.id = id;
    this.#folder = folder;
    this.#lock = new DatabaseSync(this.#path(id));
    this.#lock.exec('BEGIN EXCLUSIVE');
  }

  /** @throws SandglassError disk-full, history-damaged */
  static take(folder: string, face: Face): Holder {
    return guarded(() => {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      return new Holder(folder, `${face}-${randomBytes(8).toString('hex')}`);
    });
  }

  /** Whether the process of this id runs, this one too. What a dead one left is cleared away. */
  lives(id: string): boolean {
    if (id === this.id) return true;
    const path = this.#path(id);
    if (!/^(app|command)-[0-9a-f]{16}$/.test(id) || !existsSync(path)) return false;
    const other = new DatabaseSync(path, { timeout: 0 });
    try {
      other.exec('BEGIN EXCLUSIVE; COMMIT');
    } catch {
      return true;
    } finally {
      other.close();
    }
    rmSync(path, { force: true });
    return false;
  }

  release(): void {
    this.#lock.close();
    rmSync(this.#path(this.id), { force: true });
  }

  #path(id: string): string {
    return join(this.#folder, `${id}.lock`);
  }
}
