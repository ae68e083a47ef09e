import { spawn } from 'node:child_process';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startLocalBucket, type LocalBucket } from '../../servers/local-bucket/server.ts';
import { COMMAND, keysFor, Sandglass } from './sandglass.ts';

const credentials = { accessKeyId: 'AKIALOCAL', secretAccessKey: 'local-secret' };
const CTRL_C = '\u0003';

interface Typist {
  /** Waits for these words on the screen, then types. */
  types(words: RegExp, keys: string): Promise<void>;
  /** Everything that was on the screen, and the exit code. */
  readonly end: Promise<{ screen: string; code: number | null }>;
}

describe('On a terminal', () => {
  let sandglass: Sandglass;
  let server: LocalBucket;

  beforeEach(async () => {
    sandglass = await Sandglass.install();
    server = await startLocalBucket({
      folder: join(sandglass.home, 's3'),
      ...credentials,
      buckets: ['mine'],
    });
    await writeFile(join(sandglass.home, 'note.txt'), 'a note');
  });
  afterEach(async () => {
    await server.close();
    await sandglass.uninstall();
  });

  /** `script` gives the command a terminal of its own, as a person's is. */
  function typed(args: readonly string[]): Typist {
    const line = [process.execPath, COMMAND, ...args].map((word) => `'${word}'`).join(' ');
    const env = { ...sandglass.env, ...keysFor({ endpoint: server.endpoint, credentials }), TERM: 'xterm' };
    const child = spawn('script', ['-qefc', line, '/dev/null'], { cwd: sandglass.home, env });
    let screen = '';
    let look: () => void = () => undefined;
    child.stdout.on('data', (chunk: Buffer) => {
      screen += chunk.toString();
      look();
    });
    const end = new Promise<number | null>((resolve) => child.once('close', resolve));
    return {
      end: end.then((code) => ({ screen, code })),
      types: async (words, keys) => {
        await new Promise<void>((resolve, reject) => {
          look = () => {
            if (words.test(screen)) resolve();
          };
          void end.then(() => {
            reject(new Error(`It ended without saying so: ${screen}`));
          });
          look();
        });
        child.stdin.write(keys);
      },
    };
  }

  test('Ctrl-C during an upload ends the process, and the cursor is shown again', async () => {
    const gate = Promise.withResolvers<undefined>();
    await server.close();
    server = await startLocalBucket({
      folder: join(sandglass.home, 's3'),
      ...credentials,
      misbehave: ({ partNumber }) => (partNumber === 2 ? { kind: 'stall', until: gate.promise } : null),
    });
    const file = await open(join(sandglass.home, 'large.bin'), 'w');
    await file.truncate(64 * 1024 ** 2);
    await file.close();
    const typist = typed(['share', 'large.bin', '--bucket', 'mine']);
    await typist.types(/large\.bin \[=+/, CTRL_C);
    const { screen, code } = await typist.end;
    gate.resolve(undefined);
    expect(code).toBe(130);
    expect(screen).toMatch(/Interrupted; what has arrived stays.*sandglass cancel/);
    expect(screen.lastIndexOf('\u001b[?25h')).toBeGreaterThan(screen.lastIndexOf('\u001b[?25l'));
  });

  test('revoke asks before it deletes, and the question stays to be read', async () => {
    const env = keysFor({ endpoint: server.endpoint, credentials });
    const link = await sandglass.link(['share', 'note.txt', '--bucket', 'mine'], { env });
    const no = typed(['revoke', link.id]);
    await no.types(/\[y\/N\]/, 'n\r');
    expect(await no.end).toMatchObject({ code: 2 });
    expect((await fetch(link.url)).status).toBe(200);
    const yes = typed(['revoke', link.id]);
    await yes.types(/\[y\/N\]/, 'y\r');
    const { screen, code } = await yes.end;
    expect(code).toBe(0);
    const last = screen.slice(screen.lastIndexOf('\u001b[0J'));
    expect(last).toContain(`Delete ${link.key} from “mine”? [y/N]`);
    expect((await fetch(link.url)).status).toBe(404);
  });

  test('a secret that is typed is not shown', async () => {
    const typist = typed(['accounts', 'add', 'work']);
    await typist.types(/Access key id: /, 'AKIATYPED\r');
    await typist.types(/Secret access key: /, 'hunter2\r');
    const { screen } = await typist.end;
    expect(screen).toContain('AKIATYPED');
    expect(screen).not.toContain('hunter2');
  });

  test('Ctrl-C at a question changes nothing and says so', async () => {
    const typist = typed(['accounts', 'add', 'work']);
    await typist.types(/Access key id: /, CTRL_C);
    const { screen, code } = await typist.end;
    expect(code).toBe(130);
    expect(screen).toContain('Nothing was changed.');
  });
});

describe('Where nobody reads the output to its end', () => {
  test('a share goes on and is live in the end', async () => {
    const sandglass = await Sandglass.install();
    const server = await startLocalBucket({
      folder: join(sandglass.home, 's3'),
      ...credentials,
      buckets: ['mine'],
    });
    await writeFile(join(sandglass.home, 'note.txt'), 'a note');
    const env = { ...sandglass.env, ...keysFor({ endpoint: server.endpoint, credentials }) };
    const line = `'${process.execPath}' '${COMMAND}' share note.txt note.txt --again --bucket mine 2>/dev/null | true; exit "\${PIPESTATUS[0]}"`;
    const shell = spawn('bash', ['-c', line], { cwd: sandglass.home, env });
    expect(await new Promise((resolve) => shell.once('close', resolve))).toBe(0);
    const { shares } = JSON.parse((await sandglass.run(['list', '--json'])).stdout) as {
      shares: { status: string }[];
    };
    expect(shares.map(({ status }) => status)).toEqual(['live', 'live']);
    await server.close();
    await sandglass.uninstall();
  });
});
