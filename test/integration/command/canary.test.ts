import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startLocalBucket, type LocalBucket } from '../../servers/local-bucket/server.ts';
import { Sandglass, type CallOptions } from './sandglass.ts';

/** Secrets that are like nothing else, so that a single trace of them is a leak. */
const SECRET = 'canarySECRETcanarySECRETcanarySECRETcana';
const TOKEN = 'canaryTOKEN'.repeat(20);
const keys = { accessKeyId: 'AKIACANARY', secretAccessKey: SECRET };

describe('A canary secret in the credentials', () => {
  let sandglass: Sandglass;
  let server: LocalBucket;
  const outputs: string[] = [];

  beforeAll(async () => {
    sandglass = await Sandglass.install();
    server = await startLocalBucket({
      folder: join(sandglass.home, '../canary-s3'),
      ...keys,
      buckets: ['mine'],
    });
    await writeFile(join(sandglass.home, 'note.txt'), 'a note');
    await writeFile(join(sandglass.home, 'large.bin'), Buffer.alloc(20 * 1024 ** 2));
    await mkdir(join(sandglass.home, '.aws'));
    const profile = `aws_access_key_id = ${keys.accessKeyId}\naws_secret_access_key = ${SECRET}\n`;
    await writeFile(join(sandglass.home, '.aws/credentials'), `[default]\n${profile}`);
    const broken = `[profile broken]\ncredential_process = sh -c "echo ${SECRET}; echo ${SECRET} >&2; exit 3"\n`;
    await writeFile(join(sandglass.home, '.aws/config'), broken);
  });
  afterAll(async () => {
    await server.close();
    await sandglass.uninstall();
  });

  async function call(args: readonly string[], options: CallOptions = {}): Promise<string> {
    const env = { AWS_ENDPOINT_URL: server.endpoint, ...options.env };
    const { stdout, stderr } = await sandglass.run(args, { ...options, env });
    outputs.push(stdout, stderr);
    return stdout;
  }

  test('is in no output of a call that succeeds, nor of one that fails', async () => {
    const share = ['share', 'note.txt', '--bucket', 'mine'];
    await call(['share', 'large.bin', 'note.txt', '--bucket', 'mine', '--json']);
    await call([...share, '--bucket', 'nope']);
    await call([...share, '--endpoint-url', 'http://127.0.0.1:9']);
    await call([...share, '--profile', 'broken']);
    await call(share, { env: { AWS_ACCESS_KEY_ID: 'AKIAOTHER', AWS_SECRET_ACCESS_KEY: SECRET } });
    await call(share, {
      env: { AWS_ACCESS_KEY_ID: keys.accessKeyId, AWS_SECRET_ACCESS_KEY: SECRET, AWS_SESSION_TOKEN: TOKEN },
    });
    await call(['accounts', 'add', 'canary'], { stdin: `${keys.accessKeyId}\n${SECRET}\n` });
    await call(['list', '--json']);
    expect(outputs.filter((text) => text !== '').length).toBeGreaterThan(8);
    for (const output of outputs) expect(output).not.toContain(SECRET);
    // A link signed with a token must carry it; nothing that is said beside the link may.
    for (const output of outputs) if (!output.startsWith('http')) expect(output).not.toContain('canaryTOKEN');
  });

  test('is not repeated from a server that echoes the request in its refusal', async () => {
    const echo = createServer((request, response) => {
      const told = [request.url ?? '', ...request.rawHeaders].join(' ').replaceAll('&', '&amp;');
      response.writeHead(request.method === 'PUT' ? 403 : 200, {
        'x-amz-request-id': encodeURI(told).slice(0, 500),
      });
      response.end(
        `<Error><Code>${told}</Code><RequestId>${told}</RequestId><Region>${told}</Region></Error>`,
      );
    });
    await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
    const { port } = echo.address() as AddressInfo;
    const env = {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      ...{ AWS_ACCESS_KEY_ID: keys.accessKeyId, AWS_SECRET_ACCESS_KEY: SECRET, AWS_SESSION_TOKEN: TOKEN },
    };
    const { code, stderr } = await sandglass.run(['share', 'note.txt', '--bucket', 'mine'], { env });
    expect(code).toBe(4);
    expect(stderr).not.toMatch(/canary|X-Amz-|Signature/);
    await new Promise((resolve) => echo.close(resolve));
  });

  test('is in no file that Sandglass writes', async () => {
    const entries = await readdir(sandglass.data, { recursive: true, withFileTypes: true });
    const whole = entries.filter((entry) => entry.isFile());
    const files = whole.map(({ parentPath, name }) => relative(sandglass.data, join(parentPath, name)));
    expect(files).toContain('history.db');
    expect(files).toContain('settings.json');
    for (const file of files) {
      const content = await readFile(join(sandglass.data, file), 'latin1');
      for (const word of [SECRET, 'canaryTOKEN', keys.accessKeyId, 'X-Amz-']) {
        expect(content.includes(word), `${word} in ${file}`).toBe(false);
      }
    }
  });
});
