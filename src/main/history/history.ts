import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { SandglassError } from '../../shared/errors.ts';
import { BUSY_TIMEOUT_MS, guarded, openDatabase, Statements } from './database.ts';
import { folded } from './folded-text.ts';
import { OTHER_LINK } from './other-link.ts';
import { expiresAt, LINK_COLUMNS, readShare, rowOf } from './share-record.ts';
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
      "WHERE status IN ('uploading', 'live') AND signed_at + expires_in_seconds * 1000 > :now ORDER BY shared_at DESC, rowid DESC LIMIT :limit",
      { now, limit },
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
      "WHERE status = 'awaited' AND invitation ->> '$.uploadEndsAt' >= :since ORDER BY shared_at, rowid";
    return this.#select(where, { since });
  }

  /**
   * Writes an awaited share anew: its object has arrived, or its invitation is extended. False where it is awaited no
   * more. Its links begin anew: what was given out before led to no object.
   */
  setAwaited(record: ShareRecord): boolean {
    const { id, ...columns } = rowOf(record);
    const changes = Object.keys(columns).map((name) => `${name} = :${name}`);
    const sql = `UPDATE shares SET ${changes.join(', ')} WHERE id = :id AND status = 'awaited'`;
    const change = { ...columns, id: id ?? null, last_end: expiresAt(record) };
    return guarded(() => this.#prepared(sql).run(change)).changes === 1;
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

  /**
   * The share has a new link; the old one is no longer derived. Where the object is to go, it goes with the later of
   * them. False where it has gone already.
   */
  setLink(record: ShareRecord): boolean {
    const row = rowOf(record);
    const link = Object.fromEntries(LINK_COLUMNS.map((name) => [name, row[name] ?? null]));
    // Of what is NULL, max() makes NULL: what is to stay stays. https://www.sqlite.org/lang_corefunc.html#max_scalar
    const sql = `UPDATE shares SET ${LINK_COLUMNS.map((name) => `${name} = :${name}`).join(', ')},
                 last_end = max(coalesce(last_end, 0), :end), gone_at = max(gone_at, :end) WHERE id = :id AND status NOT IN ('gone', 'revoked')`;
    const change = { ...link, id: record.id, end: expiresAt(record) };
    return guarded(() => this.#prepared(sql).run(change)).changes === 1;
  }

  /** When the object goes, not before its last link ends; null for never. False where the share is not live any more. */
  setEnd(id: string, goneAt: number | null): boolean {
    const sql = `UPDATE shares SET gone_at = max(:goneAt, coalesce(last_end, 0)) WHERE id = :id AND status = 'live'`;
    return guarded(() => this.#prepared(sql).run({ id, goneAt })).changes === 1;
  }

  /** Shares whose object is to go with their link, their time over, and no other live link to it. @param now by the server's clock */
  dueAtEnd(now: number): ShareRecord[] {
    const where = `WHERE status IN ('live', 'gone') AND gone_at <= :now AND NOT EXISTS (${OTHER_LINK}) ORDER BY gone_at`;
    return this.#select(where, { now });
  }

  /** When the next object after that moment is to go, in milliseconds since 1970; null where none is. */
  nextGoneAt(after: number): number | null {
    const sql = "SELECT min(gone_at) AS next FROM shares WHERE status IN ('live', 'gone') AND gone_at > ?";
    return guarded(() => this.#prepared(sql).get(after) as { next: number | null }).next;
  }

  /**
   * The object goes now; false where the share was extended or ended meanwhile, or another live link leads to it. It
   * stays due until `forgetEnd`.
   */
  takeAway(id: string, goneAt: number, now: number): boolean {
    const sql = `UPDATE shares SET status = 'gone' WHERE id = :id AND status IN ('live', 'gone') AND gone_at = :goneAt
                 AND NOT EXISTS (${OTHER_LINK})`;
    return guarded(() => this.#prepared(sql).run({ id, goneAt, now })).changes === 1;
  }

  /** The object could not be deleted, and is still there; nothing where another process has deleted it. */
  giveBack(id: string): void {
    const sql = "UPDATE shares SET status = 'live' WHERE id = ? AND status = 'gone' AND gone_at IS NOT NULL";
    guarded(() => this.#prepared(sql).run(id));
  }

  /** Nothing is left to be done when the link ends; what another process has noted of that stays. */
  forgetEnd(id: string, removal: Removal): void {
    const sql = 'UPDATE shares SET gone_at = NULL, removal = ? WHERE id = ? AND gone_at IS NOT NULL';
    guarded(() => this.#prepared(sql).run(removal, id));
  }

  close(): void {
    this.#db.close();
  }

  #prepared(sql: string): StatementSync {
    return this.#statements.of(sql);
  }

  #select(where: string, named: Row = {}): ShareRecord[] {
    const rows = guarded(() => this.#prepared(`SELECT * FROM shares ${where}`).all(named));
    return rows.flatMap((row) => readShare(row) ?? []);
  }
}
