import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SandglassError } from '../../shared/errors.ts';
import { MIGRATIONS } from './schema.ts';
import { readShare, rowOf, type ShareRecord, type ShareStatus } from './share-record.ts';

const BUSY_TIMEOUT_MS = 5_000;

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
 * What was shared, in a database that the app and the command may use at the same time. It holds no URL and no
 * secret. Every method throws SandglassError disk-full or history-damaged where the database fails.
 */
export class History {
  readonly #db: DatabaseSync;

  private constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /**
   * Opens or creates the database, and brings an older one up to date.
   * @param patienceMs how long one process waits for another that is writing, in milliseconds
   */
  static open(path: string, patienceMs = BUSY_TIMEOUT_MS): History {
    return guarded(() => {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      // Created here, because SQLite would let everybody on the machine read it.
      closeSync(openSync(path, 'a', 0o600));
      const db = new DatabaseSync(path, { timeout: patienceMs });
      migrate(db);
      setJournal(db);
      return new History(db);
    });
  }

  add(record: ShareRecord): void {
    const row = rowOf(record);
    const columns = Object.keys(row);
    const sql = `INSERT INTO shares (${columns.join(', ')}) VALUES (${columns.map((name) => `:${name}`).join(', ')})`;
    guarded(() => this.#db.prepare(sql).run(row));
  }

  /** The share of this id, or of the one id that begins so, as with git's short hashes. */
  find(id: string): ShareRecord {
    const exact = 'SELECT * FROM shares WHERE id = ?';
    const beginning = 'SELECT * FROM shares WHERE substr(id, 1, ?) = ? LIMIT 2';
    const [row, ...others] = guarded(() => {
      const found = this.#db.prepare(exact).all(id);
      return found.length > 0 || id === '' ? found : this.#db.prepare(beginning).all(id.length, id);
    });
    const record = row && others.length === 0 ? readShare(row) : null;
    if (record) return record;
    const what =
      others.length > 0 ? `More than one share begins with “${id}”.` : `There is no share “${id}”.`;
    throw new SandglassError('share-unknown', what, {
      next: 'sandglass list shows the shares and their ids.',
    });
  }

  /** How many shares there are. */
  count(): number {
    return guarded(() => this.#db.prepare('SELECT count(*) AS count FROM shares').get() as { count: number })
      .count;
  }

  /** Newest first. */
  list(limit = 100): ShareRecord[] {
    const sql = 'SELECT * FROM shares ORDER BY shared_at DESC, rowid DESC LIMIT ?';
    const rows = guarded(() => this.#db.prepare(sql).all(limit));
    return rows.flatMap((row) => readShare(row) ?? []);
  }

  /** Whether the share is uploading, and nobody has ended it. */
  isOpen(id: string): boolean {
    const sql = "SELECT 1 FROM shares WHERE id = ? AND status = 'uploading'";
    return guarded(() => this.#db.prepare(sql).get(id)) !== undefined;
  }

  /** A page of the shares whose name or key holds the text, newest first, and how many there are in all. */
  page(search: string, offset: number, limit: number): { total: number; records: ShareRecord[] } {
    const found = 'FROM shares WHERE instr(lower(name), lower(:search)) > 0 OR instr(key, :search) > 0';
    const order = 'ORDER BY shared_at DESC, rowid DESC LIMIT :limit OFFSET :offset';
    return guarded(() => {
      const { total } = this.#db.prepare(`SELECT count(*) AS total ${found}`).get({ search }) as {
        total: number;
      };
      const rows = this.#db.prepare(`SELECT * ${found} ${order}`).all({ search, offset, limit });
      return { total, records: rows.flatMap((row) => readShare(row) ?? []) };
    });
  }

  /** Ends the row of an upload; false where another process has ended it already. */
  settle(id: string, status: ShareStatus): boolean {
    const sql = "UPDATE shares SET status = ? WHERE id = ? AND status IN ('uploading', 'interrupted')";
    return guarded(() => this.#db.prepare(sql).run(status, id)).changes === 1;
  }

  /** The row is uploading again, with the size that its file has now. */
  restart({ id, size, status }: ShareRecord): void {
    guarded(() =>
      this.#db
        .prepare('UPDATE shares SET status = ?, size = ?, upload_id = NULL WHERE id = ?')
        .run(status, size, id),
    );
  }

  setStatus(id: string, status: ShareStatus): void {
    guarded(() => this.#db.prepare('UPDATE shares SET status = ? WHERE id = ?').run(status, id));
  }

  /** Remembers which multipart upload S3 holds parts for; null once it holds none. False where it was ended. */
  setUploadId(id: string, uploadId: string | null): boolean {
    const sql =
      "UPDATE shares SET upload_id = :uploadId WHERE id = :id AND (:uploadId IS NULL OR status = 'uploading')";
    return guarded(() => this.#db.prepare(sql).run({ uploadId, id })).changes === 1;
  }

  /** The share has a new link; the old one is no longer derived. */
  setLink(record: ShareRecord): void {
    const sql = `UPDATE shares SET signer = ?, signed_at = ?, expires_in_seconds = ?, requested_expires_at = ?,
                 limited_by = ?, region = ? WHERE id = ?`;
    const { signer, signedAt, expiresInSeconds, requestedExpiresAt, limitedBy, location, id } = record;
    guarded(() =>
      this.#db
        .prepare(sql)
        .run(signer, signedAt, expiresInSeconds, requestedExpiresAt, limitedBy, location.region, id),
    );
  }

  close(): void {
    this.#db.close();
  }
}

function migrate(db: DatabaseSync): void {
  while (versionOf(db) < MIGRATIONS.length) step(db);
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

/** One transaction, the version within it: a crash, or another process doing the same, leaves nothing half done. */
function step(db: DatabaseSync): void {
  db.exec('BEGIN IMMEDIATE');
  try {
    const version = versionOf(db);
    const sql = MIGRATIONS[version];
    if (sql !== undefined) db.exec(`${sql} PRAGMA user_version = ${version + 1};`);
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

function guarded<T>(work: () => T): T {
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
