import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Rooms } from '../../../src/main/command/context.ts';
import { runCommand } from '../../../src/main/command/program.ts';
import { History } from '../../../src/main/history/history.ts';
import type { ShareRecord } from '../../../src/main/history/share-record.ts';
import { linkOf } from '../../../src/main/share/link.ts';
import type { Links } from '../../../src/main/share/links.ts';
import { SandglassError } from '../../../src/shared/errors.ts';
import { NOON, scriptedContext } from './scripted-context.ts';

const RECORD: ShareRecord = {
  id: 'a1b2c3d4e5',
  name: 'film.mp4',
  size: 1536,
  key: 'k/film.mp4',
  location: { bucket: 'films', region: 'eu-west-1', pathStyle: false },
  origin: { kind: 'environment' },
  signer: '0123456789abcdef',
  signedAt: NOON - 3_600_000,
  expiresInSeconds: 7200,
  requestedExpiresAt: NOON + 3_600_000,
  limitedBy: null,
  status: 'live',
  uploadId: null,
  sharedAt: NOON - 3_600_000,
  path: null,
  journal: null,
  holder: null,
};
const URL = 'https://films.s3.amazonaws.com/k/film.mp4?X-Amz-Signature=5161';

let folder: string;
let history: History;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandglass-commands-'));
  history = History.open(join(folder, 'history.db'));
});

