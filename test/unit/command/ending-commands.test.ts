import { describe, expect, it } from 'vitest';
import type { Rooms } from '../../../src/main/command/context.ts';
import { runCommand } from '../../../src/main/command/program.ts';
import type { Ending } from '../../../src/main/share/end-of-life.ts';
import type { OwnRule } from '../../../src/main/share/lifecycle.ts';
import { SandglassError } from '../../../src/shared/errors.ts';
import { scriptedContext } from './scripted-context.ts';

const RULE: OwnRule = { id: 'sandglass-1', prefix: 'sand/', days: 8, abortDays: 7, endsVersions: false };

function scene(endings: readonly Ending[] = [], isConfirmed = true) {
  const done: string[] = [];
  const rules = {
    show: () => Promise.resolve({ own: [RULE], others: 2 }),
    preview: (prefix: string, days: number) => {
      done.push(`preview ${prefix} ${days}`);
      return Promise.resolve({ wanted: { ...RULE, prefix, days }, inPlace: null, others: 1 });
    },
    put: (wanted: OwnRule) => {
      done.push(`put ${wanted.prefix} ${wanted.days}`);
      return Promise.resolve({ own: [wanted], others: 1, isConfirmed });
    },
    remove: (prefix?: string) => {
      done.push(`remove ${prefix ?? 'all'}`);
      return Promise.resolve({ own: [], others: 1, isConfirmed });
    },
  };
  const rooms = {
    endOfLife: { sweep: () => Promise.resolve(endings) },
    lifecycleOf: ({ bucket }: { bucket: string }) => {
      done.push(bucket);
      return Promise.resolve(rules);
    },
    settings: { accounts: {} },
    awsProfiles: () => Promise.resolve({}),
    sourceOf: () => ({}),
  } as unknown as Rooms;
  const context = scriptedContext(rooms, { AWS_ACCESS_KEY_ID: 'AKIA' });
  return { done, terminal: context.terminal, run: (line: string) => runCommand(line.split(' '), context) };
}

const ending = (did: Ending['did'], failure: SandglassError | null = null) =>
  ({ record: { name: 'a.mp4' }, did, failure }) as Ending;

describe('sandglass sweep', () => {
  it('says what became of each object', async () => {
    const { run, terminal } = scene([
      ending('deleted'),
      ending('not-ours'),
      ending('gone-already'),
      ending('hidden'),
    ]);
    expect(await run('sweep')).toBe(0);
    expect(terminal.said).toEqual([
      'a.mp4: its link has ended, and it is deleted.',
      expect.stringContaining('left alone'),
      expect.stringContaining('somebody had deleted it'),
      expect.stringContaining('keeps an older version'),
    ]);
  });

  it('fails where one could not be deleted, after all others had their turn', async () => {
    const denied = new SandglassError('access-denied', 'These credentials may not delete.');
    const { run, terminal } = scene([ending('failed', denied), ending('deleted')]);
    expect(await run('sweep')).toBe(4);
    expect(terminal.said.join()).toMatch(/it is deleted.*may not delete/);
  });

  it('says that nothing has ended', async () => {
    const { run, terminal } = scene();
    expect([await run('sweep'), terminal.said]).toEqual([0, ['Nothing has ended.']]);
  });
});

describe('sandglass lifecycle', () => {
  it('shows the rules that are ours', async () => {
    const { run, terminal } = scene();
    expect(await run('lifecycle show s3://films')).toBe(0);
    expect(terminal.printed.join()).toMatch(
      /^sand\/: deleted 8 days after the upload; parts .* after 7 days$/,
    );
    expect(terminal.said).toEqual(['1 of Sandglass’s rules, 2 of others.']);
  });

  it('shows what would be set, asks, and sets it', async () => {
    const { run, terminal, done } = scene();
    terminal.interactive = true;
    terminal.answers.push('y');
    expect(await run('lifecycle set s3://films/sand/')).toBe(0);
    expect(done).toEqual(['films', 'preview sand/ 8', 'put sand/ 8']);
    expect(terminal.said[0]).toContain('Is added: sand/: deleted 8 days');
    expect(terminal.said.join()).toMatch(
      /1 rule of others stays letter for letter.*replaces all rules at once/,
    );
    expect(terminal.asked).toEqual([{ question: 'Set this rule? [y/N] ', secret: false }]);
  });

  it.each([
    [true, 'n'],
    [true, ''],
    [false, 'y'],
  ])('sets nothing that nobody agreed to (asked: %s, answer: “%s”)', async (interactive, answer) => {
    const { run, terminal, done } = scene();
    terminal.interactive = interactive;
    terminal.answers.push(answer);
    expect(await run('lifecycle set s3://films/sand/')).toBe(2);
    expect(done).toEqual(['films', 'preview sand/ 8']);
    expect(terminal.said.at(-1)).toContain('Nothing was changed.');
  });

  it('asks nobody where --yes is said, and warns of days that are shorter than links', async () => {
    const { run, terminal, done } = scene();
    expect(await run('lifecycle set s3://films/sand/ --days 2 --yes')).toBe(0);
    expect(done.at(-1)).toBe('put sand/ 2');
    expect(terminal.said.join()).toContain('Links that live longer');
  });

  it.each([
    ['lifecycle remove s3://films/sand/', 'remove sand/'],
    ['lifecycle remove s3://films', 'remove all'],
  ])('takes away by “%s”', async (line, expected) => {
    const { run, done } = scene();
    expect([await run(line), done.at(-1)]).toEqual([0, expected]);
  });

  it('says where the server does not tell the new rules yet', async () => {
    const { run, terminal } = scene([], false);
    await run('lifecycle set s3://films/sand/ --yes');
    expect(terminal.said.at(-1)).toMatch(/still tells other rules.*at the same time/);
  });
});
