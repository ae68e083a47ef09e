import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Credentials } from '../../../src/main/credentials/credentials.ts';
import { bucketLocation, type Endpoint } from '../../../src/main/signing/location.ts';
import { presign, type Signable, type SigningMoment } from '../../../src/main/signing/presigner.ts';
import { s3Client } from '../../../src/main/signing/s3-client.ts';
import { ServerClock } from '../../../src/main/signing/server-clock.ts';

const KEYS: Credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const MOMENT: SigningMoment = { signedAt: Date.UTC(2026, 6, 1, 12), expiresInSeconds: 3600 };
const AT = { bucket: 'films', key: '2026-07-01/r4nd0m/my film.mp4' };
const MD5 = '1B2M2Y8AsgTpgAmY7PhCfg==';

const GET: Signable = { verb: 'get-object', ...AT };
const PART: Signable = { verb: 'upload-part', ...AT, uploadId: 'u/1+', partNumber: 7, size: 1000, md5: MD5 };
const PUT = {
  verb: 'put-object',
  ...AT,
  size: 1000,
  md5: MD5,
  headers: {
    contentType: 'video/mp4',
    contentDisposition: 'attachment; filename="f.mp4"',
    uploadMark: 'm4rk',
  },
  neverOverwrite: false,
} as const satisfies Signable;
const ALL = [GET, PART, PUT, { ...PUT, neverOverwrite: true }] as const;

function sign(signable: Signable, moment = MOMENT, endpoint: Endpoint = {}, keys = KEYS) {
  const client = s3Client(
    bucketLocation(AT.bucket, endpoint, 'eu-west-1'),
    keys,
    new ServerClock({ now: () => 0 }),
  );
  return presign(client, signable, moment);
}

async function signedUrl(...args: Parameters<typeof sign>): Promise<URL> {
  return new URL((await sign(...args)).url);
}

const signedHeaders = (url: URL) => url.searchParams.get('X-Amz-SignedHeaders')?.split(';');

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('a presigned URL', () => {
  it('is the same, letter for letter, at the same signing date', async () => {
    for (const signable of ALL) {
      expect((await sign(signable)).url).toBe((await sign(signable)).url);
    }
  });

  it('is another a second later, for another life and for another key', async () => {
    const urls = [
      await sign(GET),
      await sign(GET, { ...MOMENT, signedAt: MOMENT.signedAt + 1000 }),
      await sign(GET, { ...MOMENT, expiresInSeconds: 3601 }),
      await sign({ ...GET, key: 'another' }),
      await sign(GET, MOMENT, {}, { ...KEYS, secretAccessKey: 'another' }),
    ].map(({ url }) => url);
    expect(new Set(urls).size).toBe(urls.length);
  });

  it('says when it was signed and how long it lives', async () => {
    const { searchParams } = await signedUrl(GET);
    expect(searchParams.get('X-Amz-Date')).toBe('20260701T120000Z');
    expect(searchParams.get('X-Amz-Expires')).toBe('3600');
    expect(searchParams.get('X-Amz-Algorithm')).toBe('AWS4-HMAC-SHA256');
    expect(searchParams.get('X-Amz-Credential')).toBe(
      `${KEYS.accessKeyId}/20260701/eu-west-1/s3/aws4_request`,
    );
  });

  it.each(ALL)('for $verb carries no checksum, which R2, B2 and others would refuse', async (signable) => {
    const { url, headers } = await sign(signable);
    expect(`${url} ${JSON.stringify(headers)}`).not.toMatch(/AAAAAA|checksum|crc32/i);
  });

  it.each(ALL)('for $verb holds no secret key, and names the bucket for a refusal', async (signable) => {
    const { url, bucket } = await sign(signable);
    expect(decodeURIComponent(url)).not.toContain(KEYS.secretAccessKey);
    expect(bucket).toBe('films');
  });

  it('holds the session token where there is one', async () => {
    const url = await signedUrl(GET, MOMENT, {}, { ...KEYS, sessionToken: 't0ken' });
    expect(url.searchParams.get('X-Amz-Security-Token')).toBe('t0ken');
  });

  it.each([0, -1, NaN, 1.5, 604_801, Infinity])('cannot live %d seconds', async (expiresInSeconds) => {
    for (const signable of ALL) {
      await expect(sign(signable, { ...MOMENT, expiresInSeconds })).rejects.toMatchObject({
        code: 'expiry-invalid',
      });
    }
  });
});

