import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeOnBothServers } from '../../servers/s3-servers.ts';
import {
  makeHome,
  missingForKeyring,
  removeHome,
  runInSession,
  type SessionOptions,
} from '../keychain/session.ts';
import { COMMAND } from './sandglass.ts';

const missing = missingForKeyring();
if (missing && process.env['CI'] === 'true') throw new Error(`On CI nothing is skipped: ${missing}.`);

describeOnBothServers('An account kept in the keychain', (server) => {
  let home: string;

  beforeAll(async () => {
    home = await makeHome();
    await writeFile(join(home, 'note.txt'), 'a note');
  });
  afterAll(() => removeHome(home));

  /** Every call is a session and a process of its own, as after a restart of the machine. */
  const sandglass = (args: readonly string[], options: SessionOptions = {}) => {
    const env = { SANDGLASS_DATA_DIR: join(home, 'data'), AWS_EC2_METADATA_DISABLED: 'true' };
    return runInSession(home, [process.execPath, COMMAND, ...args], { ...options, env });
  };
  const pair = () => `${server.credentials.accessKeyId}\n${server.credentials.secretAccessKey}\n`;

  test.skipIf(missing)('is added, tested, shared from, listed and removed', async () => {
    const bucket = await server.freshBucket();
    const where = ['--endpoint-url', server.endpoint, '--bucket', bucket, '--prefix', 'from/me'];
    const add = await sandglass(['accounts', 'add', 'work', ...where], { stdin: pair() });
    expect(add).toMatchObject({ code: 0, stdout: '' });

    const again = await sandglass(['accounts', 'add', 'work', ...where], { stdin: pair() });
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('There is an account “work” already');

    const tested = await sandglass(['accounts', 'test', 'work']);
    expect(tested.code).toBe(0);
    expect(tested.stdout.match(/^ok {6}/gm)).toHaveLength(5);

    const share = await sandglass(['share', 'note.txt', '--account', 'work', '--json']);
    expect(share.code).toBe(0);
    const [link] = (JSON.parse(share.stdout) as { links: { id: string; url: string; key: string }[] }).links;
    expect(link!.key).toMatch(/^from\/me\//);
    expect(await (await fetch(link!.url)).text()).toBe('a note');

    const withoutFlags = await sandglass(['share', 'note.txt']);
    expect(withoutFlags.code).toBe(0);
    expect((await sandglass(['copy', link!.id])).stdout).toBe(`${link!.url}\n`);

    const list = await sandglass(['accounts', 'list']);
    expect(list.stdout).toBe(`work  keys in the keychain  ${server.endpoint}  ${bucket}\n`);

    const kept = await readdir(join(home, 'data'), { withFileTypes: true });
    for (const { name } of kept.filter((entry) => entry.isFile())) {
      const content = await readFile(join(home, 'data', name), 'latin1');
      for (const secret of Object.values(server.credentials)) expect(content).not.toContain(secret);
    }

    expect((await sandglass(['accounts', 'remove', 'work'])).code).toBe(0);
    expect((await sandglass(['share', 'note.txt', '--account', 'work'])).code).toBe(3);
    expect((await sandglass(['copy', link!.id])).stderr).toContain('There is no account “work”');
  });

  test.skipIf(missing)(
    'is not added where the keyring is locked or absent, and the settings do not name it',
    async () => {
      const args = ['accounts', 'add', 'home', '--endpoint-url', server.endpoint];
      const words = {
        locked: /locked/,
        'no-keyring': /keyring|keychain/,
        'no-bus': /keyring|keychain|D-Bus/,
      } as const;
      for (const [keyring, expected] of Object.entries(words)) {
        const options = { stdin: pair(), keyring: keyring as keyof typeof words };
        const { code, stdout, stderr } = await sandglass(args, options);
        expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
        expect(stderr).toMatch(expected);
      }
      expect((await sandglass(['accounts', 'list'])).stdout).toBe('');
    },
  );

  test.skipIf(missing)('that names a profile keeps no key at all', async () => {
    await sandglass(['accounts', 'add', 'mine', '--profile', 'nobody'], { keyring: 'no-bus' });
    const { code, stderr } = await sandglass(['share', 'note.txt', '--account', 'mine', '--bucket', 'any'], {
      keyring: 'no-bus',
    });
    expect(code).toBe(3);
    expect(stderr).toContain('profile “nobody”');
    expect((await sandglass(['accounts', 'remove', 'mine'], { keyring: 'no-bus' })).code).toBe(0);
  });

  test.skipIf(missing)('whose keys may do nothing is told which right is missing, step by step', async () => {
    const where = ['--endpoint-url', server.endpoint, '--bucket', await server.freshBucket()];
    const wrong = `${server.credentials.accessKeyId}\nwrong\n`;
    await sandglass(['accounts', 'add', 'wrong', ...where], { stdin: wrong });
    const { code, stderr, stdout } = await sandglass(['accounts', 'test', 'wrong']);
    expect([3, 4]).toContain(code);
    expect(`${stdout}${stderr}`).toMatch(/Check/);
  });
});
