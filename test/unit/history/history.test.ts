import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { History } from '../../../src/main/history/history.ts';
import { MIGRATIONS } from '../../../src/main/history/schema.ts';
import { expiresAt, SHARE_STATUSES, type ShareRecord } from '../../../src/main/history/share-record.ts';
import { NOON, RECORD } from './full-record.ts';

let folder: string;
let path: string;
let opened: { close(): void }[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandglass-history-'));
  path = join(folder, 'history.db');
  opened = [];
});

afterEach(() => {
  for (const handle of opened) handle.close();
  rmSync(folder, { recursive: true, force: true });
});

function open(): History {
  const history = History.open(path);
  opened.push(history);
  return history;
}

function withRecords(...changes: Partial<ShareRecord>[]): History {
  const history = open();
  for (const change of changes) history.add({ ...RECORD, ...change });
  return history;
}

const coded = (code: string) => expect.objectContaining({ code }) as Error;

describe('the history', () => {
  it('is empty at first, and makes its folder', () => {
    path = join(folder, 'a', 'b', 'history.db');
    expect(open().list()).toEqual([]);
  });

  it.each([
    ['with every field', {}],
    ['on AWS', { location: { bucket: 'films', region: 'us-east-1', pathStyle: false } }],
    ['with nothing that may be missing', { size: null, limitedBy: null, uploadId: null }],
    ['limited by the maximum', { limitedBy: 'maximum' }],
    ['of an empty file', { size: 0 }],
    ['of an account', { origin: { kind: 'account', name: 'mine “x”' } }],
    ['of the environment', { origin: { kind: 'environment' } }],
    ['of a machine', { origin: { kind: 'instance' } }],
    ...SHARE_STATUSES.map((status) => [status, { status }] as const),
  ] as const)('gives back a share %s just as it was', (_which, change) => {
    const record = { ...RECORD, ...change };
    withRecords(change);
    const again = open();
    expect(again.find(RECORD.id)).toEqual(record);
    expect(again.list()).toEqual([record]);
  });

  it('lists the newest first, the later of two of the same second before the earlier', () => {
    const history = withRecords(
      { id: 'b', sharedAt: NOON },
      { id: 'c', sharedAt: NOON + 1000 },
      { id: 'a', sharedAt: NOON },
    );
    expect(history.list().map(({ id }) => id)).toEqual(['c', 'a', 'b']);
    expect(history.list(2).map(({ id }) => id)).toEqual(['c', 'a']);
  });

  it('refuses a second share of the same id', () => {
    const history = withRecords({});
    expect(() => {
      history.add({ ...RECORD, name: 'another' });
    }).toThrow();
    expect(history.find(RECORD.id).name).toBe(RECORD.name);
  });

  it('has no column for a URL, a key id or a secret', () => {
    open();
    const db = new DatabaseSync(path);
    opened.push(db);
    const columns = db.prepare("SELECT name FROM pragma_table_info('shares')").all();
    expect(columns.map(({ name }) => name)).toEqual([
      ...['id', 'name', 'size', 'bucket', 'key', 'region', 'endpoint', 'path_style', 'origin', 'signer'],
      ...[
        'signed_at',
        'expires_in_seconds',
        'requested_expires_at',
        'limited_by',
        'status',
        'upload_id',
        'shared_at',
        'path',
        'endpoint_variants',
        'part_size',
        'upload_mark',
        'holder',
        'overrides',
        'invitation',
        'description',
        'version_id',
        'gone_at',
        'removal',
        'paused_bytes',
        'last_end',
      ],
    ]);
  });

  it('knows when a link ends', () => {
    expect(expiresAt(RECORD)).toBe(NOON + 3_600_000);
  });
});