describe('the address of a presigned URL', () => {
  it.each([
    [{}, 'https://films.s3.eu-west-1.amazonaws.com/'],
    [{ pathStyle: true }, 'https://s3.eu-west-1.amazonaws.com/films/'],
    [{ url: 'http://127.0.0.1:9000' }, 'http://127.0.0.1:9000/films/'],
    [{ url: 'https://minio.example.org', pathStyle: false }, 'https://films.minio.example.org/'],
    [{ url: 'https://example.org/s3/' }, 'https://example.org/s3/films/'],
  ])('at %j begins with %s', async (endpoint, start) => {
    const { url } = await sign(GET, MOMENT, endpoint);
    expect(url.slice(0, url.indexOf('?'))).toBe(`${start}2026-07-01/r4nd0m/my%20film.mp4`);
  });

  it('is bent by nothing around the process', async () => {
    const straight = await sign(GET);
    const elsewhere = 'https://elsewhere.example.org';
    vi.stubEnv('AWS_ENDPOINT_URL', elsewhere);
    vi.stubEnv('AWS_ENDPOINT_URL_S3', elsewhere);
    vi.stubEnv('AWS_USE_FIPS_ENDPOINT', 'true');
    vi.stubEnv('AWS_USE_DUALSTACK_ENDPOINT', 'true');
    vi.stubEnv('AWS_REGION', 'us-west-2');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAELSEWHERE');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'elsewhere');
    vi.stubEnv('AWS_SESSION_TOKEN', 'elsewhere');
    expect((await sign(GET)).url).toBe(straight.url);
  });

  it.each([
    ['café/日本.txt', 'caf%C3%A9/%E6%97%A5%E6%9C%AC.txt'],
    ["a+b&c=d?e#f%41 (g)!'*~.txt", 'a%2Bb%26c%3Dd%3Fe%23f%2541%20%28g%29%21%27%2A~.txt'],
  ])('escapes the key %j', async (key, path) => {
    expect((await signedUrl({ ...GET, key })).pathname).toBe(`/${path}`);
  });
});

describe('what is signed', () => {
  it('of a link is the host alone, so that a browser can open it', async () => {
    const { headers } = await sign(GET);
    expect(headers).toEqual({});
    expect(signedHeaders(await signedUrl(GET))).toEqual(['host']);
  });

  it('of a part is its length and its MD5, its number and its upload', async () => {
    const { headers } = await sign(PART);
    expect(headers).toEqual({ 'content-length': '1000', 'content-md5': MD5 });
    const url = await signedUrl(PART);
    expect(signedHeaders(url)).toEqual(['content-length', 'content-md5', 'host']);
    expect([url.searchParams.get('partNumber'), url.searchParams.get('uploadId')]).toEqual(['7', 'u/1+']);
  });

  it('of a PUT is all that is stored with the object, and none of it stands in the query', async () => {
    const { headers } = await sign(PUT);
    expect(headers).toEqual({
      'content-length': '1000',
      'content-md5': MD5,
      'content-type': 'video/mp4',
      'content-disposition': 'attachment; filename="f.mp4"',
      'x-amz-meta-sandglass-upload': 'm4rk',
    });
    const url = await signedUrl(PUT);
    expect(signedHeaders(url)).toEqual([...Object.keys(headers), 'host'].sort());
    expect(url.search).not.toMatch(/m4rk|video|attachment|x-amz-meta-sandglass-upload=/);
  });

  it('of a PUT that never overwrites is its condition too', async () => {
    const signable = { ...PUT, neverOverwrite: true };
    expect((await sign(signable)).headers['if-none-match']).toBe('*');
    expect(signedHeaders(await signedUrl(signable))).toContain('if-none-match');
    expect(signedHeaders(await signedUrl(PUT))).not.toContain('if-none-match');
  });

  it.each(ALL)('for $verb is just what must be sent', async (signable) => {
    const { url, headers } = await sign(signable);
    expect(signedHeaders(new URL(url))).toEqual([...Object.keys(headers), 'host'].sort());
  });

  it('changes the signature with every byte of it', async () => {
    const variants: Signable[] = [
      PUT,
      { ...PUT, size: 1001 },
      { ...PUT, md5: 'XUFAKrxLKna5cZ2REBfFkg==' },
      { ...PUT, headers: { ...PUT.headers, contentType: 'video/webm' } },
      { ...PUT, headers: { ...PUT.headers, contentDisposition: 'inline' } },
      { ...PUT, headers: { ...PUT.headers, uploadMark: 'other' } },
    ];
    const signatures = await Promise.all(
      variants.map(async (signable) => (await signedUrl(signable)).searchParams.get('X-Amz-Signature')),
    );
    expect(new Set(signatures).size).toBe(variants.length);
  });
});
