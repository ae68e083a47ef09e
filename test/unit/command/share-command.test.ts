import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Rooms } from '../../../src/main/command/context.ts';
import { runCommand } from '../../../src/main/command/program.ts';
import { Settings } from '../../../src/main/settings/settings.ts';
import type { Link } from '../../../src/main/share/link.ts';
import type { Links } from '../../../src/main/share/links.ts';
import type { Share } from '../../../src/main/share/share.ts';
import type { Sharing } from '../../../src/main/share/sharing.ts';
import { SandglassError, type ErrorCode } from '../../../src/shared/errors.ts';
import { NOON, scriptedContext } from './scripted-context.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandglass-share-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const failure = (code: ErrorCode) => new SandglassError(code, `Scripted: ${code}.`);
const urlOf = (name: string) => `https://films.s3.amazonaws.com/k/${name}?X-Amz-Signature=5161`;

function linkTo(name: string): Link {
  return {
    ...{
      id: `id-${name}`,
      url: urlOf(name),
      name,
      bucket: 'films',
      key: `k/${name}`,
      size: 1024,
      signedAt: NOON,
    },
    ...{
      expiresAt: NOON + 86_400_000,
      requestedExpiresAt: NOON + 86_400_000,
      limitedBy: null,
      endUncertain: false,
    },
  };
}

/** What becomes of a file: signed and sent, unless it says otherwise. */
interface Fate {
  readonly signing?: SandglassError;
  readonly upload?: () => Promise<void>;
  /** The link once the upload has ended. */
  readonly resigned?: Link;
}

async function desk(fates: Readonly<Record<string, Fate>> = {}) {
  const lines: string[] = [];
  const asked: unknown[] = [];
  const sharing: Pick<Sharing, 'share'> = {
    share: (path, { bucket, endpoint, source }, options) => {
      const name = basename(path);
      const fate = fates[name] ?? {};
      lines.push(`sign ${name}`);
      asked.push({ path, bucket, endpoint, origin: source.origin.kind, ...options });
      if (fate.signing) return Promise.reject(fate.signing);
      let link = linkTo(name);
      const share: Pick<Share, 'link' | 'watch' | 'upload' | 'interrupt'> = {
        get link() {
          return link;
        },
        watch: () => () => true,
        upload: () => {
          lines.push(`upload ${name}`);
          link = fate.resigned ?? link;
          return fate.upload?.() ?? Promise.resolve();
        },
        interrupt: () => lines.push(`interrupt ${name}`),
      };
      return Promise.resolve(share as Share);
    },
  };
  const links: Pick<Links, 'link'> = {
    link: ({ bucket }, key, life) => {
      asked.push({ bucket, key, life });
      return Promise.resolve({ link: linkTo('there.txt'), untried: fates['there.txt']?.signing ?? null });
    },
  };
  const settings = await Settings.open(folder);
  const rooms: Partial<Rooms> = {
    ...{ settings, sharing: sharing as Sharing, links: links as Links },
    awsProfiles: () => Promise.resolve({}),
    sourceOf: (origin) => ({ origin, resolve: () => Promise.reject(failure('no-credentials')) }),
  };
  const context = scriptedContext(rooms, { AWS_ACCESS_KEY_ID: 'AKIA' });
  const run = (line: string) => runCommand(line.split(' '), context);
  return { context, terminal: context.terminal, settings, lines, asked, run };
}

