import * as S3 from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { describe, expect, it } from 'vitest';
import { inspectPresignedUrl } from '../../../src/shared/presigned-url.ts';

const SIGNED_AT = Date.UTC(2013, 4, 24);
const DAY = 86_400_000;
const SIGNATURE = 'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404';

/** The worked example of "Authenticating Requests: Using Query Parameters" in the S3 API reference. */
const V4_EXAMPLE =
  'https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256' +
  '&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request' +
  '&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host' +
  `&X-Amz-Signature=${SIGNATURE}`;

/** The example of "Appendix: Authenticating requests (AWS signature version 2)". */
const V2_EXAMPLE =
  'https://amzn-s3-demo-bucket.s3.amazonaws.com/object.txt?AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE' +
  '&Signature=vjbyNxybdZaMmLa%2ByT372YEAiv4%3D&Expires=1741978496';

const inspect = (text: string, nowMs = SIGNED_AT) => inspectPresignedUrl(text, nowMs);
const edited = (from: string | RegExp, to: string) => V4_EXAMPLE.replace(from, to);

describe('a worked example of AWS’s', () => {
  it('of Version 4 is read in full, and found sound', () => {
    expect(inspect(V4_EXAMPLE)).toMatchObject({
      signature: 'v4',
      bucket: 'examplebucket',
      key: 'test.txt',
      host: 'examplebucket.s3.amazonaws.com',
      region: 'us-east-1',
      provider: 'AWS',
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      mayEndEarlier: null,
      overrides: {},
      versionId: null,
      state: { kind: 'live', remainingSeconds: 86_400 },
      problems: [],
    });
  });

  it('of Version 2 has no fault but its age', () => {
    expect(inspect(V2_EXAMPLE, 1_741_978_495_000)).toMatchObject({
      signature: 'v2',
      bucket: 'amzn-s3-demo-bucket',
      key: 'object.txt',
      state: { kind: 'live', remainingSeconds: 1 },
      problems: [expect.stringContaining('24 June 2020')],
    });
  });

  it('of Version 2 has no fault at all on a store that still speaks it', () => {
    const own = V2_EXAMPLE.replace('amzn-s3-demo-bucket.s3.amazonaws.com', 's3.wasabisys.com/photos');
    expect(inspect(own).problems).toEqual([]);
  });
});

describe('a link’s state', () => {
  it.each([
    ['in its first second', SIGNED_AT, { kind: 'live', remainingSeconds: 86_400 }],
    ['a moment before its end', SIGNED_AT + DAY - 1, { kind: 'live', remainingSeconds: 1 }],
    ['at its very end', SIGNED_AT + DAY, { kind: 'ended', sinceSeconds: 0 }],
    ['an hour and a half second after', SIGNED_AT + DAY + 3_600_500, { kind: 'ended', sinceSeconds: 3600 }],
    ['with a clock 15 minutes behind', SIGNED_AT - 900_000, { kind: 'live', remainingSeconds: 87_300 }],
    ['with a clock a second more behind', SIGNED_AT - 901_000, { kind: 'not-yet-valid', inSeconds: 1 }],
    ['a day too early', SIGNED_AT - DAY, { kind: 'not-yet-valid', inSeconds: 85_500 }],
  ])('%s is as it says', (_, now, state) => {
    expect(inspect(V4_EXAMPLE, now).state).toEqual(state);
  });

  it('is unknown where the link gives no end', () => {
    expect(inspect(edited('=86400', '=soon')).state).toEqual({ kind: 'unknown' });
  });
});

