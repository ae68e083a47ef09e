import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import type { S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { CephRgwAccess } from '../servers/ceph-rgw.ts';
import { ask, refusalAt, refusalOf } from '../servers/probe.ts';
import { plainClient, removeBucket } from '../servers/s3-servers.ts';

const DENIED = { status: 403, code: 'AccessDenied' };
const Bucket = 'sandglass-people';

const rgw = inject('rgw');
const title = rgw === null ? 'Ceph RGW: skipped, radosgw is not installed here' : 'Ceph RGW';

/** What only a server with several users and a token service can show. */
describe.skipIf(rgw === null)(`People (${title})`, () => {
  // Where the block is skipped, its tests are only counted.
  const { endpoint, accessKeyId, secretAccessKey, roleArn, limited } = rgw ?? ({} as CephRgwAccess);
  const at = { endpoint, region: 'us-east-1' };
  let owner: S3Client;

  beforeAll(async () => {
    owner = plainClient({ ...at, credentials: { accessKeyId, secretAccessKey } });
    await owner.send(new CreateBucketCommand({ Bucket }));
    await owner.send(new PutObjectCommand({ Bucket, Key: 'secret.txt', Body: 'hello' }));
  });

  afterAll(async () => {
    await removeBucket(owner, Bucket);
    owner.destroy();
  });

  const assumeRole = async (DurationSeconds: number) => {
    const sts = new STSClient({ ...at, credentials: { accessKeyId, secretAccessKey } });
    const command = new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'tests', DurationSeconds });
    const { Credentials } = await sts.send(command).finally(() => {
      sts.destroy();
    });
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '', Expiration } = Credentials!;
    const session = {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
    };
    return { session, endsAt: Expiration!.getTime() };
  };

  test('a role gives keys for 900 seconds that sign a link which opens', async () => {
    const { session, endsAt } = await assumeRole(900);
    expect(Math.abs(endsAt - Date.now() - 900_000)).toBeLessThan(10_000);
    const client = plainClient({ ...at, credentials: session });
    const url = await getSignedUrl(client, new GetObjectCommand({ Bucket, Key: 'secret.txt' }), {
      expiresIn: 60,
    });
    expect(await ask(url)).toMatchObject({ status: 200, text: 'hello' });
    const otherToken = url.replace(/(X-Amz-Security-Token=)[^&]*/, '$1bm9uZQ%3D%3D');
    expect((await refusalAt(otherToken)).status).toBe(403);
    client.destroy();
  });

  test('a role is not given for less than 900 seconds', async () => {
    await expect(assumeRole(899)).rejects.toThrow();
  });

  test('somebody without rights is denied reading, writing, listing and making buckets', async () => {
    const stranger = plainClient({ ...at, credentials: limited });
    expect(await refusalOf(stranger.send(new GetObjectCommand({ Bucket, Key: 'secret.txt' })))).toEqual(
      DENIED,
    );
    const written = stranger.send(new PutObjectCommand({ Bucket, Key: 'mine.txt', Body: 'x' }));
    expect(await refusalOf(written)).toEqual(DENIED);
    expect(await refusalOf(stranger.send(new ListObjectsV2Command({ Bucket })))).toEqual(DENIED);
    const made = stranger.send(new CreateBucketCommand({ Bucket: 'sandglass-of-a-stranger' }));
    expect(await refusalOf(made)).toEqual(DENIED);
    stranger.destroy();
  });
});
