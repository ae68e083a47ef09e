import { describe, expect, it } from 'vitest';
import { runCommand } from '../../../src/main/command/program.ts';
import { SandglassError, type ErrorCode } from '../../../src/shared/errors.ts';
import { scriptedContext } from './scripted-context.ts';

const LINK =
  'https://films.s3.eu-west-1.amazonaws.com/k/film.mp4?X-Amz-Algorithm=AWS4-HMAC-SHA256' +
  '&X-Amz-Credential=AKIAEXAMPLE%2F20260701%2Feu-west-1%2Fs3%2Faws4_request&X-Amz-Date=20260701T110000Z' +
  `&X-Amz-Expires=7200&X-Amz-SignedHeaders=host&X-Amz-Signature=${'5161'.repeat(16)}`;

const COMMANDS = [
  ...['share', 'link', 'inspect', 'list', 'copy', 'extend', 'revoke', 'cancel'],
  ...['accounts', 'accounts add', 'accounts list', 'accounts test', 'accounts remove'],
];

async function run(line: string | readonly string[], context = scriptedContext()) {
  const args = typeof line === 'string' ? line.split(' ').filter((word) => word !== '') : line;
  const exit = await runCommand(args, context);
  const { printed, said } = context.terminal;
  return { exit, printed, said, out: printed.join('\n'), err: said.join('\n'), opened: context.opened() };
}

describe('help', () => {
  it('is printed on standard output, and that is a good end', async () => {
    const { exit, out, said } = await run('--help');
    expect([exit, said]).toEqual([0, []]);
    for (const command of ['share', 'link', 'inspect', 'list', 'accounts']) expect(out).toContain(command);
  });

  it.each(COMMANDS)('of “%s” needs no rooms', async (command) => {
    const { exit, out, opened } = await run(`${command} --help`);
    expect([exit, opened]).toEqual([0, 0]);
    expect(out).toContain(`Usage: sandglass ${command}`);
  });

  it('names the version alone where that is asked', async () => {
    expect(await run('--version')).toMatchObject({ exit: 0, printed: ['1.2.3'], said: [], opened: 0 });
  });

  it.each(COMMANDS)('of “%s” offers no option that takes a secret', async (command) => {
    const { out } = await run(`${command} --help`);
    expect(out).not.toMatch(/--\S*(secret|password|token|key)/i);
  });
});

describe('diagnostics', () => {
  it('are printed on standard output, and open no rooms: something may be damaged', async () => {
    const { exit, printed, said, opened } = await run('diagnostics');
    expect([exit, printed, said, opened]).toEqual([0, ['### Sandglass diagnostics'], [], 0]);
  });
});

describe('what was typed into the wrong place', () => {
  it.each([
    ['accounts', 'add', 'mine', 'AKIA', 'hunter2'],
    ['accounts', 'add', 'mine', '--secret=hunter2'],
    ['list', 'https://h/b?X-Amz-Signature=hunter2'],
    ['https://h/b?X-Amz-Signature=hunter2'],
  ])('is not repeated: %s %s %s', async (...args) => {
    const { exit, err, printed } = await run(args);
    expect([exit, printed]).toEqual([2, []]);
    expect(err).not.toBe('');
    expect(err).not.toMatch(/hunter2|AKIA/);
  });
});

describe('a usage error', () => {
  it.each([
    '',
    'frobnicate',
    '--frobnicate',
    'share',
    'link',
    'inspect',
    'copy',
    'extend',
    'revoke',
    'cancel',
    'accounts',
    'accounts add',
    'accounts test',
    'accounts remove',
    'list --frobnicate',
    'list extra',
    'copy one two',
    'share film.mp4 --bucket',
    'share film.mp4 --account a --profile p',
    'share film.mp4 --expires 1h --expires-in 3600',
    'link s3://films/k --account a --profile p',
    'link s3://films/k --expires 1.5h',
    'link s3://films/k --expires-in 1h',
    'link s3://films/k --expires-in -1',
    'link s3://films/k --expires-in 604801',
    'link films/k',
    'link s3://films',
    'link s3://films/',
    'link s3:///k',
    'link https://films.s3.amazonaws.com/k',
    'extend a1 --expires soon',
    'accounts add mine --secret-access-key hunter2',
    'accounts add mine AKIAEXAMPLE extra',
  ])('in “%s” is said on standard error, ends with 2 and opens no rooms', async (line) => {
    const { exit, printed, err, opened } = await run(line);
    expect([exit, printed, opened]).toEqual([2, [], 0]);
    expect(err).not.toBe('');
    expect(err).not.toContain('hunter2');
  });
});

describe('a failure', () => {
  const failing = (error: Error) => ({
    ...scriptedContext(),
    openRooms: () => Promise.reject(error),
  });

  it.each([
    ['settings-damaged', 6],
    ['no-credentials', 3],
    ['access-denied', 4],
    ['unreachable', 5],
    ['bad-usage', 2],
    ['interrupted', 130],
  ] as readonly [ErrorCode, number][])('of the kind %s ends with %d', async (code, exit) => {
    const context = failing(new SandglassError(code, 'It failed.', { next: 'Do this.', requestId: 'TX1' }));
    expect(await runCommand(['list'], context)).toBe(exit);
    expect(context.terminal.said).toEqual(['sandglass: It failed. Do this. (request id TX1)']);
    expect(context.terminal.printed).toEqual([]);
  });

  it('is told without what is not known of it', async () => {
    const context = failing(new SandglassError('internal', 'It failed.'));
    await runCommand(['list'], context);
    expect(context.terminal.said).toEqual(['sandglass: It failed.']);
  });

  it('that nobody expected ends with 1 and tells no more than its name', async () => {
    const context = failing(new RangeError('the secret is hunter2'));
    expect(await runCommand(['list'], context)).toBe(1);
    expect(context.terminal.said.join()).toContain('RangeError');
    expect(context.terminal.said.join()).not.toContain('hunter2');
  });
});

describe('sandglass inspect', () => {
  it('tells what a link is and when it ends, and opens no rooms', async () => {
    const { exit, out, said, opened } = await run(['inspect', LINK]);
    expect([exit, said, opened]).toEqual([0, [], 0]);
    expect(out).toMatch(/^state: +live, 1 h left/m);
    expect(out).toMatch(/^bucket: +films$/m);
    expect(out).toMatch(/^key: +k\/film.mp4$/m);
    expect(out).toMatch(/^signer: +AKIAEXAMPLE/m);
  });

  it('prints one JSON object where that is asked', async () => {
    const { printed } = await run(['inspect', '--json', LINK]);
    expect(printed).toHaveLength(1);
    expect(JSON.parse(printed[0]!)).toMatchObject({
      bucket: 'films',
      key: 'k/film.mp4',
      signedAt: '2026-07-01T11:00:00Z',
      expiresAt: '2026-07-01T13:00:00Z',
      state: { kind: 'live', remainingSeconds: 3600 },
    });
  });

  it('reads the link from standard input, where other processes cannot see it', async () => {
    const context = scriptedContext();
    context.terminal.input = `${LINK}\n`;
    const { exit, out } = await run('inspect -', context);
    expect([exit, out.includes('films')]).toEqual([0, true]);
  });

  it('repeats neither the signature nor the whole link', async () => {
    for (const flags of [[], ['--json']]) {
      const { out, err } = await run(['inspect', ...flags, LINK]);
      expect(out + err).not.toContain('51615161');
    }
  });

  it('refuses what is no presigned link with 2', async () => {
    const { exit, printed } = await run(['inspect', 'https://example.org/']);
    expect([exit, printed]).toEqual([2, []]);
  });
});
