import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { describeOnBothServers, type S3Server } from '../../servers/s3-servers.ts';
import { keysFor, Sandglass, type CallOptions, type Outcome } from './sandglass.ts';

/** Nobody: a user who may read little, as which the tests run the command when they are root themselves. */
const NOBODY = 65_534;
const CLOSED_PORT = 'http://127.0.0.1:9';

describeOnBothServers('The command, given', (server) => {
  let sandglass: Sandglass;
  let bucket: string;

  beforeAll(async () => {
    sandglass = await Sandglass.install(keysFor(server));
    bucket = await server.freshBucket();
    await writeFile(join(sandglass.home, 'note.txt'), 'a note');
  });
  afterAll(() => sandglass.uninstall());

  const share = (args: readonly string[], options?: CallOptions): Promise<Outcome> =>
    sandglass.run(['share', 'note.txt', '--bucket', bucket, ...args], options);

  test('a folder, says to pack it first', async () => {
    await mkdir(join(sandglass.home, 'folder'));
    expectRefusal(await sandglass.run(['share', 'folder', '--bucket', bucket]), 6, /is a folder.*Pack it/);
  });

  test('no such file, says so', async () => {
    expectRefusal(
      await sandglass.run(['share', 'nope', '--bucket', bucket]),
      6,
      /no file “nope”.*Check the path/,
    );
  });

  test('a bucket that is not there, says so before a link is made', async () => {
    const outcome = await sandglass.run(['share', 'note.txt', '--bucket', 'not-here-at-all']);
    expectRefusal(outcome, 4, /There is no bucket “not-here-at-all”.*Check the name/);
  });

  test('no bucket, says how to name one', async () => {
    expectRefusal(
      await sandglass.run(['share', 'note.txt']),
      2,
      /No bucket is named\. Name one with --bucket/,
    );
  });

  test('a wrong secret key, says that it is wrong', async () => {
    const outcome = await share([], { env: { AWS_SECRET_ACCESS_KEY: 'wrong' } });
    expect(outcome.code).toBe(3);
    expect(outcome.stderr).toMatch(/the secret access key is wrong.*Check/);
  });

  test('an unknown key id, says that S3 does not know it', async () => {
    const outcome = await share([], { env: { AWS_ACCESS_KEY_ID: 'AKIANOBODY' } });
    expect(outcome.code).toBe(3);
    expect(outcome.stderr).toMatch(/does not know this access key id.*Check/);
  });

  test('an endpoint where nobody answers, says so', async () => {
    expectRefusal(await share(['--endpoint-url', CLOSED_PORT]), 5, /does not answer.*Check the network/);
  });

  test('an endpoint that is no address, or holds a password, says how to write it', async () => {
    for (const url of ['minio', 'ftp://host', 'https://user:pass@host', 'https://host/?a=b']) {
      const outcome = await share(['--endpoint-url', url]);
      expectRefusal(outcome, 2, /Write it as https:/);
      expect(outcome.stderr).not.toContain('pass@');
    }
  });

  test('a token that has ended, says to renew it', async () => {
    const env = { AWS_SESSION_TOKEN: 'token', AWS_CREDENTIAL_EXPIRATION: '2020-01-01T00:00:00Z' };
    expectRefusal(await share([], { env }), 3, /have ended.*Renew/);
  });

  test('a life that no link can have, says what is possible', async () => {
    for (const life of ['8d', '604801s', '0s', '1.5h', 'tomorrow', '2020-01-01 00:00', '']) {
      expectRefusal(await share(['--expires', life]), 2, /7d|duration/);
    }
    for (const seconds of ['0', '-1', '604801', '1.5', 'NaN', '']) {
      expectRefusal(await share(['--expires-in', seconds]), 2, /7d|--expires-in 3600/);
    }
  });

  test('a profile that is not there, says how to look', async () => {
    expectRefusal(
      await share(['--profile', 'nobody']),
      3,
      /no usable credentials in the profile “nobody”.*Check/,
    );
  });

  test('an account that is not there, says how to see them', async () => {
    expectRefusal(await share(['--account', 'nobody']), 3, /no account “nobody”.*accounts list/);
  });

  test('no credentials at all, says where they may come from', async () => {
    const env = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' };
    expectRefusal(await share([], { env }), 3, /no usable credentials.*--profile.*--account/);
  });

  test('an id that is no share, says how to list them', async () => {
    for (const call of ['copy', 'extend', 'cancel']) {
      expectRefusal(await sandglass.run([call, 'feedface']), 2, /no share “feedface”.*sandglass list/);
    }
  });

  test('an object that is not there, makes no dead link', async () => {
    expectRefusal(await sandglass.run(['link', `s3://${bucket}/nope`]), 4, /no such object/);
    expectRefusal(await sandglass.run(['link', bucket]), 2, /s3:\/\/bucket\/key/);
  });

  test.runIf(process.getuid?.() === 0)('a file that it may not read, says so', async () => {
    const path = join(sandglass.home, 'secret.txt');
    await writeFile(path, 'secret', { mode: 0o600 });
    await chmod(sandglass.home, 0o755);
    const env = { SANDGLASS_DATA_DIR: join(sandglass.home, 'nobody') };
    await mkdir(env.SANDGLASS_DATA_DIR, { mode: 0o777 });
    await chmod(env.SANDGLASS_DATA_DIR, 0o777);
    const outcome = await sandglass.run(['share', path, '--bucket', bucket], { uid: NOBODY, env });
    expectRefusal(outcome, 6, /cannot be read: permission denied.*you may read it/);
  });
});

