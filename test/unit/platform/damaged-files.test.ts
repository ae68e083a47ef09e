import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { History } from '../../../src/main/history/history.ts';
import { SETTINGS_VERSION, setAsideDamaged } from '../../../src/main/platform/damaged-files.ts';
import { Settings } from '../../../src/main/settings/settings.ts';
import { recordOf } from '../board/records.ts';

const NOW = Date.UTC(2026, 10, 23, 22, 15, 7);
const ASIDE = 'damaged-2026-11-23T22-15-07';
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandglass-damaged-'));
});
afterEach(() => rm(folder, { recursive: true }));

const path = (name: string) => join(folder, name);
/** What is there to be kept: SQLite lays an empty log beside a database that is only read. */
const files = async () => (await readdir(folder)).filter((name) => !/-(wal|shm)$/.test(name));

async function fillSettings(): Promise<void> {
  const settings = await Settings.open(folder);
  await settings.choose({ globalShortcut: 'Ctrl+S' });
}

function fillHistory(): void {
  const history = History.open(path('history.db'));
  for (let place = 0; place < 200; place += 1) history.add(recordOf(String(place).padStart(10, '0')));
  history.close();
}

describe('what an earlier run has kept', () => {
  it('stays where it is sound, and where there is nothing yet', async () => {
    expect(await setAsideDamaged(folder, NOW)).toEqual([]);
    await fillSettings();
    fillHistory();
    const before = await files();
    expect(await setAsideDamaged(folder, NOW)).toEqual([]);
    expect(await files()).toEqual(before);
    expect((await Settings.open(folder)).globalShortcut).toBe('Ctrl+S');
    expect(History.open(path('history.db')).count()).toBe(200);
  });

  it('stays where a process that runs is writing it', async () => {
    fillHistory();
    const other = new DatabaseSync(path('history.db'));
    other.exec('BEGIN EXCLUSIVE');
    expect(await setAsideDamaged(folder, NOW)).toEqual([]);
    other.close();
  });
});

describe('settings', () => {
  it.each([
    ['cut off', '{"version":1,"acc'],
    ['empty', ''],
    ['garbage', '\u0000\ufffd garbage'],
    ['no object', 'null'],
    ['of no version', '{}'],
    ['of an impossible shape', '{"version":1,"accounts":7}'],
  ])('that are %s are set aside under a name with the date, byte for byte', async (_what, text) => {
    await writeFile(path('settings.json'), text);
    expect(await setAsideDamaged(folder, NOW)).toEqual([
      { what: 'settings', name: `settings.${ASIDE}.json` },
    ]);
    expect(await readdir(folder)).toEqual([`settings.${ASIDE}.json`]);
    expect(await readFile(path(`settings.${ASIDE}.json`), 'utf8')).toBe(text);
  });

  it('are set aside beside those of the same second', async () => {
    for (const text of ['first', 'second']) {
      await writeFile(path('settings.json'), text);
      await setAsideDamaged(folder, NOW);
    }
    expect(await readFile(path(`settings.${ASIDE}.json`), 'utf8')).toBe('first');
    expect(await readFile(path(`settings.${ASIDE}-2.json`), 'utf8')).toBe('second');
  });

  it('of a newer Sandglass are refused with what to do, and nothing is moved, damaged or not', async () => {
    await writeFile(path('settings.json'), `{"version":${SETTINGS_VERSION + 1}}`);
    await writeFile(path('history.db'), 'garbage that is no database at all');
    await expect(setAsideDamaged(folder, NOW)).rejects.toMatchObject({
      code: 'settings-damaged',
      message: 'The settings were written by a newer Sandglass.',
      next: expect.stringContaining('Update Sandglass') as string,
    });
    expect(await readdir(folder)).toEqual(['history.db', 'settings.json']);
  });

  it('are written by this Sandglass in the version that it takes for its own', async () => {
    await fillSettings();
    expect(JSON.parse(await readFile(path('settings.json'), 'utf8'))).toMatchObject({
      version: SETTINGS_VERSION,
    });
  });
});

describe('a history', () => {
  it.each([
    ['in the middle of its first page', 500],
    ['after its first page', 4_096],
    ['in the middle of a later page', 10_000],
  ])('that was cut off %s is set aside, byte for byte', async (_where, length) => {
    fillHistory();
    await truncate(path('history.db'), length);
    const bytes = await readFile(path('history.db'));
    expect(await setAsideDamaged(folder, NOW)).toEqual([{ what: 'history', name: `history.${ASIDE}.db` }]);
    expect(await readFile(path(`history.${ASIDE}.db`))).toEqual(bytes);
    expect(History.open(path('history.db')).count()).toBe(0);
  });

  it('of garbage, from the first byte on or in its midst, is set aside', async () => {
    await writeFile(path('history.db'), Buffer.alloc(9_000, 'garbage'));
    expect(await setAsideDamaged(folder, NOW)).toHaveLength(1);
    fillHistory();
    const bytes = await readFile(path('history.db'));
    bytes.fill(0xee, 4_096, 3 * 4_096);
    await writeFile(path('history.db'), bytes);
    expect(await setAsideDamaged(folder, NOW)).toEqual([{ what: 'history', name: `history.${ASIDE}-2.db` }]);
  });

  it('of another program is set aside', async () => {
    const db = new DatabaseSync(path('history.db'));
    db.exec('CREATE TABLE others (id); PRAGMA user_version = 1;');
    db.close();
    expect(await setAsideDamaged(folder, NOW)).toHaveLength(1);
  });

  it('takes with it what was written and not yet filed', async () => {
    await writeFile(path('history.db'), Buffer.alloc(9_000, 'garbage'));
    await writeFile(path('history.db-wal'), 'the last words');
    await setAsideDamaged(folder, NOW);
    expect(await readFile(path(`history.${ASIDE}.db-wal`), 'utf8')).toBe('the last words');
  });

  it('of a newer Sandglass is refused with what to do, and stays', async () => {
    fillHistory();
    const db = new DatabaseSync(path('history.db'));
    db.exec('PRAGMA user_version = 999');
    db.close();
    const before = await files();
    await expect(setAsideDamaged(folder, NOW)).rejects.toMatchObject({
      code: 'history-damaged',
      message: 'The list of shares was written by a newer Sandglass.',
    });
    expect(await files()).toEqual(before);
  });

  it('that is empty holds nothing to be kept', async () => {
    await writeFile(path('history.db'), '');
    expect(await setAsideDamaged(folder, NOW)).toEqual([]);
  });
});