describe('a share', () => {
  it('is found by its id and by any beginning of it', () => {
    const history = withRecords({ id: 'abcdef' }, { id: 'abd000' });
    expect(history.find('abcdef').id).toBe('abcdef');
    expect(history.find('abd').id).toBe('abd000');
  });

  it('is not guessed where more than one begins so', () => {
    const history = withRecords({ id: 'abcdef' }, { id: 'abd000' });
    expect(() => history.find('ab')).toThrow('More than one share begins with “ab”.');
    expect(() => history.find('ab')).toThrow(coded('share-unknown'));
  });

  it.each([
    '',
    'x',
    'abcdefg',
    'bcdef',
    'ABC',
    '%',
    '_bcdef',
    'abc%',
    'ab_def',
    '*',
    'abcdef ',
    "' OR 1=1 --",
  ])('is not found by %j', (id) => {
    expect(() => withRecords({ id: 'abcdef' }).find(id)).toThrow(coded('share-unknown'));
  });

  it('ends its upload once: whoever comes second hears that it has ended', () => {
    const first = withRecords({});
    const second = open();
    expect(first.settle(RECORD.id, 'cancelled')).toBe(true);
    expect(second.settle(RECORD.id, 'live')).toBe(false);
    expect(second.find(RECORD.id).status).toBe('cancelled');
  });

  it('that is unknown or was never uploading has no upload to end', () => {
    const history = withRecords({ status: 'live' });
    expect([history.settle('nobody', 'live'), history.settle(RECORD.id, 'failed')]).toEqual([false, false]);
    expect(history.find(RECORD.id).status).toBe('live');
  });

  it('takes any status by name, and only that share does', () => {
    const history = withRecords({ id: 'a' }, { id: 'b' });
    history.setStatus('a', 'revoked');
    expect([history.find('a').status, history.find('b').status]).toEqual(['revoked', 'uploading']);
  });

  it('remembers its multipart upload until there is none', () => {
    const history = withRecords({ uploadId: null });
    history.setUploadId(RECORD.id, 'u2');
    expect(open().find(RECORD.id).uploadId).toBe('u2');
    history.setUploadId(RECORD.id, null);
    expect(open().find(RECORD.id).uploadId).toBeNull();
  });

  it('with a new link keeps everything but what belongs to the link', () => {
    const history = withRecords({});
    const link = {
      ...{ signer: 'fedcba9876543210', signedAt: NOON + 5000, expiresInSeconds: 60 },
      ...{ requestedExpiresAt: NOON + 65_000, limitedBy: null },
    };
    const location = { ...RECORD.location, region: 'us-east-1' };
    history.setLink({ ...RECORD, ...link, location, name: 'ignored', status: 'revoked' });
    // The first link is out, and lives longer than the second.
    expect(history.find(RECORD.id)).toEqual({ ...RECORD, ...link, location, lastEnd: expiresAt(RECORD) });
  });
});

describe('two processes at once', () => {
  it('see what the other has written', () => {
    const [app, command] = [open(), open()];
    app.add(RECORD);
    command.setStatus(RECORD.id, 'live');
    command.add({ ...RECORD, id: 'second' });
    expect(app.list().map(({ id, status }) => [id, status])).toEqual([
      ['second', 'uploading'],
      [RECORD.id, 'live'],
    ]);
  });
});

describe('a database that is none of ours', () => {
  const untouched = () => ({ bytes: readFileSync(path).toString('base64'), files: readdirSync(folder) });

  it.each([
    ['garbage', 'this is no database, but long enough to be taken for one. '.repeat(100)],
    ['a picture', `\x89PNG\r\n\x1a\n${'\0'.repeat(5000)}`],
  ])('because it is %s is refused and left as it is', (_what, content) => {
    writeFileSync(path, content);
    const before = untouched();
    expect(open).toThrow(coded('history-damaged'));
    expect(untouched()).toEqual(before);
  });

  it('because a newer Sandglass wrote it is refused and left as it is', () => {
    const db = new DatabaseSync(path);
    db.exec(
      `PRAGMA journal_mode = WAL; CREATE TABLE shares (later TEXT); PRAGMA user_version = ${MIGRATIONS.length + 1}`,
    );
    db.close();
    const before = readFileSync(path);
    expect(open).toThrow('newer Sandglass');
    expect(open).toThrow(coded('history-damaged'));
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('because a newer Sandglass wrote it is not even put into another journal mode', () => {
    const db = new DatabaseSync(path);
    db.exec(`CREATE TABLE shares (later TEXT); PRAGMA user_version = ${MIGRATIONS.length + 1}`);
    db.close();
    const before = untouched();
    expect(open).toThrow('newer Sandglass');
    expect(untouched()).toEqual(before);
  });

  it('because its path cannot be opened is refused', () => {
    path = folder;
    expect(open).toThrow(coded('history-damaged'));
  });
});
