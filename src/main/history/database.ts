import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { SandglassError } from '../../shared/errors.ts';
import { folded } from './folded-text.ts';
import { MIGRATIONS } from './schema.ts';

/** How long one process waits for another that is writing, in milliseconds. */
export const BUSY_TIMEOUT_MS = 5_000;

/** SQLite's primary result codes. https://www.sqlite.org/rescode.html */
const SQLITE = {
  busy: 5,
  locked: 6,
  readonly: 8,
  ioerr: 10,
  corrupt: 11,
  full: 13,
  cantopen: 14,
  notadb: 26,
} as const;

/**
 * Opens or creates the database, and brings an older one up to date.
 * @param patienceMs how long one process waits for another that is writing, in milliseconds
 * @throws SandglassError disk-full, history-busy, history-damaged
 */
export function openDatabase(path: string, patienceMs: number): DatabaseSync {
  return guarded(() => {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    // Created here, because SQLite would let everybody on the machine read it.
    closeSync(openSync(path, 'a', 0o600));
    const db = new DatabaseSync(path, { timeout: patienceMs });
    migrate(db);
    setJournal(db);
    // SQLite's own lower() knows the letters of ASCII alone.
    db.function('folded', { deterministic: true }, (value) => folded(String(value)));
    return db;
  });
}

/** The statements of one database, each prepared once: that takes as long as to run it. */
export class Statements {
  readonly #db: DatabaseSync;
  readonly #bySql = new Map<string, StatementSync>();

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  of(sql: string): StatementSync {
    const known = this.#bySql.get(sql);
    if (known) return known;
    const statement = this.#db.prepare(sql);
    this.#bySql.set(sql, statement);
    return statement;
  }
}

function migrate(db: DatabaseSync): void {
  if (versionOf(db) < MIGRATIONS.length) bringUp(db);
  if (versionOf(db) > MIGRATIONS.length) {
    throw new SandglassError('history-damaged', 'The history was written by a newer Sandglass.', {
      next: 'Update Sandglass, or point SANDGLASS_DATA_DIR at another folder.',
    });
  }
}

/** Readers and one writer at a time do not wait for each other. Where another process is just setting this, it is set. */
function setJournal(db: DatabaseSync): void {
  db.exec('PRAGMA synchronous = NORMAL;');
  const { journal_mode: mode } = db.prepare('PRAGMA journal_mode').get() as { journal_mode: string };
  if (mode === 'wal') return;
  try {
    db.exec('PRAGMA journal_mode = WAL;');
  } catch (error) {
    if ((error as { errcode?: number }).errcode !== SQLITE.busy) throw error;
  }
}

/**
 * One transaction, the version within it: a crash, or another process doing the same, leaves nothing half done. All
 * steps together, because the disk is waited for at the end of each transaction, and a person for the first of all.
 */
function bringUp(db: DatabaseSync): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    const steps = MIGRATIONS.slice(versionOf(db));
    if (steps.length > 0) db.exec(`${steps.join('\n')} PRAGMA user_version = ${MIGRATIONS.length};`);
    db.exec('COMMIT');
  } catch (error) {
    // SQLite has rolled back by itself where the disk is full.
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

function versionOf(db: DatabaseSync): number {
  return (db.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;
}

/** Does something with a database. @throws SandglassError disk-full, history-busy, history-damaged */
export function guarded<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw databaseFailure(error);
  }
}

/** What Node.js says of a path where no database can be. */
const UNUSABLE: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS', 'EISDIR', 'EEXIST', 'ENOTDIR']);

function databaseFailure(error: unknown): unknown {
  const { code, errcode } = error as { code?: string; errcode?: number };
  const primary = errcode === undefined ? undefined : errcode & 0xff;
  if (primary === SQLITE.full || primary === SQLITE.ioerr || code === 'ENOSPC') {
    return new SandglassError('disk-full', 'The history cannot be written: the disk is full or failing.', {
      next: 'Free some space, or point SANDGLASS_DATA_DIR at another folder, then try again.',
      cause: error,
    });
  }
  if (primary === SQLITE.busy || primary === SQLITE.locked) {
    return new SandglassError(
      'history-busy',
      'Another Sandglass is writing to the history and does not let go.',
      {
        next: 'Try again once it has ended.',
        retryable: true,
        cause: error,
      },
    );
  }
  if (primary === SQLITE.corrupt || primary === SQLITE.notadb) {
    return new SandglassError('history-damaged', 'The history’s database is damaged.', {
      next: 'Move history.db out of Sandglass’s data folder; a new one is begun.',
      cause: error,
    });
  }
  if (primary === SQLITE.cantopen || primary === SQLITE.readonly || UNUSABLE.has(code ?? '')) {
    return new SandglassError('history-damaged', 'The history cannot be opened for writing.', {
      next: 'Check the rights of Sandglass’s data folder, or set SANDGLASS_DATA_DIR to another.',
      cause: error,
    });
  }
  return error;
}
