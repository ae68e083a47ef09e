import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { plainClient, removeBucket } from '../../servers/s3-servers.ts';
import { curl } from './download.ts';
import { Sandglass } from './sandglass.ts';

/** A describe block is read also where it is skipped. */
const NO_SERVER = { endpoint: '', roleArn: '', accessKeyId: '', secretAccessKey: '' };
const QUARTER_OF_AN_HOUR = 900;
const rgw = inject('rgw');
const why = rgw ? '' : ' (skipped: radosgw is not installed here)';

describe.runIf(rgw)(`Credentials of fifteen minutes, from STS on Ceph RGW,${why}`, () => {
  const { endpoint, roleArn, ...owner } = rgw ?? NO_SERVER;
  const bucket = 'sandglass-temporary';
  const client = plainClient({ endpoint, region: 'us-east-1', credentials: owner });
  let sandglass: Sandglass;
  let token: { accessKeyId: string; secretAccessKey: string; sessionToken: string; expiration: Date };

  beforeAll(async () => {
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
    token = await assumeRole();
    sandglass = await Sandglass.install({ AWS_ENDPOINT_URL: endpoint });
    await writeFile(join(sandglass.home, 'note.txt'), 'a note');
  });
  afterAll(async () => {
    await removeBucket(client, bucket);
    client.destroy();
    await sandglass.uninstall();
  });

  async function assumeRole() {
    const sts = new STSClient({ endpoint, region: 'us-east-1', credentials: owner });
    const request = { RoleArn: roleArn, RoleSessionName: 'sandglass', DurationSeconds: QUARTER_OF_AN_HOUR };
    const { Credentials } = await sts.send(new AssumeRoleCommand(request));
    sts.destroy();
    return {
      accessKeyId: Credentials!.AccessKeyId!,
      secretAccessKey: Credentials!.SecretAccessKey!,
      sessionToken: Credentials!.SessionToken!,
      expiration: Credentials!.Expiration!,
    };
  }

  const inEnvironment = () => ({
    AWS_ACCESS_KEY_ID: token.accessKeyId,
    AWS_SECRET_ACCESS_KEY: token.secretAccessKey,
    AWS_SESSION_TOKEN: token.sessionToken,
  });
  const withEnd = () => ({ ...inEnvironment(), AWS_CREDENTIAL_EXPIRATION: token.expiration.toISOString() });
  const share = ['share', 'note.txt', '--bucket', bucket, '--expires', '7d'];

  test('make a link that ends when they do, whatever was asked', async () => {
    const link = await sandglass.link(share, { env: withEnd() });
    expect(Date.parse(link.expiresAt)).toBe(Math.floor(token.expiration.getTime() / 1000) * 1000);
    expect(Date.parse(link.requestedExpiresAt) - Date.parse(link.signedAt)).toBe(604_800_000);
    expect(link.limitedBy).toBe('credentials');
    expect(Number(new URL(link.url).searchParams.get('X-Amz-Expires'))).toBeLessThanOrEqual(
      QUARTER_OF_AN_HOUR,
    );
    expect((await curl(link.url)).status).toBe(200);
  });

  test('are named as what limits the link', async () => {
    const { stderr } = await sandglass.run(share, { env: withEnd() });
    expect(stderr).toMatch(/ends in 1[45] min.*, with the credentials that signed it; you asked for/);
  });

  test('do not make eight days possible: that is refused whatever signs', async () => {
    const { code, stderr } = await sandglass.run([...share.slice(0, -1), '8d'], { env: withEnd() });
    expect(code).toBe(2);
    expect(stderr).toMatch(/lives 7 days .* at the most.*Ask for 1 second to 7 days/);
  });

  test('that do not tell their end are said not to', async () => {
    const { code, stderr } = await sandglass.run(share, { env: inEnvironment() });
    expect(code).toBe(0);
    expect(stderr).toContain('or with its session token, which does not tell when that is');
  });

  test('come from a profile whose process prints them', async () => {
    const printed = {
      Version: 1,
      AccessKeyId: token.accessKeyId,
      SecretAccessKey: token.secretAccessKey,
      SessionToken: token.sessionToken,
      Expiration: token.expiration.toISOString(),
    };
    await writeFile(join(sandglass.home, 'printed.json'), JSON.stringify(printed));
    await configure(`[profile printed]\ncredential_process = cat ${sandglass.home}/printed.json\n`);
    const link = await sandglass.link([...share, '--profile', 'printed']);
    expect(Date.parse(link.expiresAt)).toBe(Math.floor(token.expiration.getTime() / 1000) * 1000);
    expect((await sandglass.run(['copy', link.id])).stdout).toBe(`${link.url}\n`);
  });

  test('come from a profile that assumes a role, and a link of theirs is not copied once they are renewed', async () => {
    await configure(
      `[profile owner]\naws_access_key_id = ${owner.accessKeyId}\naws_secret_access_key = ${owner.secretAccessKey}\n` +
        `[profile role]\nrole_arn = ${roleArn}\nsource_profile = owner\nduration_seconds = 900\nregion = us-east-1\n`,
    );
    const env = { AWS_ENDPOINT_URL_STS: endpoint };
    const link = await sandglass.link([...share, '--profile', 'role'], { env });
    expect(link.limitedBy).toBe('credentials');
    expect((await curl(link.url)).status).toBe(200);
    const copy = await sandglass.run(['copy', link.id], { env });
    expect(copy).toMatchObject({ code: 3, stdout: '' });
    expect(copy.stderr).toMatch(
      new RegExp(`The key that signed this link is gone.*sandglass extend ${link.id}`),
    );
    expect((await sandglass.link(['extend', link.id], { env })).url).not.toBe(link.url);
  });

  async function configure(text: string): Promise<void> {
    await mkdir(join(sandglass.home, '.aws'), { recursive: true });
    await writeFile(join(sandglass.home, '.aws/config'), text);
  }
});
