import { describe, expect, it } from 'vitest';
import type { CheckStep } from '../../../src/main/share/bucket-check.ts';
import { checkStepNames } from '../../../src/shared/board.ts';
import { SandglassError } from '../../../src/shared/errors.ts';
import { desk, file, PAIR, TYPED } from './accounts-desk.ts';

describe('sandglass accounts add', () => {
  it('takes the keys from standard input, and they reach the vault alone', async () => {
    const { terminal, vault, run } = await desk();
    terminal.input = TYPED;
    expect(await run('accounts add mine --bucket films --region eu-west-1')).toBe(0);
    expect(await vault.read('mine')).toEqual(PAIR);
    expect(JSON.parse(file())).toMatchObject({
      accounts: { mine: { keys: { in: 'keychain' }, bucket: 'films', region: 'eu-west-1' } },
    });
    expect(`${file()}${terminal.said.join()}${terminal.printed.join()}`).not.toMatch(/hunter2|AKIA/);
  });

  it('asks a person, and does not show the secret while it is typed', async () => {
    const { terminal, vault, run } = await desk();
    terminal.interactive = true;
    terminal.answers.push(' AKIAEXAMPLE ', 'hunter2');
    expect(await run('accounts add mine')).toBe(0);
    expect(terminal.asked.map(({ secret }) => secret)).toEqual([false, true]);
    expect(await vault.read('mine')).toEqual(PAIR);
  });

  it('takes lines that end as on Windows', async () => {
    const { terminal, vault, run } = await desk();
    terminal.input = TYPED.replaceAll('\n', '\r\n');
    await run('accounts add mine');
    expect(await vault.read('mine')).toEqual(PAIR);
  });

  it.each(['', '\n', 'AKIAEXAMPLE', 'AKIAEXAMPLE\n   \n', '\nhunter2\n'])(
    'refuses %j as a key pair',
    async (input) => {
      const { terminal, vault, settings, run } = await desk();
      terminal.input = input;
      expect(await run('accounts add mine')).toBe(2);
      expect(terminal.said.join()).not.toContain('hunter2');
      expect([await vault.read('mine'), settings.accounts]).toEqual([null, {}]);
    },
  );

  it('keeps no key where the account names a profile', async () => {
    const { vault, settings, run } = await desk();
    expect(
      await run('accounts add mine --profile work --endpoint-url http://127.0.0.1:9000 --path-style'),
    ).toBe(0);
    expect(await vault.read('mine')).toBeNull();
    expect(settings.account('mine')).toEqual({
      keys: { in: 'profile', profile: 'work' },
      ...{ endpoint: 'http://127.0.0.1:9000', pathStyle: true },
    });
  });

  it('remembers that the bucket belongs into the host name, or that nobody said', async () => {
    const { settings, run } = await desk();
    await run('accounts add host --profile work --no-path-style');
    await run('accounts add open --profile work');
    expect([settings.account('host').pathStyle, settings.account('open').pathStyle]).toEqual([
      false,
      undefined,
    ]);
  });

  it('remembers how AWS is to be reached, and says so in the list', async () => {
    const { settings, terminal, run } = await desk();
    expect(await run('accounts add six --profile work --fips --dualstack --region us-west-2')).toBe(0);
    expect(await run('accounts add near --profile work --accelerate --bucket films')).toBe(0);
    expect([settings.account('six').variants, settings.account('near').variants]).toEqual([
      ['dualstack', 'fips'],
      ['accelerate'],
    ]);
    await run('accounts list');
    expect(terminal.printed).toEqual([
      'six  profile work  AWS dualstack fips',
      'near  profile work  AWS accelerate  films',
    ]);
  });

  it.each([
    ['an endpoint with a password', 'accounts add mine --endpoint-url https://user:hunter2@example.org'],
    ['an endpoint that is none', 'accounts add mine --endpoint-url example.org'],
    ['a bucket that none can be', 'accounts add mine --bucket ab'],
    ['FIPS with acceleration', 'accounts add mine --fips --accelerate'],
    ['acceleration of a name with dots', 'accounts add mine --accelerate --bucket my.films'],
    ['acceleration in the path', 'accounts add mine --accelerate --path-style'],
    ['FIPS where there is none', 'accounts add mine --fips --region eu-west-1'],
    ['dual-stack of a server', 'accounts add mine --dualstack --endpoint-url https://example.org'],
  ])('refuses %s before any key is asked for', async (_what, line) => {
    const { terminal, vault, run } = await desk();
    terminal.interactive = true;
    expect(await run(line)).toBe(2);
    expect([terminal.asked, await vault.read('mine')]).toEqual([[], null]);
    expect(terminal.said.join()).not.toContain('hunter2');
  });

  it('never replaces an account, nor its keys', async () => {
    const { terminal, vault, run } = await desk();
    terminal.input = TYPED;
    await run('accounts add mine');
    terminal.input = 'AKIAOTHER\nother\n';
    expect(await run('accounts add mine')).toBe(2);
    expect(await vault.read('mine')).toEqual(PAIR);
  });

  it('saves no account where its keys cannot be kept', async () => {
    const { terminal, vault, settings, run } = await desk();
    terminal.input = TYPED;
    vault.save = () => Promise.reject(new SandglassError('keychain-locked', 'Locked.'));
    expect(await run('accounts add mine')).toBe(3);
    expect(settings.accounts).toEqual({});
  });
});

