import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Rooms } from '../../../src/main/command/context.ts';
import { runCommand } from '../../../src/main/command/program.ts';
import { Settings } from '../../../src/main/settings/settings.ts';
import type { Arrivals } from '../../../src/main/share/arrivals.ts';
import type { Invitations, UploadInvitation } from '../../../src/main/share/invitations.ts';
import type { Links } from '../../../src/main/share/links.ts';
import { SandglassError } from '../../../src/shared/errors.ts';
import { linkTo } from './scripted-desk.ts';
import { NOON, scriptedContext } from './scripted-context.ts';

const COMMON = { linkLife: { kind: 'seconds', seconds: 86_400 }, uploadEndsAt: NOON + 3_600_000 } as const;
const PUT: UploadInvitation = {
  ...linkTo('report.pdf'),
  ...{ size: null, expiresAt: NOON + 3_600_000, requestedExpiresAt: NOON + 3_600_000 },
  terms: { way: 'put', contentType: 'application/pdf', neverOverwrite: true, ...COMMON },
  sent: { 'content-type': 'application/pdf', 'if-none-match': '*' },
};
const FORM: UploadInvitation = {
  ...PUT,
  terms: { way: 'form', contentType: 'image/*', minBytes: 0, maxBytes: 100 * 1024 ** 2, ...COMMON },
  sent: { key: 'in/r/${filename}', policy: 'e30=' },
};

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandglass-invite-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

async function desk(given: { unchecked?: SandglassError; refusal?: SandglassError } = {}) {
  const asked: unknown[] = [];
  const answer = (invitation: UploadInvitation) =>
    given.refusal
      ? Promise.reject(given.refusal)
      : Promise.resolve({ invitation, unchecked: given.unchecked ?? null });
  const invitations: Pick<Invitations, 'byLink' | 'byForm'> = {
    byLink: ({ bucket }, key, wishes) => {
      asked.push({ way: 'put', bucket, key, ...wishes });
      return answer(PUT);
    },
    byForm: ({ bucket }, prefix, wishes) => {
      asked.push({ way: 'form', bucket, prefix, ...wishes });
      return answer(FORM);
    },
  };
  const arrivals: Pick<Arrivals, 'of'> = {
    of: (id, life) => {
      asked.push({ id, life });
      if (id === 'broken') return Promise.reject(new SandglassError('access-denied', 'May not look.'));
      return Promise.resolve(id === 'new' ? [linkTo('report.pdf')] : []);
    },
  };
  const settings = await Settings.open(folder);
  const links = { invitations, arrivals } as unknown as Links;
  const rooms: Partial<Rooms> = {
    ...{ settings, links },
    awsProfiles: () => Promise.resolve({}),
    sourceOf: (origin) => ({ origin, resolve: () => Promise.reject(new Error()), forget: () => undefined }),
  };
  const context = scriptedContext(rooms, { AWS_ACCESS_KEY_ID: 'AKIA' });
  return { asked, terminal: context.terminal, run: (line: string) => runCommand(line.split(' '), context) };
}