describe('a link that the AWS SDK presigns', () => {
  const Bucket = 'photos';
  const Key = 'cat.jpg';
  const client = (config: S3.S3ClientConfig = {}) =>
    new S3.S3Client({
      region: 'eu-central-1',
      credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI' },
      ...config,
    });
  const options = { signingDate: new Date(SIGNED_AT), expiresIn: 3600 };
  const signedGet = (config: S3.S3ClientConfig, bucket = Bucket) =>
    getSignedUrl(client(config), new S3.GetObjectCommand({ Bucket: bucket, Key }), options);

  const R2 = 'https://0123456789abcdef0123456789abcdef.eu.r2.cloudflarestorage.com';
  it.each<[string, S3.S3ClientConfig, object]>([
    ['AWS', {}, { provider: 'AWS', region: 'eu-central-1' }],
    ['AWS by path', { forcePathStyle: true }, { addressing: 'path' }],
    ['AWS’s accelerator', { useAccelerateEndpoint: true }, { region: 'eu-central-1' }],
    ['R2', { endpoint: R2, region: 'auto' }, { provider: 'Cloudflare R2', region: 'auto' }],
    // As DigitalOcean's own guide has it.
    ['Spaces', { endpoint: 'https://nyc3.digitaloceanspaces.com', region: 'us-east-1' }, { region: 'nyc3' }],
    ['MinIO', { endpoint: 'http://[::1]:9000', forcePathStyle: true }, { host: '[::1]:9000' }],
  ])('for %s is read, and found sound', async (_, config, told) => {
    expect(inspect(await signedGet(config))).toMatchObject({
      ...told,
      bucket: Bucket,
      key: Key,
      service: 's3',
      method: { name: 'GET', certain: true },
      signedAt: SIGNED_AT,
      expiresAt: SIGNED_AT + 3_600_000,
      demandedHeaders: [],
      problems: [],
    });
  });

  it('for an outpost is signed for a service of its own, and sound', async () => {
    const bucket = 'arn:aws:s3-outposts:eu-central-1:123456789012:outpost/op-01ac5d28/accesspoint/reports';
    const command = new S3.GetObjectCommand({ Bucket: bucket, Key });
    const url = await getSignedUrl(client(), command, { ...options, signingRegion: 'eu-central-1' });
    expect(inspect(url)).toMatchObject({ bucket, service: 's3-outposts', problems: [] });
  });

  it('tells which version it gives, and what it makes S3 answer with', async () => {
    const ResponseContentDisposition = 'attachment; filename="a+b, c.jpg"';
    const command = new S3.GetObjectCommand({ Bucket, Key, VersionId: 'v.1+2', ResponseContentDisposition });
    const { versionId, overrides } = inspect(await getSignedUrl(client(), command, options));
    expect(versionId).toBe('v.1+2');
    expect(overrides).toEqual({ 'response-content-disposition': ResponseContentDisposition });
  });

  it('for one part tells the part, the upload and the header it demands', async () => {
    const part = { PartNumber: 7, UploadId: 'VXBsb2FkIElE', ContentLength: 5_242_880 };
    const url = await getSignedUrl(client(), new S3.UploadPartCommand({ Bucket, Key, ...part }), options);
    expect(inspect(url)).toMatchObject({
      method: { name: 'PUT', certain: true },
      partNumber: '7',
      uploadId: 'VXBsb2FkIElE',
      demandedHeaders: ['content-length'],
    });
  });

  it('for an upload that must not overwrite is a PUT with its headers, and for HEAD does not say', async () => {
    const put = new S3.PutObjectCommand({ Bucket, Key, IfNoneMatch: '*', ContentLength: 9 });
    const { method, demandedHeaders } = inspect(await getSignedUrl(client(), put, options));
    expect(method).toMatchObject({ name: 'PUT', certain: true });
    expect(demandedHeaders).toEqual(['content-length', 'if-none-match']);
    const head = new S3.HeadObjectCommand({ Bucket, Key });
    expect(inspect(await getSignedUrl(client(), head, options)).method.certain).toBe(false);
  });

  it('with a session token is warned of, and shows neither it nor the signature', async () => {
    const sessionToken = 'FwoGZXIvYXdzEXAMPLE+TOKEN//with/odd=characters==';
    const credentials = { accessKeyId: 'ASIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalr', sessionToken };
    const url = await signedGet({ credentials });
    const report = inspect(url);
    expect(report).toMatchObject({ hasSessionToken: true, accessKeyKind: 'temporary', problems: [] });
    expect(report.mayEndEarlier).toContain('temporary credentials');
    expect(JSON.stringify(report)).not.toContain(new URL(url).searchParams.get('X-Amz-Signature'));
    expect(JSON.stringify(report)).not.toContain('EXAMPLE+TOKEN');
  });
});

describe('pasting', () => {
  it.each([
    ['white space', `  ${V4_EXAMPLE}\n`],
    ['angle brackets', `<${V4_EXAMPLE}>`],
    ['double quotes', `"${V4_EXAMPLE}"`],
    ['typographic quotes', `“${V4_EXAMPLE}”`],
    ['single quotes and a space', `'${V4_EXAMPLE}' `],
    ['line breaks within', V4_EXAMPLE.replaceAll('&', '\r\n  &')],
    ['a host in capitals', edited('examplebucket.s3.amazonaws.com', 'ExampleBucket.S3.AmazonAWS.com')],
  ])('with %s changes nothing', (_, text) => {
    expect(inspect(text)).toEqual(inspect(V4_EXAMPLE));
  });

  it.each([
    ['HTML', V4_EXAMPLE.replaceAll('&', '&amp;')],
    ['JSON', V4_EXAMPLE.replaceAll('&', '\\u0026')],
    ['a shell', V4_EXAMPLE.replace(/[?&=]/g, '\\$&')],
  ])('out of %s is read all the same, and told of', (_, text) => {
    const { problems, ...report } = inspect(text);
    expect({ ...report, problems: [] }).toEqual(inspect(V4_EXAMPLE));
    expect(problems).toEqual([expect.stringContaining('must each become “&”')]);
  });
});