describe('sandglass accounts list', () => {
  it('says so where there is none', async () => {
    const { terminal, run } = await desk();
    expect(await run('accounts list')).toBe(0);
    expect([terminal.printed, terminal.said.length]).toEqual([[], 1]);
  });

  it('tells names and places, and no key', async () => {
    const { terminal, run } = await desk();
    terminal.input = TYPED;
    await run('accounts add mine --bucket films');
    await run('accounts add other --profile work --endpoint-url http://127.0.0.1:9000');
    await run('accounts list');
    expect(terminal.printed).toEqual([
      'mine  keys in the keychain  AWS  films',
      'other  profile work  http://127.0.0.1:9000',
    ]);
    await run('accounts list --json');
    expect(JSON.parse(terminal.printed.at(-1)!)).toEqual({
      accounts: [
        { name: 'mine', keys: { in: 'keychain' }, bucket: 'films' },
        { name: 'other', keys: { in: 'profile', profile: 'work' }, endpoint: 'http://127.0.0.1:9000' },
      ],
    });
    expect(terminal.printed.join()).not.toMatch(/hunter2|AKIA/);
  });
});

describe('sandglass accounts test', () => {
  const good: CheckStep = { name: 'put', permission: 's3:PutObject', failure: null };
  const bad = (code: 'access-denied' | 'server-busy'): CheckStep => ({
    ...{ name: 'delete', permission: 's3:DeleteObject' },
    failure: new SandglassError(code, 'It failed.'),
  });

  it('tells each step, in the account’s bucket or the one that is named', async () => {
    const { terminal, asked, run } = await desk([good]);
    await run('accounts add mine --profile work --bucket films --prefix in');
    expect(await run('accounts test mine')).toBe(0);
    expect(await run('accounts test mine --bucket books')).toBe(0);
    expect(asked).toEqual([
      ['films', 'in'],
      ['books', 'in'],
    ]);
    expect(terminal.printed[0]).toBe('ok      upload a small file');
  });

  it('says of every step what it does', async () => {
    const { terminal, run } = await desk(checkStepNames.map((name) => ({ ...good, name })));
    await run('accounts add mine --profile work --bucket films');
    await run('accounts test mine');
    expect(terminal.printed).toEqual([
      'ok      upload a small file',
      'ok      open its link',
      'ok      delete it',
      'ok      begin a large upload',
      'ok      cancel it',
    ]);
  });

  it('names the right that is missing, and ends with the failure', async () => {
    const { terminal, run } = await desk([good, bad('access-denied'), bad('server-busy')]);
    await run('accounts add mine --profile work --bucket films');
    expect(await run('accounts test mine')).toBe(4);
    expect(terminal.printed.slice(1)).toEqual([
      'failed  delete it: It failed. The right s3:DeleteObject is missing.',
      'failed  delete it: It failed.',
    ]);
  });

  it('needs a bucket', async () => {
    const { asked, run } = await desk();
    await run('accounts add mine --profile work');
    expect([await run('accounts test mine'), asked]).toEqual([2, []]);
  });
});

describe('sandglass accounts remove', () => {
  it('forgets the account and its keys', async () => {
    const { terminal, vault, settings, run } = await desk();
    terminal.input = TYPED;
    await run('accounts add mine');
    expect(await run('accounts remove mine')).toBe(0);
    expect([await vault.read('mine'), settings.accounts]).toEqual([null, {}]);
  });

  it('keeps the account where its keys cannot be removed, so that it can be tried again', async () => {
    const { terminal, vault, settings, run } = await desk();
    terminal.input = TYPED;
    await run('accounts add mine');
    vault.remove = () => Promise.reject(new SandglassError('keychain-locked', 'Locked.'));
    expect(await run('accounts remove mine')).toBe(3);
    expect(Object.keys(settings.accounts)).toEqual(['mine']);
  });

  it('that nobody saved is refused', async () => {
    const { run } = await desk();
    expect(await run('accounts remove nobody')).toBe(3);
  });
});