describe('sandglass invite', () => {
  it.each([
    ['invite s3://films/k', { way: 'put', bucket: 'films', key: 'k', life: { seconds: 3600 } }],
    ['invite s3://films/k --expires 2h --link-expires 7d', { linkLife: { seconds: 604_800 } }],
    ['invite s3://films/k --content-type a/b --overwrite', { contentType: 'a/b', overwrite: true }],
    ['invite s3://films/in/ --form', { way: 'form', bucket: 'films', prefix: 'in/' }],
    ['invite s3://films/in --form', { prefix: 'in/' }],
    ['invite s3://films/ --form', { bucket: 'films', prefix: '' }],
    ['invite s3://films --form', { bucket: 'films', prefix: '' }],
    ['invite s3://films/in/ --form --max-size 1.5M --min-size 10', { maxBytes: 1_572_864, minBytes: 10 }],
    ['invite s3://films/in/ --form --max-size 5GiB', { maxBytes: 5 * 1024 ** 3 }],
  ])('as “%s” asks for just that', async (line, expected) => {
    const { asked, run } = await desk();
    expect(await run(line)).toBe(0);
    expect(asked).toMatchObject([expected]);
  });

  it('prints address and line alone, and says the rest beside them without any signature', async () => {
    const { terminal, run } = await desk();
    await run('invite s3://films/k');
    expect(terminal.printed).toHaveLength(2);
    expect(terminal.printed[0]).toBe(PUT.url);
    expect(terminal.printed[1]).toMatch(/^curl .*-H 'if-none-match: \*'/);
    expect(terminal.said.join()).toContain('the upload link ends in 1 h');
    expect(terminal.said.join()).not.toContain('5161');
  });

  it('prints the fields of a form between them, and says its limits', async () => {
    const { terminal, run } = await desk();
    await run('invite s3://films/in/ --form');
    expect(JSON.parse(terminal.printed[1] ?? '')).toEqual(FORM.sent);
    expect(terminal.said).toContain('Files of type image/*, up to 100 MiB each.');
  });

  it('prints one JSON object where that is asked', async () => {
    const { terminal, run } = await desk();
    await run('invite s3://films/in/ --form --json');
    expect(JSON.parse(terminal.printed.join())).toMatchObject({
      invitations: [{ method: 'POST', fields: FORM.sent, maxSize: 100 * 1024 ** 2, contentType: 'image/*' }],
    });
  });

  it('says where nobody could look whether the key is free', async () => {
    const { terminal, run } = await desk({ unchecked: new SandglassError('unreachable', 'No answer.') });
    expect(await run('invite s3://films/k')).toBe(0);
    expect(terminal.said.at(-1)).toBe('Nobody could look whether the key is free: No answer.');
  });

  it('writes the page where that is asked, and leaves none behind where there is no form', async () => {
    const path = join(folder, 'form.html');
    const refused = await desk({ refusal: new SandglassError('access-denied', 'No.') });
    expect(await refused.run(`invite s3://films/in/ --form --html ${path}`)).toBe(4);
    expect(readdirSync(folder)).not.toContain('form.html');
    const { run } = await desk();
    expect(await run(`invite s3://films/in/ --form --html ${path}`)).toBe(0);
    expect(readFileSync(path, 'utf8')).toContain('name="policy" value="e30="');
  });

  it.each([
    'invite s3://films/k --max-size 1M',
    'invite s3://films/k --min-size 1',
    'invite s3://films/k --html x.html',
    'invite s3://films/in/ --form --overwrite',
    'invite s3://films/in/ --form --max-size much',
    'invite s3://films/in/ --form --max-size -1',
    'invite s3://films/k --expires 8d',
    'invite s3://films/k --link-expires never',
    'invite films/k',
  ])('refuses “%s” before anything is asked', async (line) => {
    const { asked, terminal, run } = await desk();
    expect([await run(line), asked, terminal.printed]).toEqual([2, [], []]);
  });
});

describe('sandglass arrived', () => {
  it('prints a link to each that is new', async () => {
    const { asked, terminal, run } = await desk();
    expect(await run('arrived new none')).toBe(0);
    expect(asked).toMatchObject([{ id: 'new' }, { id: 'none' }]);
    expect(terminal.printed).toEqual([linkTo('report.pdf').url]);
    expect(terminal.said.join()).toContain('report.pdf, 1 KiB: has arrived');
  });

  it('says so where nothing is', async () => {
    const { terminal, run } = await desk();
    expect(await run('arrived none')).toBe(0);
    expect([terminal.printed, terminal.said]).toEqual([[], ['Nothing new has arrived.']]);
  });

  it('gives each its turn, and fails with the first that nobody could look at', async () => {
    const { terminal, run } = await desk();
    expect(await run('arrived broken new --expires 2h')).toBe(4);
    expect(terminal.printed).toHaveLength(1);
    expect(terminal.said.at(-1)).toContain('May not look.');
  });
});
