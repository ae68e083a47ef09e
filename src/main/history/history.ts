import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { SandglassError } from '../../shared/errors.ts';
import { BUSY_TIMEOUT_MS, guarded, openDatabase, Statements } from './database.ts';
import { folded } from './folded-text.ts';
import { readShare, rowOf } from './share-record.ts';
import type { Removal, Row, ShareRecord, ShareStatus } from './share-record.ts';

/**
 * What was shared, in a database that the app and the command may use at the same time. It holds no URL and no
 * secret. Every method throws SandglassError disk-full or history-damaged where the database fails.
 */
export class History {
  readonly #db: DatabaseSync;
  readonly #statements: Statements;
  #version: number | null = null;

  private constructor(db: DatabaseSync) {
    this.#db = db;
    this.#statements = new Statements(db);
  }

  /**
   * Opens or creates the database, and brings an older one up to date.
   * @param patienceMs how long one process waits for another that is writing, in milliseconds
   */
  static open(path: string, patienceMs = BUSY_TIMEOUT_MS): History {
    return new History(openDatabase(path, patienceMs));
  }

  add(record: ShareRecord): void {
    const row = rowOf(record);
    const columns = Object.keys(row);
    const sql = `INSERT INTO shares (${columns.join(', ')}) VALUES (${columns.map((name) => `:${name}`).join(', ')})`;
    guarded(() => this.#prepared(sql).run(row));
  }

  /** The share of this id, or of the one id that begins so, as with git's short hashes. */
  find(id: string): ShareRecord {
    const exact = 'SELECT * FROM shares WHERE id = ?';
    const beginning = 'SELECT * FROM shares WHERE substr(id, 1, ?) = ? LIMIT 2';
    const [row, ...others] = guarded(() => {
      const found = this.#prepared(exact).all(id);
      return found.length > 0 || id === '' ? found : this.#prepared(beginning).all(id.length, id);
    });
    const record = row && others.length === 0 ? readShare(row) : null;
    if (record) return record;
    const what =
      others.length > 0 ? `More than one share begins with “${id}”.` : `There is no share “${id}”.`;
    throw new SandglassError('share-unknown', what, {
      command: 'sandglass list shows the shares and their ids.',
    });
  }

  /** How many shares there are. */
  count(): number {
    return guarded(() => this.#prepared('SELECT count(*) AS count FROM shares').get() as { count: number })
      .count;
  }

  /** Newest first. */
  list(limit = 100): ShareRecord[] {
    const sql = 'SELECT * FROM shares ORDER BY shared_at DESC, rowid DESC LIMIT ?';
    const rows = guarded(() => this.#prepared(sql).all(limit));
    return rows.flatMap((row) => readShare(row) ?? []);
  }

  /** Links that live, newest first, those that work once their upload is done among them. */
  live(now: number, limit: number): ShareRecord[] {
    return this.#select(
      "WHERE status IN ('uploading', 'live') AND signed_at + expires_in_seconds * 1000 > ? ORDER BY shared_at DESC, rowid DESC LIMIT ?",
      now,
      limit,
    );
  }

  /** Whether another process has written since this was last asked. https://www.sqlite.org/pragma.html#pragma_data_version */
  changedElsewhere(): boolean {
    const { data_version: version } = guarded(() => this.#prepared('PRAGMA data_version').get()) as {
      data_version: number;
    };
    const changed = this.#version !== null && this.#version !== version;
    this.#version = version;
    return changed;
  }

  /** Whether the share is uploading, and nobody has ended it. */
  isOpen(id: string): boolean {
    const sql = "SELECT 1 FROM shares WHERE id = ? AND status = 'uploading'";
    return guarded(() => this.#prepared(sql).get(id)) !== undefined;
  }

  /**
   * A page of the shares whose name or key holds the text, in capitals or not, newest first, and how many there are in
   * all.
   */
  page(text: string, offset: number, limit: number): { total: number; records: ShareRecord[] } {
    const search = folded(text);
    const found =
      "FROM shares WHERE :search = '' OR instr(folded(name), :search) > 0 OR instr(folded(key), :search) > 0";
    const order = 'ORDER BY shared_at DESC, rowid DESC LIMIT :limit OFFSET :offset';
    return guarded(() => {
      const { total } = this.#prepared(`SELECT count(*) AS total ${found}`).get({ search }) as {
        total: number;
      };
      const rows = this.#prepared(`SELECT * ${found} ${order}`).all({ search, offset, limit });
      return { total, records: rows.flatMap((row) => readShare(row) ?? []) };
    });
  }

  /** Ends the row of an upload; false where another process has ended it already. */
  settle(id: string, status: ShareStatus): boolean {
    const sql = "UPDATE shares SET status = ? WHERE id = ? AND status IN ('uploading', 'interrupted')";
    return guarded(() => this.#prepared(sql).run(status, id)).changes === 1;
  }

  /** The row is uploading again, by this holder; false where it is not as it was any more: somebody was faster. */
  takeUp(again: ShareRecord, was: Pick<ShareRecord, 'status' | 'holder'>): boolean {
    const { id, size, status, upload_id, part_size, upload_mark, holder } = rowOf(again);
    const sql = `UPDATE shares SET status = :status, size = :size, upload_id = :upload_id, part_size = :part_size,
                 upload_mark = :upload_mark, holder = :holder, paused_bytes = NULL
                 WHERE id = :id AND status = :wasStatus AND holder IS :wasHolder`;
    const now = { id, size, status, upload_id, part_size, upload_mark, holder } as Row;
    const change = { ...now, wasStatus: was.status, wasHolder: was.holder };
    return guarded(() => this.#prepared(sql).run(change)).changes === 1;
  }

  /** A person has paused the upload, or goes on with it. @param bytes that had arrived; null where it goes on */
  setPaused(id: string, bytes: number | null): void {
    guarded(() => this.#prepared('UPDATE shares SET paused_bytes = ? WHERE id = ?').run(bytes, id));
  }

  /** Uploads that have not ended, oldest first: those that run, and those that were interrupted, whatever ended them. */
  unfinished(): ShareRecord[] {
    return this.#select("WHERE status IN ('uploading', 'interrupted') ORDER BY shared_at, rowid");
  }

  /** Shares whose upload has ended, though the server may still hold parts of it. */
  leftovers(): ShareRecord[] {
    return this.#select(
      "WHERE upload_id IS NOT NULL AND status NOT IN ('uploading', 'interrupted') ORDER BY shared_at",
    );
  }

  /** What somebody else may still upload, oldest first. @param since milliseconds since 1970 at which the invitation ended at the earliest */
  awaited(since: number): ShareRecord[] {
    const where =
      "WHERE status = 'awaited' AND invitation ->> '$.uploadEndsAt' >= ? ORDER BY shared_at, rowid";
    return this.#select(where, since);
  }

  /** Writes an awaited share anew: its object has arrived, or its invitation is extended. False where it is awaited no more. */
  setAwaited(record: ShareRecord): boolean {
    const { id, ...columns } = rowOf(record);
    const changes = Object.keys(columns).map((name) => `${name} = :${name}`);
    const sql = `UPDATE shares SET ${changes.join(', ')} WHERE id = :id AND status = 'awaited'`;
    return guarded(() => this.#prepared(sql).run({ id: id ?? null, ...columns })).changes === 1;
  }

  /** @param removal what became of its object, where it was taken away */
  setStatus(id: string, status: ShareStatus, removal: Removal | null = null): void {
    const sql = 'UPDATE shares SET status = ?, removal = ? WHERE id = ?';
    guarded(() => this.#prepared(sql).run(status, removal, id));
  }

  /**
   * Remembers which multipart upload S3 holds parts for; UNHEARD_UPLOAD before it has told its id, null once it holds
   * none. False where the share was ended.
   */
  setUploadId(id: string, uploadId: string | null): boolean {
    const sql =
      "UPDATE shares SET upload_id = :uploadId WHERE id = :id AND (:uploadId IS NULL OR status = 'uploading')";
    return guarded(() => this.#prepared(sql).run({ uploadId, id })).changes === 1;
  }

  /** The share has a new link; the old one is no longer derived. */
  setLink(record: ShareRecord): void {
    const sql = `UPDATE shares SET signer = ?, signed_at = ?, expires_in_seconds = ?, requested_expires_at = ?,
                 limited_by = ?, region = ?, gone_at = ? WHERE id = ?`;
    const { signer, signedAt, expiresInSeconds, requestedExpiresAt, limitedBy, location, goneAt, id } =
      record;
    guarded(() =>
      this.#prepared(sql).run(
        signer,
        signedAt,
        expiresInSeconds,
        requestedExpiresAt,
        limitedBy,
        location.region,
        goneAt ?? null,
        id,
      ),
    );
  }

  /** Shares whose object is to go with their link, their time over, and no other live link to it. @param now by the server's clock */
  dueAtEnd(now: number): ShareRecord[] {
    const other = `SELECT 1 FROM shares AS other WHERE other.id <> shares.id AND other.status = 'live'
                   AND other.bucket = shares.bucket AND other.key = shares.key AND other.endpoint IS shares.endpoint
                   AND other.signed_at + other.expires_in_seconds * 1000 > ?`;
    return this.#select(
      `WHERE status IN ('live', 'gone') AND gone_at <= ? AND NOT EXISTS (${other}) ORDER BY gone_at`,
      ...[now, now],
    );
  }

  /** When the next object is to go, in milliseconds since 1970; null where none is. */
  nextGoneAt(): number | null {
    const sql = "SELECT min(gone_at) AS next FROM shares WHERE status IN ('live', 'gone')";
    return guarded(() => this.#prepared(sql).get() as { next: number | null }).next;
  }

  /** The object goes now; false where the share was extended or ended meanwhile. It stays due until `forgetEnd`. */
  takeAway(id: string, goneAt: number): boolean {
    const sql =
      "UPDATE shares SET status = 'gone' WHERE id = ? AND status IN ('live', 'gone') AND gone_at = ?";
    return guarded(() => this.#prepared(sql).run(id, goneAt)).changes === 1;
  }

  /** The object could not be deleted, and is still there. */
  giveBack(id: string): void {
    const sql = "UPDATE shares SET status = 'live' WHERE id = ? AND status = 'gone'";
    guarded(() => this.#prepared(sql).run(id));
  }

  /** Nothing is left to be done when the link ends. */
  forgetEnd(id: string, removal: Removal): void {
    guarded(() =>
      this.#prepared('UPDATE shares SET gone_at = NULL, removal = ? WHERE id = ?').run(removal, id),
    );
  }

  close(): void {
    this.#db.close();
  }

  #prepared(sql: string): StatementSync {
    return this.#statements.of(sql);
  }

  #select(where: string, ...values: readonly number[]): ShareRecord[] {
    const rows = guarded(() => this.#prepared(`SELECT * FROM shares ${where}`).all(...values));
    return rows.flatMap((row) => readShare(row) ?? []);
  }
}