describe('sandglass share', () => {
  it('prints every link before the first byte is sent', async () => {
    const gate = Promise.withResolvers<undefined>();
    const begun = Promise.withResolvers<undefined>();
    const upload = async () => {
      begun.resolve(undefined);
      await gate.promise;
    };
    const { terminal, lines, run } = await desk({ one: { upload } });
    const end = run('share dir/one two --bucket films');
    await begun.promise;
    expect(lines).toEqual(['sign one', 'sign two', 'upload one']);
    expect(terminal.printed).toEqual([urlOf('one'), urlOf('two')]);
    expect(terminal.said).toHaveLength(2);
    gate.resolve(undefined);
    expect(await end).toBe(0);
    expect(terminal.said.slice(2)).toEqual(['one: the link works.', 'two: the link works.']);
    expect(terminal.said.join()).not.toContain('5161');
  });

  it('hands on what was asked for', async () => {
    const { asked, run } = await desk();
    await run('share dir/one --bucket films --prefix in --expires 12h --region r --endpoint-url http://h:1');
    expect(asked).toEqual([
      {
        ...{ path: 'dir/one', bucket: 'films', origin: 'environment', prefix: 'in' },
        endpoint: { url: 'http://h:1', region: 'r' },
        life: { kind: 'seconds', seconds: 43_200 },
        keyTemplate: '{date}/{random}/{name}',
      },
    ]);
  });

  it('takes bucket and prefix from the account, unless others are named', async () => {
    const { settings, asked, run } = await desk();
    await settings.addAccount('mine', { keys: { in: 'keychain' }, bucket: 'films', prefix: 'in' });
    await run('share one --account mine');
    await run('share one --account mine --bucket books --prefix out');
    expect(asked).toMatchObject([
      { bucket: 'films', prefix: 'in', origin: 'account', life: { seconds: 86_400 } },
      { bucket: 'books', prefix: 'out' },
    ]);
  });

  it.each([
    'share one',
    'share one --bucket films --expires 1.5h',
    'share one --bucket films --endpoint-url nowhere',
  ])('signs nothing for “%s”', async (line) => {
    const { terminal, lines, run } = await desk();
    expect([await run(line), lines, terminal.printed]).toEqual([2, [], []]);
  });

  it('gives every other file its turn where one fails, and ends with the first failure', async () => {
    const { terminal, lines, run } = await desk({
      missing: { signing: failure('file-missing') },
      broken: { upload: () => Promise.reject(failure('connection-lost')) },
    });
    expect(await run('share missing broken good --bucket films')).toBe(6);
    expect(lines).toEqual(['sign missing', 'sign broken', 'sign good', 'upload broken', 'upload good']);
    expect(terminal.printed).toEqual([urlOf('broken'), urlOf('good')]);
    expect(terminal.said).toContain('good: the link works.');
    expect(terminal.said.join()).not.toContain('broken: the link works.');
    expect(terminal.said.slice(-2)).toEqual([
      'sandglass: Scripted: connection-lost.',
      'sandglass: Scripted: file-missing.',
    ]);
  });

  it('prints one JSON object at the end, of the links that work', async () => {
    const { terminal, run } = await desk({
      broken: { upload: () => Promise.reject(failure('access-denied')) },
    });
    expect(await run('share broken good --bucket films --json')).toBe(4);
    expect(terminal.printed).toHaveLength(1);
    expect(JSON.parse(terminal.printed.join())).toMatchObject({
      links: [{ id: 'id-good', url: urlOf('good') }],
    });
  });

  it('prints the link once more where it had to be signed anew', async () => {
    const resigned = { ...linkTo('one'), url: urlOf('anew') };
    const { terminal, run } = await desk({ one: { resigned } });
    expect(await run('share one two --bucket films')).toBe(0);
    expect(terminal.printed).toEqual([urlOf('one'), urlOf('two'), urlOf('anew')]);
    expect(terminal.said.join()).toContain('signed anew');
  });

  it('ends at Ctrl-C with 130, says how to drop what has arrived, and stops every upload', async () => {
    const begun = Promise.withResolvers<undefined>();
    const upload = () => {
      begun.resolve(undefined);
      return Promise.withResolvers<undefined>().promise;
    };
    const { context, terminal, lines, run } = await desk({ one: { upload } });
    const end = run('share one two --bucket films');
    await begun.promise;
    context.interrupt();
    expect(await end).toBe(130);
    expect(lines.slice(-2)).toEqual(['interrupt one', 'interrupt two']);
    expect(terminal.said.at(-1)).toContain('sandglass cancel id-one id-two');
    lines.length = 0;
    context.interrupt();
    expect(lines).toEqual([]);
  });
});

describe('sandglass link', () => {
  it.each([
    ['link s3://films/k', { bucket: 'films', key: 'k', life: { kind: 'seconds', seconds: 3600 } }],
    ['link s3://films/a/b//c?d#e%41/ --expires 7d', { key: 'a/b//c?d#e%41/', life: { seconds: 604_800 } }],
    ['link s3://films/k --expires-in 1', { life: { seconds: 1 } }],
  ])('as “%s” prints the link alone', async (line, expected) => {
    const { terminal, asked, run } = await desk();
    expect(await run(line)).toBe(0);
    expect(asked).toMatchObject([expected]);
    expect(terminal.printed).toEqual([urlOf('there.txt')]);
  });

  it('says where the link could not be tried', async () => {
    const { terminal, run } = await desk({ 'there.txt': { signing: failure('unreachable') } });
    expect(await run('link s3://films/k')).toBe(0);
    expect(terminal.said.at(-1)).toBe('It could not be tried: Scripted: unreachable.');
  });

  it('prints one JSON object where that is asked', async () => {
    const { terminal, run } = await desk();
    await run('link s3://films/k --json');
    expect(JSON.parse(terminal.printed.join())).toMatchObject({
      links: [{ url: urlOf('there.txt'), bucket: 'films' }],
    });
  });
});
