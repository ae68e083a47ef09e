import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { History } from '../../../src/main/history/history.ts';
import { RECORD } from './full-record.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandglass-history-'));
  path = join(folder, 'history.db');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const coded = (code: string) => expect.objectContaining({ code }) as Error;

describe('a history with a row that cannot be read', () => {
  it('lists all the others, and does not know that one', () => {
    const history = History.open(path);
    history.add(RECORD);
    history.close();
    const db = new DatabaseSync(path);
    db.prepare("UPDATE shares SET origin = '{' WHERE id = ?").run(RECORD.id);
    db.close();
    const again = History.open(path);
    again.add({ ...RECORD, id: 'b'.repeat(10) });
    expect(again.list().map(({ id }) => id)).toEqual(['b'.repeat(10)]);
    expect(() => again.find(RECORD.id)).toThrow(coded('share-unknown'));
    again.close();
  });
});

describe('a history that another process holds', () => {
  it('says that it is busy, in words', () => {
    History.open(path).close();
    const other = new DatabaseSync(path);
    other.exec('BEGIN EXCLUSIVE');
    expect(() => {
      History.open(path, 1).add(RECORD);
    }).toThrow(coded('history-busy'));
    other.close();
  });
});
