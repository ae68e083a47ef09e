import { appendFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ListMultipartUploadsCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startLocalBucket, type LocalBucket } from '../../servers/local-bucket/server.ts';
import type { Misbehave } from '../../servers/local-bucket/misbehaviour.ts';
import { describeOnBothServers, plainClient } from '../../servers/s3-servers.ts';
import { keysFor, Sandglass, type Running } from './sandglass.ts';

const MIB = 1024 ** 2;
const credentials = { accessKeyId: 'AKIALOCAL', secretAccessKey: 'local-secret' };

/** What lies in the bucket: names of objects, and of uploads that were begun and not ended. */
async function contents(client: S3Client, Bucket: string) {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
  const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket }));
  return { objects: Contents.length, uploads: Uploads.length };
}

/** Resolves with what the command has said once it has said this. */
function said(running: Running, words: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    running.process.stderr?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (words.test(text)) resolve(text);
    });
    void running.outcome.then(({ stderr }) => {
      reject(new Error(`It ended without saying so: ${stderr}`));
    });
  });
}

describe('While a file of three parts is uploading, the command', () => {
  let sandglass: Sandglass;
  let server: LocalBucket;
  let client: S3Client;
  let path: string;
  let misbehave: Misbehave;

  beforeEach(async () => {
    misbehave = () => null;
    sandglass = await Sandglass.install();
    path = join(sandglass.home, 'video.mp4');
    const file = await open(path, 'w');
    await file.truncate(20 * MIB);
    await file.close();
    server = await startLocalBucket({
      folder: join(sandglass.home, 's3'),
      ...credentials,
      buckets: ['mine'],
      misbehave: (occasion) => misbehave(occasion),
    });
    client = plainClient({ endpoint: server.endpoint, region: server.region, credentials });
  });
  afterEach(async () => {
    client.destroy();
    await server.close();
    await sandglass.uninstall();
  });

  const start = (args: readonly string[] = []) =>
    sandglass.start(['share', path, '--bucket', 'mine', ...args], {
      env: keysFor({ endpoint: server.endpoint, credentials }),
    });

  /** Does something to the file when its first part arrives. */
  const atTheFirstPart = (change: () => void) => {
    let done = false;
    misbehave = ({ operation }) => {
      if (operation === 'UploadPart' && !done) change();
      done ||= operation === 'UploadPart';
      return null;
    };
  };

  const changes: Readonly<Record<string, [() => void, RegExp]>> = {
    grown: [
      () => {
        appendFileSync(path, 'more');
      },
      /changed while it was uploading/,
    ],
    shrunk: [
      () => {
        truncateSync(path, 10 * MIB);
      },
      /changed while it was uploading/,
    ],
    rewritten: [
      () => {
        writeFileSync(path, Buffer.alloc(20 * MIB, 1));
      },
      /changed while it was uploading/,
    ],
  };
  for (const [what, [change, words]] of Object.entries(changes)) {
    test(`refuses to publish a file that was ${what}, and leaves nothing behind`, async () => {
      atTheFirstPart(change);
      const { code, stderr } = await start(['--json']).outcome;
      expect(code).toBe(6);
      expect(stderr).toMatch(words);
      expect(await contents(client, 'mine')).toEqual({ objects: 0, uploads: 0 });
    });
  }

  test('keeps what has arrived where the file goes away, and goes on once it is back', async () => {
    const aside = `${path}.aside`;
    atTheFirstPart(() => {
      renameSync(path, aside);
    });
    const { code, stderr } = await start(['--json']).outcome;
    expect(code).toBe(6);
    const [, id = ''] = /no file .*moved or deleted.*sandglass resume (\w+)/.exec(stderr) ?? [];
    expect(await contents(client, 'mine')).toEqual({ objects: 0, uploads: 1 });
    renameSync(aside, path);
    const env = keysFor({ endpoint: server.endpoint, credentials });
    expect(await sandglass.run(['resume', id], { env })).toMatchObject({ code: 0 });
    expect(await contents(client, 'mine')).toEqual({ objects: 1, uploads: 0 });
  });

  test('is cancelled from another terminal, and leaves nothing behind', async () => {
    const gate = Promise.withResolvers<undefined>();
    misbehave = ({ operation, partNumber }) =>
      operation === 'UploadPart' && partNumber === 3 ? { kind: 'stall', until: gate.promise } : null;
    const running = start();
    await said(running, /the link works when/);
    await expect.poll(async () => (await contents(client, 'mine')).uploads).toBe(1);
    const { stdout } = await sandglass.run(['list']);
    const env = keysFor({ endpoint: server.endpoint, credentials });
    const cancel = await sandglass.run(['cancel', stdout.slice(0, 10)], { env });
    expect(cancel).toMatchObject({ code: 0 });
    gate.resolve(undefined);
    const { code, stderr } = await running.outcome;
    expect(code).toBe(1);
    expect(stderr).toContain('The upload was cancelled; nothing of it is left.');
    expect(await contents(client, 'mine')).toEqual({ objects: 0, uploads: 0 });
    expect((await sandglass.run(['list'])).stdout).toContain('cancelled');
    expect((await sandglass.run(['cancel', stdout.slice(0, 10)], { env })).code).toBe(2);
  });

  test('sends nothing where the history cannot be written', async () => {
    // The database is written before the first byte is sent, so a refusal there must leave the bucket untouched.
    await writeFile(join(sandglass.home, 'data'), 'a file where the folder should be');
    const { code, stdout, stderr } = await start().outcome;
    expect({ code, stdout }).toEqual({ code: 6, stdout: '' });
    expect(stderr).toMatch(/cannot be (opened|written|read).*SANDGLASS_DATA_DIR|data folder/);
    expect(await contents(client, 'mine')).toEqual({ objects: 0, uploads: 0 });
  });
});

describeOnBothServers('Ctrl-C during an upload', (server) => {
  test('ends with 130, keeps what has arrived, and cancel drops it', async () => {
    const sandglass = await Sandglass.install(keysFor(server));
    const bucket = await server.freshBucket();
    const file = await open(join(sandglass.home, 'large.bin'), 'w');
    await file.truncate(256 * MIB);
    await file.close();
    const running = sandglass.start(['share', 'large.bin', '--bucket', bucket]);
    await said(running, /the link works when/);
    await expect
      .poll(async () => (await contents(server.client, bucket)).uploads, { interval: 5, timeout: 20_000 })
      .toBe(1);
    running.process.kill('SIGINT');
    const { code, stderr } = await running.outcome;
    expect(code).toBe(130);
    const [, id = ''] = /Interrupted; what has arrived stays.*sandglass cancel (\w+)/.exec(stderr) ?? [];
    expect(await contents(server.client, bucket)).toEqual({ objects: 0, uploads: 1 });
    expect((await sandglass.run(['list'])).stdout).toContain('interrupted');
    const dropped = await sandglass.run(['cancel', id]);
    expect(dropped.stderr).toMatch(/is cancelled/);
    expect(await contents(server.client, bucket)).toEqual({ objects: 0, uploads: 0 });
    await sandglass.uninstall();
  });
});