describe('a problem is told where', () => {
  it.each<[string, string, string]>([
    ['it is not S3’s', edited('%2Fs3%2F', '%2Fsts%2F'), 'another service'],
    ['the regions differ', edited('s3.a', 's3.eu-west-1.a'), 'for us-east-1, but its host is in eu-west-1'],
    ['Version 4A is called for', edited('bucket.s3', '.mrap.accesspoint.s3-global'), 'Version 4A'],
    ['a temporary key has no token', edited('AKIA', 'ASIA'), 'no session token'],
    ['it goes over http', edited('https:', 'http:'), 'plain http'],
    ['a # cuts it', `${V4_EXAMPLE}#page=2`, '%23'],
    ['there is a space in it', edited('test.txt', 'my test.txt'), '%20'],
    ['its query has a broken escape', `${V4_EXAMPLE}&note=100%`, '“%”'],
    ['its path has a bare plus', edited('test', 'te+st'), '%2B'],
    ['its signature is cut', V4_EXAMPLE.slice(0, -10), '54 characters'],
  ])('%s', (_, url, problem) => {
    expect(inspect(url).problems).toEqual([expect.stringContaining(problem)]);
  });

  it('several things are wrong: each is told', () => {
    expect(inspect(edited('https:', 'http:').replace('=86400', '=0').slice(0, -1)).problems).toHaveLength(3);
  });
});

describe('the report never holds the signature', () => {
  it.each([
    ['after a lost “&”', edited('&X-Amz-Signature', 'X-Amz-Signature')],
    ['inside the scope', edited(/request&.*&X-Amz-Sig/, 'requestX-Amz-Sig')],
    ['inside a version id', edited('&X-Amz-Signature', '&versionId=3X-Amz-Signature')],
    ['inside an override', edited('&X-Amz-Signature', '&response-content-type=a%26X-Amz-Signature')],
    ['inside an upload id, escaped', edited('&X-Amz-Signature=', '&uploadId=3%26X-Amz-Signature%3D')],
    ['inside the key', edited('/test.txt', `/test.txt%3FX-Amz-Signature%3D${SIGNATURE}`)],
    ['given twice', `${V4_EXAMPLE}&X-Amz-Signature=${SIGNATURE}`],
    ['in other capitals', edited('X-Amz-Signature', 'x-amz-signature')],
  ])('%s', (_, url) => {
    expect(url).toContain(SIGNATURE);
    expect(JSON.stringify(inspect(url))).not.toContain(SIGNATURE.slice(0, 20));
  });

  it('nor a token that a lost “&” left inside another value', () => {
    const report = inspect(`${V4_EXAMPLE}&versionId=3X-Amz-Security-Token=FwoGZX+tail/of=token`);
    expect(report.versionId).toBe('3X-Amz-Security-Token=…');
  });

  it('while a key that merely speaks of signatures is shown whole', () => {
    expect(inspect(edited('test.txt', 'signature%3Dvalid.txt')).key).toBe('signature=valid.txt');
  });
});

describe('a text is refused', () => {
  it.each([
    ['', 'not a link'],
    ['photos/cat.jpg', 'not a link'],
    ['ftp://example.com/cat.jpg', 'not a link'],
    ['https://', 'not a link'],
    ['https://[broken/cat.jpg?X-Amz-Signature=secret', 'not a link'],
    ['s3://photos/cat.jpg', 'names an object'],
    ['https://photos.s3.amazonaws.com/cat.jpg', 'not presigned'],
    ['https://photos.s3.amazonaws.com/cat.jpg?versionId=secret&Expires=1', 'not presigned'],
    ['https://d1.cloudfront.net/cat.jpg?Expires=1&Signature=secret&Key-Pair-Id=K', 'CloudFront'],
    ['https://storage.googleapis.com/b/k?X-Goog-Signature=secret', 'Google'],
    ['https://storage.googleapis.com/b/k?GoogleAccessId=me&Expires=1&Signature=secret', 'Google'],
    ['https://a.blob.core.windows.net/c/b?sv=2024&sig=secret', 'Azure'],
  ])('“%s”: %s', (text, message) => {
    const next = expect.stringMatching(/^(?!.*secret).+/) as string;
    expect(() => inspect(text)).toThrow(expect.objectContaining({ code: 'bad-usage', next }));
    expect(() => inspect(text)).toThrow(message);
    expect(() => inspect(text)).not.toThrow('secret');
  });
});
