import { createHash } from 'node:crypto';
import { GetObjectTaggingCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { beforeAll, expect, test } from 'vitest';
import { BucketObject } from '../../src/main/signing/bucket-object.ts';
import { ObjectTags } from '../../src/main/signing/object-tags.ts';
import { presign, type ObjectHeaders } from '../../src/main/signing/presigner.ts';
import { uploadUnderWay } from '../servers/multipart-upload.ts';
import { ask, refusalAt } from '../servers/probe.ts';
import { expected } from '../servers/rgw-differences.ts';
import { describeOnBothServers } from '../servers/s3-servers.ts';

const BODY = 'hello';
const MD5 = createHash('md5').update(BODY).digest('base64');
const PLAIN: ObjectHeaders = {
  ...{ contentType: 'text/plain', contentDisposition: 'attachment', uploadMark: 'm4rk' },
};
const HEADERS: ObjectHeaders = {
  ...PLAIN,
  tags: { 'team/name': 'a @ b', 'due at': 'to-morrow', größe: '5 + 5 = 10' },
  metadata: { origin: 'camera 1' },
  cacheControl: 'private, max-age=60',
};
const STORED = {
  ContentType: 'text/plain',
  CacheControl: 'private, max-age=60',
  Metadata: { origin: 'camera 1', 'sandglass-upload': 'm4rk' },
};

describeOnBothServers('Tags and metadata', (server) => {
  let bucket = '';

  beforeAll(async () => {
    bucket = await server.freshBucket();
  });

  const signed = (key: string, headers = HEADERS) => {
    const put = { verb: 'put-object', bucket, key, size: BODY.length, md5: MD5, headers } as const;
    const moment = { signedAt: Date.now(), expiresInSeconds: 60 };
    return presign(server.client, { ...put, neverOverwrite: false }, moment);
  };

  const tagsOf = async (Key: string): Promise<Record<string, string>> => {
    const { TagSet = [] } = await server.client.send(new GetObjectTaggingCommand({ Bucket: bucket, Key }));
    return Object.fromEntries(TagSet.map(({ Key: name, Value: value }) => [name ?? '', value ?? '']));
  };

  test('that are signed into a PUT are stored with its object', async () => {
    const { url, headers } = await signed('put');
    expect((await ask(url, { method: 'PUT', headers: { ...headers }, body: BODY })).status).toBe(200);
    expect(await tagsOf('put')).toEqual(HEADERS.tags);
    expect(await server.client.send(new HeadObjectCommand({ Bucket: bucket, Key: 'put' }))).toMatchObject(
      STORED,
    );
  });

  test.each(['x-amz-tagging', 'x-amz-meta-origin', 'cache-control'])(
    'are refused where %s is changed or left out',
    async (name) => {
      const { url, headers } = await signed('tampered');
      const others = Object.fromEntries(Object.entries(headers).filter(([other]) => other !== name));
      const changed = { ...headers, [name]: 'other=1' };
      for (const sent of [others, changed]) {
        const refused = await refusalAt(url, { method: 'PUT', headers: sent, body: BODY });
        expect(refused.status).toBe(403);
      }
    },
  );

  test('that a multipart upload begins with are those of its object', async () => {
    const object = new BucketObject(() => Promise.resolve(server.client), bucket, 'parts');
    const UploadId = await object.createUpload(HEADERS);
    const upload = uploadUnderWay(server, { Bucket: bucket, Key: 'parts', UploadId });
    await upload.complete([await upload.part(1, BODY)]);
    const keeps = expected(server, 'whether a multipart upload keeps its tags');
    expect(await tagsOf('parts')).toEqual(keeps ? HEADERS.tags : {});
    expect(await upload.head()).toMatchObject(STORED);
  });

  test('that are put later take the place of all that there were', async () => {
    const { url, headers } = await signed('later');
    await ask(url, { method: 'PUT', headers: { ...headers }, body: BODY });
    const object = new ObjectTags(() => Promise.resolve(server.client), bucket, 'later');
    const tags = { größe: '5 + 5 = 10', 'due at': ' to-morrow @ noon' };
    await object.write(tags);
    expect([await tagsOf('later'), await object.read()]).toEqual([tags, tags]);
    await object.write({});
    expect(await object.read()).toEqual({});
  });

  test('are not put where there is no object, or where S3 does not take them', async () => {
    const client = () => Promise.resolve(server.client);
    await expect(new ObjectTags(client, bucket, 'nobody').write({ a: '1' })).rejects.toMatchObject({
      code: 'no-such-key',
    });
    await ask((await signed('strict', PLAIN)).url, {
      ...{ method: 'PUT', headers: { ...(await signed('strict', PLAIN)).headers }, body: BODY },
    });
    const eleven = Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`t${n}`, '1']));
    const strict = new ObjectTags(client, bucket, 'strict');
    await expect(strict.write(eleven)).rejects.toMatchObject({ code: 'refused' });
    expect(await strict.read()).toEqual({});
  });

  test('are not there where none were given', async () => {
    const { url, headers } = await signed('plain', PLAIN);
    await ask(url, { method: 'PUT', headers: { ...headers }, body: BODY });
    expect(await tagsOf('plain')).toEqual({});
  });
});
