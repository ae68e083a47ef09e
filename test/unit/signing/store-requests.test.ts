import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as S3 from '@aws-sdk/client-s3';
import type { DeserializeMiddleware, HttpRequest } from '@smithy/types';
import { describe, expect, it } from 'vitest';
import { bucketLocation, firstRegion } from '../../../src/main/signing/location.ts';
import { storedInput } from '../../../src/main/signing/presigner.ts';
import { s3Client } from '../../../src/main/signing/s3-client.ts';
import { ServerClock } from '../../../src/main/signing/server-clock.ts';
import { ACCOUNT, endpointOf, type Store } from './stores.ts';

const AT = { Bucket: 'films', Key: 'a.txt' };
const UPLOAD = { ...AT, UploadId: 'u1' };
const HEADERS = { contentType: 'text/plain', contentDisposition: 'attachment', uploadMark: 'm4rk' };
const RULES = { Rules: [{ ID: 'r', Status: 'Enabled', Filter: { Prefix: 'p' }, Expiration: { Days: 1 } }] };

type Send = (client: S3.S3Client) => Promise<unknown>;

/** Every request that Sandglass sends by the SDK; those that it presigns, which take no command, are `store-region.test.ts`’s. */
const REQUESTS: Readonly<Record<string, Send>> = {
  ListBuckets: (client) => client.send(new S3.ListBucketsCommand({})),
  HeadBucket: (client) => client.send(new S3.HeadBucketCommand({ Bucket: 'films' })),
  ListObjectsV2: (client) => client.send(new S3.ListObjectsV2Command({ Bucket: 'films' })),
  ListObjectVersions: (client) => client.send(new S3.ListObjectVersionsCommand({ Bucket: 'films' })),
  ListMultipartUploads: (client) => client.send(new S3.ListMultipartUploadsCommand({ Bucket: 'films' })),
  GetBucketVersioning: (client) => client.send(new S3.GetBucketVersioningCommand({ Bucket: 'films' })),
  GetBucketLifecycleConfiguration: (client) =>
    client.send(new S3.GetBucketLifecycleConfigurationCommand({ Bucket: 'films' })),
  PutBucketLifecycleConfiguration: (client) => {
    const input = { Bucket: 'films', LifecycleConfiguration: RULES as S3.BucketLifecycleConfiguration };
    return client.send(new S3.PutBucketLifecycleConfigurationCommand(input));
  },
  DeleteBucketLifecycle: (client) => client.send(new S3.DeleteBucketLifecycleCommand({ Bucket: 'films' })),
  GetObject: (client) => client.send(new S3.GetObjectCommand({ ...AT, Range: 'bytes=0-0' })),
  HeadObject: (client) => client.send(new S3.HeadObjectCommand(AT)),
  DeleteObject: (client) => client.send(new S3.DeleteObjectCommand(AT)),
  CreateMultipartUpload: (client) =>
    client.send(new S3.CreateMultipartUploadCommand({ ...AT, ...storedInput(HEADERS) })),
  ListParts: (client) => client.send(new S3.ListPartsCommand(UPLOAD)),
  CompleteMultipartUpload: (client) => {
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag: '"e"' }] };
    return client.send(new S3.CompleteMultipartUploadCommand({ ...UPLOAD, MultipartUpload }));
  },
  AbortMultipartUpload: (client) => client.send(new S3.AbortMultipartUploadCommand(UPLOAD)),
  GetObjectTagging: (client) => client.send(new S3.GetObjectTaggingCommand(AT)),
  PutObjectTagging: (client) => {
    const Tagging = { TagSet: [{ Key: 'a', Value: '1' }] };
    return client.send(new S3.PutObjectTaggingCommand({ ...AT, Tagging }));
  },
};

/** S3 demands a checksum of these documents, and of no other request; B2, which knows none, has neither of the two. */
const CHECKED = ['PutBucketLifecycleConfiguration', 'PutObjectTagging'];

/** The request as it would have gone over the line. */
async function sent(store: Store, send: Send): Promise<HttpRequest> {
  const endpoint = endpointOf(store);
  const location = bucketLocation('films', endpoint, firstRegion(endpoint));
  const keys = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' };
  const client = s3Client(location, keys, new ServerClock({ now: () => Date.UTC(2026, 6, 1) }));
  const caught = Promise.withResolvers<HttpRequest>();
  const net: DeserializeMiddleware<S3.ServiceInputTypes, S3.ServiceOutputTypes> =
    () =>
    ({ request }) => {
      caught.resolve(request as HttpRequest);
      return Promise.reject(new Error('Nothing is sent in this test.'));
    };
  client.middlewareStack.add(net, { step: 'deserialize', priority: 'low', name: 'net' });
  await expect(send(client)).rejects.toThrow('Nothing is sent in this test.');
  return caught.promise;
}

describe.each([
  ['Cloudflare R2', `${ACCOUNT}.r2.cloudflarestorage.com`, 'auto'],
  ['Cloudflare R2 in the EU', `${ACCOUNT}.eu.r2.cloudflarestorage.com`, 'auto'],
  ['Backblaze B2', 's3.eu-central-003.backblazeb2.com', 'eu-central-003'],
  ['Wasabi', 's3.eu-central-1.wasabisys.com', 'eu-central-1'],
  ['DigitalOcean Spaces', 'fra1.digitaloceanspaces.com', 'fra1'],
  ['MinIO', '127.0.0.1', 'us-east-1'],
  ['Ceph RGW', 'rgw.example.org', 'us-east-1'],
  ['OpenStack Swift', 'swift.example.org', 'RegionOne'],
] as const)('at %s', (store, host, region) => {
  it.each(Object.entries(REQUESTS))('%s is sent by path and for the store’s region', async (name, send) => {
    const { hostname, path, headers } = await sent(store, send);
    expect(hostname).toBe(host);
    expect(path).toMatch(name === 'ListBuckets' ? /^\/$/ : /^\/films(\/a\.txt)?\/?$/);
    expect(headers['authorization']?.split('/').slice(2, 4)).toEqual([region, 's3']);
  });

  it.each(Object.entries(REQUESTS))(
    '%s has no ACL, and no checksum that S3 does not demand',
    async (name, send) => {
      const { headers, query = {} } = await sent(store, send);
      const names = [...Object.keys(headers), ...Object.keys(query)].map((each) => each.toLowerCase());
      expect(names.filter((each) => /^(x-amz-(acl|grant-.*)|acl)$/.test(each))).toEqual([]);
      const checksums = names.filter((each) => /checksum|content-md5|trailer/.test(each));
      if (!CHECKED.includes(name)) expect(checksums).toEqual([]);
      expect(headers['content-encoding']).toBeUndefined();
    },
  );
});

it('every command that the main process knows is looked at here', () => {
  const folder = join(import.meta.dirname, '../../../src/main');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const used = new Set(
    files.flatMap((file) => {
      const imports = /import \{([^}]*)\} from '@aws-sdk\/client-s3'/.exec(
        readFileSync(join(folder, file), 'utf8'),
      );
      return [...(imports?.[1] ?? '').matchAll(/\b(\w+)Command\b/g)].map(([, name]) => name);
    }),
  );
  expect([...used].sort()).toEqual(Object.keys(REQUESTS).sort());
});