afterEach(() => {
  history.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The history with the records in it, and links that write down what is asked of them. */
function desk(...records: Partial<ShareRecord>[]) {
  for (const record of records) history.add({ ...RECORD, ...record });
  const asked: unknown[] = [];
  const hear = <T>(what: unknown[], answer: T): Promise<T> => {
    asked.push(what);
    return Promise.resolve(answer);
  };
  const links: Pick<Links, 'copy' | 'extend' | 'revoke' | 'cancel'> = {
    copy: (id) => hear(['copy', id], linkOf(RECORD, URL, false)),
    extend: (id, life) => hear(['extend', id, life], linkOf({ ...RECORD, signedAt: NOON }, URL, false)),
    revoke: (id) => hear(['revoke', id], { record: RECORD, did: 'deleted' } as const),
    cancel: (id) => hear(['cancel', id], { record: { ...RECORD, id }, left: 'nothing' } as const),
  };
  const rooms: Partial<Rooms> = { history, links: links as Links };
  const context = scriptedContext(rooms);
  return {
    asked,
    links,
    terminal: context.terminal,
    run: (line: string) => runCommand(line.split(' '), context),
  };
}

describe('sandglass list', () => {
  it('says so where nothing was shared', async () => {
    const { terminal, run } = desk();
    expect(await run('list')).toBe(0);
    expect([terminal.printed, terminal.said]).toEqual([[], ['Nothing was shared yet.']]);
  });

  it('shows the newest first, with the time that is left', async () => {
    const { terminal, run } = desk(
      { id: 'ended00000', sharedAt: 1, expiresInSeconds: 3600, size: null },
      { id: 'broken0000', sharedAt: 2, status: 'interrupted' },
      { id: 'living0000', sharedAt: 3 },
    );
    await run('list');
    expect(terminal.printed.map((line) => line.split(/ {2,}/))).toEqual([
      ['living0000', '1 h left', '1.5 KiB', 'film.mp4'],
      ['broken0000', 'interrupted', '1.5 KiB', 'film.mp4'],
      ['ended00000', 'ended', 'film.mp4'],
    ]);
  });

  it('says how many it does not show', async () => {
    const { terminal, run } = desk({ id: 'a'.repeat(10) }, { id: 'b'.repeat(10) }, { id: 'c'.repeat(10) });
    expect(await run('list --limit 2')).toBe(0);
    expect(terminal.printed).toHaveLength(2);
    expect(terminal.said).toEqual(['There are 1 more; --limit 3 shows them all.']);
    expect(await run('list --limit some')).toBe(2);
  });

  it('shows no control character of a name, which could forge a line', async () => {
    const { terminal, run } = desk({ name: 'a\n\u001b[31mb.txt' });
    await run('list');
    for (const character of '\n\u001b') expect(terminal.printed.join()).not.toContain(character);
  });

  it('prints one JSON object without any URL where that is asked', async () => {
    const { terminal, run } = desk({});
    await run('list --json');
    expect(terminal.printed).toHaveLength(1);
    expect(JSON.parse(terminal.printed.join())).toEqual({
      shares: [
        {
          id: 'a1b2c3d4e5',
          name: 'film.mp4',
          status: 'live',
          bucket: 'films',
          key: 'k/film.mp4',
          size: 1536,
          signedAt: '2026-07-01T11:00:00Z',
          expiresAt: '2026-07-01T13:00:00Z',
          requestedExpiresAt: '2026-07-01T13:00:00Z',
          limitedBy: null,
        },
      ],
    });
  });
});

describe('sandglass copy', () => {
  it('prints the link alone, and says beside it when it ends', async () => {
    const { asked, terminal, run } = desk({});
    expect(await run('copy a1b2')).toBe(0);
    expect([asked, terminal.printed]).toEqual([[['copy', 'a1b2']], [URL]]);
    expect(terminal.said.join()).toContain('film.mp4: the link ends in 1 h');
    expect(terminal.said.join()).not.toContain('5161');
  });

  it('prints one JSON object where that is asked', async () => {
    const { terminal, run } = desk({});
    await run('copy a1b2 --json');
    expect(JSON.parse(terminal.printed.join())).toMatchObject({ links: [{ id: RECORD.id, url: URL }] });
  });

  it('says that the file is not up yet where it is not', async () => {
    const { terminal, run } = desk({ status: 'uploading' });
    expect(await run('copy a1b2')).toBe(0);
    expect(terminal.said.at(-1)).toContain('works once the file is up');
  });

  it('says why where the link cannot be had, and prints nothing', async () => {
    const { links, terminal, run } = desk({});
    links.copy = () => Promise.reject(new SandglassError('signer-gone', 'Gone.', { next: 'Extend it.' }));
    expect(await run('copy a1b2')).toBe(3);
    expect([terminal.printed, terminal.said]).toEqual([[], ['sandglass: Gone. Extend it.']]);
  });
});

describe('sandglass extend', () => {
  it.each([
    ['extend a1b2', 86_400],
    ['extend a1b2 --expires 12h', 43_200],
    ['extend a1b2 --expires-in 60', 60],
  ])('as “%s” asks for %d seconds', async (line, seconds) => {
    const { asked, terminal, run } = desk({});
    expect(await run(line)).toBe(0);
    expect(asked).toEqual([['extend', RECORD.id, { kind: 'seconds', seconds }]]);
    expect(terminal.printed).toEqual([URL]);
  });

  it('says that the link which was given out keeps its own end, and what alone would end it', async () => {
    const { terminal, run } = desk({ signedAt: NOON, expiresInSeconds: 3_600 });
    await run('extend a1b2');
    expect(terminal.said.at(-1)).toMatch(
      /works until 2026-07-01 .* all the same; only deleting .* or rotating the key/,
    );
  });

  it('says nothing of a link that has ended', async () => {
    const { terminal, run } = desk({ signedAt: NOON - 7_200_000, expiresInSeconds: 3_600 });
    await run('extend a1b2');
    expect(terminal.said.join()).not.toContain('all the same');
  });
});

describe('sandglass revoke', () => {
  it('asks a person first, and names what it would delete', async () => {
    const { asked, terminal, run } = desk({});
    terminal.interactive = true;
    terminal.answers.push('y');
    expect(await run('revoke a1b2')).toBe(0);
    expect(terminal.asked[0]?.question).toContain('k/film.mp4 from “films”');
    expect(asked).toEqual([['revoke', RECORD.id]]);
  });

  it.each(['', 'n', 'no', 'yep', 'yes please'])('deletes nothing where the answer is %j', async (answer) => {
    const { asked, terminal, run } = desk({});
    terminal.interactive = true;
    terminal.answers.push(answer);
    expect([await run('revoke a1b2'), asked]).toEqual([2, []]);
  });

  it('deletes nothing where nobody can be asked, unless --yes is said', async () => {
    const { asked, terminal, run } = desk({});
    expect([await run('revoke a1b2'), asked, terminal.asked]).toEqual([2, [], []]);
    expect(terminal.said.join()).toContain('--yes');
    expect(await run('revoke a1b2 --yes')).toBe(0);
    expect(asked).toEqual([['revoke', RECORD.id]]);
  });

  it('deletes nothing where the id is unknown or not the only one', async () => {
    const { asked, run } = desk({ id: 'aa' }, { id: 'ab' });
    expect([await run('revoke x --yes'), await run('revoke a --yes'), asked]).toEqual([2, 2, []]);
  });
});

describe('sandglass cancel', () => {
  it('ends every upload that is named', async () => {
    const { asked, run } = desk();
    expect(await run('cancel one two')).toBe(0);
    expect(asked).toEqual([
      ['cancel', 'one'],
      ['cancel', 'two'],
    ]);
  });

  it('gives every id its turn, and fails with the first that cannot be ended', async () => {
    const { links, terminal, run } = desk();
    const ends = { record: RECORD, left: 'object' } as const;
    links.cancel = (id) =>
      id === 'one'
        ? Promise.reject(new SandglassError('share-not-live', 'Not uploading.'))
        : Promise.resolve(ends);
    expect(await run('cancel one two')).toBe(2);
    expect(terminal.said).toEqual([
      'film.mp4: the upload is cancelled; the file had arrived already; to delete it: sandglass revoke a1b2c3d4e5.',
      'sandglass: Not uploading.',
    ]);
  });
});
