import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { History } from '../../../src/main/history/history.ts';
import type { ShareRecord } from '../../../src/main/history/share-record.ts';

const NOON = Date.UTC(2026, 6, 1, 12);
const RECORD: ShareRecord = {
  ...{ id: 'a1b2c3d4e5', name: 'film.mp4', size: 10, key: '2026-07-01/r4nd0m/film.mp4' },
  ...{ location: { bucket: 'films', region: 'eu-west-1', pathStyle: false } },
  ...{ origin: { kind: 'environment' }, signer: '0123456789abcdef', signedAt: NOON },
  ...{ expiresInSeconds: 3600, requestedExpiresAt: NOON + 3_600_000, limitedBy: null },
  ...{ status: 'uploading', uploadId: null, sharedAt: NOON, path: '/home/ada/film.mp4' },
  ...{ journal: null, holder: null },
};

let folder: string;
let history: History;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandglass-pages-'));
  history = History.open(join(folder, 'history.db'));
});

afterEach(() => {
  history.close();
  rmSync(folder, { recursive: true, force: true });
});

/** One share a second, the first the oldest. */
function add(...changes: Partial<ShareRecord>[]): void {
  for (const [place, change] of changes.entries()) {
    history.add({ ...RECORD, id: `${place}`.padStart(10, '0'), sharedAt: NOON + place * 1000, ...change });
  }
}

const named = (...names: string[]) => {
  add(...names.map((name) => ({ name, key: `k/${name}` })));
};
const found = (search: string, offset = 0, limit = 50) => {
  const { total, records } = history.page(search, offset, limit);
  return [total, records.map(({ name }) => name)];
};

describe('a page of the history', () => {
  it('of nothing is empty', () => {
    expect(history.page('', 0, 50)).toEqual({ total: 0, records: [] });
  });

  it('is the newest first, whole records, the later of two of the same second before the earlier', () => {
    add({ name: 'a' }, { name: 'b' }, { name: 'c', sharedAt: NOON + 1000 });
    expect(found('')).toEqual([3, ['c', 'b', 'a']]);
    expect(history.page('', 0, 1).records).toEqual([history.find('0000000002')]);
  });

  it('begins where it is asked to, holds as many as it is asked for, and tells how many there are in all', () => {
    named('a', 'b', 'c', 'd', 'e');
    expect(found('', 0, 2)).toEqual([5, ['e', 'd']]);
    expect(found('', 2, 2)).toEqual([5, ['c', 'b']]);
    expect(found('', 4, 2)).toEqual([5, ['a']]);
    expect(found('', 5, 2)).toEqual([5, []]);
  });

  it('holds what has the text in its name, in small letters or capitals, and counts that alone', () => {
    named('Film.mp4', 'my FILM.mov', 'report.pdf');
    expect(found('fIlm')).toEqual([2, ['my FILM.mov', 'Film.mp4']]);
    expect(found('film', 1, 1)).toEqual([2, ['Film.mp4']]);
    expect(found('nowhere')).toEqual([0, []]);
  });

  it('holds what has the text in its key', () => {
    add({ name: 'a', key: '2026-07-01/x/a' }, { name: 'b', key: '2026-08-01/x/b' });
    expect(found('2026-08')).toEqual([1, ['b']]);
  });

  it('holds what has the text in its key, in small letters or capitals', () => {
    add({ name: 'a', key: 'Inbox/RÉSUMÉ' }, { name: 'b', key: 'outbox/b' });
    expect(found('inbox/résumé')).toEqual([1, ['a']]);
  });

  it.each([
    ['ärger', 'ÄRGER mit Zürich.pdf'],
    ['ZÜRICH', 'ärger mit zürich.pdf'],
    ['ΟΔΟΣ', 'οδος.txt'],
    ['отчёт', 'ОТЧЁТ.docx'],
    ['re\u0301sume\u0301', 'R\u00e9sum\u00e9.pdf'],
    ['R\u00c9SUM\u00c9', 're\u0301sume\u0301.pdf'],
    ['プロ', 'プロジェクト.docx'],
  ])('finds %j in %j, whatever the script', (text, name) => {
    named(name, 'something else');
    expect(found(text)).toEqual([1, [name]]);
  });

  it('is found among 10,000', () => {
    const db = new DatabaseSync(join(folder, 'history.db'));
    add({});
    db.exec(`CREATE TEMP TABLE many AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9999)
      SELECT shares.*, i FROM shares, n;
      UPDATE many SET id = printf('f%09d', i), name = 'Ferien in Zürich ' || i, key = 'k/' || i;
      ALTER TABLE many DROP COLUMN i;
      INSERT INTO shares SELECT * FROM many;`);
    db.close();
    expect(history.page('ZÜRICH 77', 0, 100).total).toBe(111);
  });

  it.each(['%', '_', '*', '?', "'", '"', "' OR 1=1 --", '\\'])('takes %j for what it is', (text) => {
    named('plain.txt', `with ${text} in it`);
    expect(found(text)).toEqual([1, [`with ${text} in it`]]);
  });

  it('leaves out a row that cannot be read, and shows the others', () => {
    named('a', 'b', 'c');
    const db = new DatabaseSync(join(folder, 'history.db'));
    db.prepare("UPDATE shares SET origin = 'garbage' WHERE name = 'b'").run();
    db.close();
    expect(found('')[1]).toEqual(['c', 'a']);
  });
});
