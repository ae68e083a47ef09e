import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join, parse } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SandglassError, type ErrorCode } from '../../shared/errors.ts';
import { shellWords } from '../../shared/words/spoken.ts';
import { MIGRATIONS } from '../history/schema.ts';
import { Settings } from '../settings/settings.ts';

/** The version of settings.json that this Sandglass writes. */
export const SETTINGS_VERSION = 1;

export type KeptFile = 'settings' | 'history';

/** A damaged file that now lies beside its old place, under another name. */
export interface SetAside {
  readonly what: KeptFile;
  readonly name: string;
}

type Condition = 'sound' | 'damaged' | 'newer';

/** SQLite's primary result codes of a file that is no sound database. https://www.sqlite.org/rescode.html */
const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

/**
 * Looks at what an earlier run has kept before anything opens it. A damaged file is moved aside under a name with the
 * date, and never deleted; where it cannot be moved it stays, and whoever opens it says so.
 * @param now milliseconds since 1970
 * @throws SandglassError settings-damaged, history-damaged for a file that a newer Sandglass has written; all files
 *   stay as they are
 */
export async function setAsideDamaged(folder: string, now: number): Promise<SetAside[]> {
  const conditions = [
    { what: 'settings', file: 'settings.json', condition: await conditionOfSettings(folder) },
    { what: 'history', file: 'history.db', condition: conditionOfHistory(join(folder, 'history.db')) },
  ] as const;
  for (const { what, file, condition } of conditions) if (condition === 'newer') throw newer(what, file);
  return conditions
    .filter(({ condition }) => condition === 'damaged')
    .flatMap(({ what, file }) => moved(folder, what, file, now));
}

async function conditionOfSettings(folder: string): Promise<Condition> {
  try {
    await Settings.open(folder);
    return 'sound';
  } catch (error) {
    return error instanceof SandglassError ? conditionOfText(join(folder, 'settings.json')) : 'sound';
  }
}

/** What cannot even be read is not known to be damaged. */
function conditionOfText(path: string): Condition {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return 'sound';
  }
  try {
    const { version } = JSON.parse(text) as { readonly version?: unknown };
    return typeof version === 'number' && version > SETTINGS_VERSION ? 'newer' : 'damaged';
  } catch {
    return 'damaged';
  }
}

function conditionOfHistory(path: string): Condition {
  if (!existsSync(path)) return 'sound';
  let db: DatabaseSync | undefined;
  try {
    // Looking must change nothing: a connection that may write throws away what lies beside a damaged database.
    db = new DatabaseSync(path, { readOnly: true });
    const { user_version: version } = first(db, 'PRAGMA user_version') as { user_version: number };
    if (version > MIGRATIONS.length) return 'newer';
    const { quick_check: said } = first(db, 'PRAGMA quick_check(1)') as { quick_check: string };
    const { tables } = first(db, "SELECT count(*) AS tables FROM sqlite_schema WHERE name = 'shares'") as {
      tables: number;
    };
    return said === 'ok' && tables > 0 === version > 0 ? 'sound' : 'damaged';
  } catch (error) {
    const code = (error as { readonly errcode?: number }).errcode ?? 0;
    // Anything else, such as another process that writes, is for whoever opens it to tell.
    return [SQLITE_CORRUPT, SQLITE_NOTADB].includes(code & 0xff) ? 'damaged' : 'sound';
  } finally {
    db?.close();
  }
}

function first(db: DatabaseSync, sql: string): unknown {
  return db.prepare(sql).get();
}

/** What SQLite keeps beside a database goes with it, so that all of it can be read again. */
function moved(folder: string, what: KeptFile, file: string, now: number): SetAside[] {
  const name = freeName(folder, file, now);
  try {
    renameSync(join(folder, file), join(folder, name));
    for (const companion of ['-wal', '-shm']) {
      const path = join(folder, `${file}${companion}`);
      if (existsSync(path)) renameSync(path, join(folder, `${name}${companion}`));
    }
    return [{ what, name }];
  } catch {
    return [];
  }
}

function freeName(folder: string, file: string, now: number): string {
  const { name, ext } = parse(file);
  const date = new Date(now).toISOString().slice(0, 19).replaceAll(':', '-');
  for (let count = 1; ; count++) {
    const free = `${name}.damaged-${date}${count > 1 ? `-${count}` : ''}${ext}`;
    if (!existsSync(join(folder, free))) return free;
  }
}

function newer(what: KeptFile, file: string): SandglassError {
  const { newerSettings, newerHistory, newerNext } = shellWords.start;
  const code: ErrorCode = what === 'settings' ? 'settings-damaged' : 'history-damaged';
  return new SandglassError(code, what === 'settings' ? newerSettings : newerHistory, {
    next: newerNext(file),
  });
}