/** Nothing on standard output, the exit code, and one sentence that says what to do. */
function expectRefusal(outcome: Outcome, code: number, words: RegExp): void {
  expect(outcome).toMatchObject({ code, stdout: '' });
  expect(outcome.stderr).toMatch(words);
  expect(outcome.stderr, 'no trace of where in the code').not.toMatch(/\n\s+at |\.js:\d/);
}

describe('The command, given a wrong region', () => {
  test('finds the right one by itself where the server tells it', async () => {
    const { startLocalBucket } = await import('../../servers/local-bucket/server.ts');
    const sandglass = await Sandglass.install();
    const keys = { accessKeyId: 'AKIALOCAL', secretAccessKey: 'local-secret' };
    const folder = join(sandglass.home, 's3');
    const server = await startLocalBucket({ folder, ...keys, buckets: ['mine'], region: 'eu-central-1' });
    await writeFile(join(sandglass.home, 'note.txt'), 'a note');
    const env = keysFor({ endpoint: server.endpoint, credentials: keys });
    const link = await sandglass.link(['share', 'note.txt', '--bucket', 'mine', '--region', 'us-west-2'], {
      env,
    });
    expect(new URL(link.url).searchParams.get('X-Amz-Credential')).toContain('/eu-central-1/s3/');
    expect((await fetch(link.url)).status).toBe(200);
    await server.close();
    await sandglass.uninstall();
  });
});

const rgw = inject('rgw');
describe.runIf(rgw)('The command, given the keys of somebody without rights', () => {
  test('says that they may not, and gives the request id to ask with', async () => {
    const { endpoint, limited } = rgw!;
    const server = { endpoint, credentials: rgw! } satisfies Pick<S3Server, 'endpoint' | 'credentials'>;
    const sandglass = await Sandglass.install(keysFor(server));
    const { S3Client, CreateBucketCommand, DeleteBucketCommand } = await import('@aws-sdk/client-s3');
    const client = new S3Client({
      endpoint,
      region: 'us-east-1',
      forcePathStyle: true,
      credentials: { ...rgw! },
    });
    const Bucket = `sandglass-denied-${Date.now()}`;
    await client.send(new CreateBucketCommand({ Bucket }));
    await writeFile(join(sandglass.home, 'note.txt'), 'a note');
    const env = { AWS_ACCESS_KEY_ID: limited.accessKeyId, AWS_SECRET_ACCESS_KEY: limited.secretAccessKey };
    const outcome = await sandglass.run(['share', 'note.txt', '--bucket', Bucket, '--json'], { env });
    expect(outcome.code).toBe(4);
    expect(outcome.stdout).toBe('{"links":[]}\n');
    expect(outcome.stderr).toMatch(
      /may not upload to the bucket.*ask the bucket’s owner.*\(request id \S+\)/,
    );
    await client.send(new DeleteBucketCommand({ Bucket }));
    await sandglass.uninstall();
  });
});
