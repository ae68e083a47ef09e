import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/**
 * How many shares stand where: by status, and `ended` for live links whose time is over. Looks only, so that it may be
 * asked of a database that is damaged, locked or not there; null where it cannot tell.
 * @param now milliseconds since 1970
 */
export function shareCounts(path: string, now: number): Readonly<Record<string, number>> | null {
  if (!existsSync(path)) return {};
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(path, { readOnly: true });
    const sql = `SELECT CASE WHEN status = 'live' AND signed_at + expires_in_seconds * 1000 <= ? THEN 'ended' ELSE status END
                 AS standing, count(*) AS count FROM shares GROUP BY standing ORDER BY standing`;
    const rows = db.prepare(sql).all(now) as { readonly standing: string; readonly count: number }[];
    return Object.fromEntries(rows.map(({ standing, count }) => [standing, count]));
  } catch {
    return null;
  } finally {
    db?.close();
  }
}
