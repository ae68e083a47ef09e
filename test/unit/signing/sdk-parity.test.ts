import type { S3Client } from '@aws-sdk/client-s3';
import {
  GetObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { describe, expect, it } from 'vitest';
import type { Credentials } from '../../../src/main/credentials/credentials.ts';
import { bucketLocation, type Endpoint } from '../../../src/main/signing/location.ts';
import { presign, storedInput, type Signable } from '../../../src/main/signing/presigner.ts';
import { s3Client } from '../../../src/main/signing/s3-client.ts';
import { ServerClock } from '../../../src/main/signing/server-clock.ts';

const KEYS: Credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const MOMENT = { signedAt: Date.UTC(2026, 6, 1, 12), expiresInSeconds: 3600 };
const MD5 = '1B2M2Y8AsgTpgAmY7PhCfg==';
const OUTPOST =
  'arn:aws:s3-outposts:eu-west-1:111122223333:outpost/op-01ac5d28a6a232904/accesspoint/example-access-point';

const PLACES: readonly (readonly [bucket: string, endpoint: Endpoint])[] = [
  ['films', {}],
  ['films.example', {}],
  ['films', { pathStyle: true }],
  ['films', { variants: ['dualstack'] }],
  ['films', { variants: ['accelerate'] }],
  ['films', { variants: ['accelerate', 'dualstack'] }],
  ['films', { url: 'http://127.0.0.1:9000' }],
  ['films', { url: 'https://minio.example.org', pathStyle: false }],
  ['films', { url: 'https://minio.example.org:8443', pathStyle: false }],
  ['films', { url: 'https://example.org/s3/' }],
  ['films', { url: 'https://[::1]:9000/a/b' }],
  ['my-ap-hrzrlukc5m36ft7okagglf3gmwluquse1b-s3alias', {}],
  ['arn:aws:s3:eu-west-1:123456789012:accesspoint/my-ap', {}],
  [OUTPOST, {}],
];
const KEYS_OF_OBJECTS = [
  'k',
  '2026-07-01/r4nd0m/my film.mp4',
  '/a//b/',
  '../a/./b',
  "a+b&c=d?e#f%41 (g)!'*~.txt",
  'café/日本/😀.txt',
] as const;

const HEADERS = {
  contentType: 'video/mp4',
  contentDisposition: 'attachment; filename="f.mp4"',
  cacheControl: 'no-store',
  uploadMark: 'm4rk',
  metadata: { 'made-by': 'two  words' },
  tags: { 'a b': 'c&d', e: 'ü' },
};
const OVERRIDES = {
  contentDisposition: 'inline; filename="é.txt"',
  contentType: 'text/plain; charset=utf-8',
  cacheControl: 'max-age=5',
  contentLanguage: 'de',
  contentEncoding: 'gzip',
  cachedUntil: Date.UTC(2026, 6, 2, 3, 4, 5),
};

function clientAt([bucket, endpoint]: (typeof PLACES)[number], keys = KEYS): S3Client {
  return s3Client(bucketLocation(bucket, endpoint, 'eu-west-1'), keys, new ServerClock({ now: () => 0 }));
}

async function bySdk(client: S3Client, signable: Signable): Promise<string> {
  const { bucket: Bucket, key: Key } = signable;
  const outpost = Bucket === OUTPOST ? { signingRegion: 'eu-west-1' } : {};
  const when = { signingDate: new Date(MOMENT.signedAt), expiresIn: MOMENT.expiresInSeconds, ...outpost };
  const put = (input: Omit<PutObjectCommandInput, 'Bucket' | 'Key'>, names: readonly string[]) =>
    getSignedUrl(client, new PutObjectCommand({ Bucket, Key, ...input }), {
      ...when,
      signableHeaders: new Set(['host', ...names]),
      unhoistableHeaders: new Set(names),
    });
  switch (signable.verb) {
    case 'get-object': {
      const { overrides: { cachedUntil, ...overrides } = {}, versionId: VersionId } = signable;
      const input = {
        ...{ Bucket, Key, VersionId },
        ResponseContentDisposition: overrides.contentDisposition,
        ResponseContentType: overrides.contentType,
        ResponseCacheControl: overrides.cacheControl,
        ResponseContentLanguage: overrides.contentLanguage,
        ResponseContentEncoding: overrides.contentEncoding,
        ResponseExpires: cachedUntil === undefined ? undefined : new Date(cachedUntil),
      };
      return getSignedUrl(client, new GetObjectCommand(input), when);
    }
    case 'put-object': {
      const { size, md5, headers, neverOverwrite } = signable;
      const condition = neverOverwrite ? { IfNoneMatch: '*' } : {};
      const input = { ContentLength: size, ContentMD5: md5, ...storedInput(headers), ...condition };
      const stored = ['x-amz-meta-made-by', 'x-amz-meta-sandglass-upload', 'x-amz-tagging'];
      return put(input, ['content-type', 'cache-control', ...stored]);
    }
    case 'invite-put': {
      const { contentType, neverOverwrite } = signable;
      const condition = neverOverwrite ? { IfNoneMatch: '*' } : {};
      const type = contentType === null ? {} : { ContentType: contentType };
      return put({ ...type, ...condition }, contentType === null ? [] : ['content-type']);
    }
    case 'upload-part': {
      const { uploadId: UploadId, partNumber: PartNumber, size, md5 } = signable;
      const input = { Bucket, Key, UploadId, PartNumber, ContentLength: size, ContentMD5: md5 };
      return getSignedUrl(client, new UploadPartCommand(input), when);
    }
  }
}

function signablesAt(bucket: string, key: string): Signable[] {
  const at = { bucket, key };
  return [
    { verb: 'get-object', ...at },
    { verb: 'get-object', ...at, overrides: OVERRIDES, versionId: 'v/1+ 2' },
    { verb: 'put-object', ...at, size: 1000, md5: MD5, headers: HEADERS, neverOverwrite: false },
    { verb: 'put-object', ...at, size: 0, md5: MD5, headers: HEADERS, neverOverwrite: true },
    { verb: 'invite-put', ...at, contentType: null, neverOverwrite: false },
    { verb: 'invite-put', ...at, contentType: 'image/png', neverOverwrite: true },
    { verb: 'upload-part', ...at, uploadId: 'u/1+ =', partNumber: 7, size: 1000, md5: MD5 },
  ];
}

describe('a presigned URL, beside the one that the SDK makes of the same', () => {
  it.each(PLACES)('is the same, letter for letter, at %s with %j', async (...place) => {
    const client = clientAt(place);
    for (const signable of KEYS_OF_OBJECTS.flatMap((key) => signablesAt(place[0], key))) {
      expect((await presign(client, signable, MOMENT)).url).toBe(await bySdk(client, signable));
    }
  });

  it('is the same with a session token', async () => {
    const client = clientAt(['films', {}], { ...KEYS, sessionToken: 't0k/en+=' });
    for (const signable of signablesAt('films', 'k')) {
      expect((await presign(client, signable, MOMENT)).url).toBe(await bySdk(client, signable));
    }
  });
});
