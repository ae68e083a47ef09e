import { describe, expect, it } from 'vitest';
import { bucketLocation } from '../../../src/main/signing/location.ts';
import { presign, type Signable } from '../../../src/main/signing/presigner.ts';
import { s3Client } from '../../../src/main/signing/s3-client.ts';
import { ServerClock } from '../../../src/main/signing/server-clock.ts';

const KEYS = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' };
const AT = { bucket: 'films', key: 'my film.mp4' };
const STORED = { contentType: 'video/mp4', contentDisposition: 'attachment', uploadMark: 'm4rk' };
const PUT = {
  ...{ verb: 'put-object', ...AT, size: 1000, md5: '1B2M2Y8AsgTpgAmY7PhCfg==', neverOverwrite: false },
  headers: {
    ...STORED,
    tags: { team: 'a & b', 'due/at': '50%' },
    metadata: { origin: 'camera 1' },
    cacheControl: 'private, max-age=60',
  },
} as const satisfies Signable;
const INVITE = { verb: 'invite-put', ...AT, contentType: 'video/mp4', neverOverwrite: true } as const;

async function signed(signable: Signable) {
  const location = bucketLocation(AT.bucket, {}, 'eu-west-1');
  const client = s3Client(location, KEYS, new ServerClock({ now: () => 0 }));
  const moment = { signedAt: Date.UTC(2026, 6, 1, 12), expiresInSeconds: 3600 };
  const { url, headers } = await presign(client, signable, moment);
  const query = new URL(url).searchParams;
  return { headers, query, names: query.get('X-Amz-SignedHeaders')?.split(';'), url };
}

describe('a link that chooses the headers of its answer', () => {
  it('has them in its query, where they are signed', async () => {
    const overrides = {
      ...{ contentDisposition: 'inline; filename="a, b.txt"', contentType: 'text/plain' },
      ...{ cacheControl: 'no-store', contentLanguage: 'de', contentEncoding: 'gzip' },
      cachedUntil: Date.UTC(2026, 6, 2),
    };
    const { query, headers, names } = await signed({ verb: 'get-object', ...AT, overrides });
    expect(Object.fromEntries([...query].filter(([name]) => name.startsWith('response-')))).toEqual({
      'response-content-disposition': 'inline; filename="a, b.txt"',
      'response-content-type': 'text/plain',
      'response-cache-control': 'no-store',
      'response-content-language': 'de',
      'response-content-encoding': 'gzip',
      'response-expires': 'Thu, 02 Jul 2026 00:00:00 GMT',
    });
    expect([headers, names]).toEqual([{}, ['host']]);
  });

  it('has another signature for each of them', async () => {
    const links = await Promise.all(
      [
        undefined,
        { contentType: 'text/plain' },
        { contentType: 'text/html' },
        { cacheControl: 'no-store' },
      ].map((overrides) => signed({ verb: 'get-object', ...AT, overrides })),
    );
    expect(new Set(links.map(({ query }) => query.get('X-Amz-Signature'))).size).toBe(4);
  });

  it('that chooses none is the link without the choice, letter for letter', async () => {
    const plain = await signed({ verb: 'get-object', ...AT });
    expect((await signed({ verb: 'get-object', ...AT, overrides: {} })).url).toBe(plain.url);
  });
});

describe('tags and metadata of an upload', () => {
  it('are headers, and nothing of them stands in the query', async () => {
    const { headers, query } = await signed(PUT);
    expect(headers).toMatchObject({
      'x-amz-tagging': 'team=a%20%26%20b&due%2Fat=50%25',
      'x-amz-meta-origin': 'camera 1',
      'cache-control': 'private, max-age=60',
      'x-amz-meta-sandglass-upload': 'm4rk',
    });
    expect([...query.keys()].filter((name) => /^x-amz-(tagging|meta)/i.test(name))).toEqual([]);
  });

  it('are signed, each of them', async () => {
    const { headers, names } = await signed(PUT);
    expect(names).toEqual([...Object.keys(headers), 'host'].sort());
    const others = [
      { ...PUT.headers, tags: { team: 'b' } },
      { ...PUT.headers, metadata: { origin: 'camera 2' } },
      { ...PUT.headers, cacheControl: 'no-store' },
    ];
    const all = await Promise.all(
      [PUT.headers, ...others].map((given) => signed({ ...PUT, headers: given })),
    );
    expect(new Set(all.map(({ query }) => query.get('X-Amz-Signature'))).size).toBe(4);
  });

  it('that are not given add nothing', async () => {
    const { headers } = await signed({ ...PUT, headers: STORED });
    expect(Object.keys(headers)).not.toContain('x-amz-tagging');
    expect(Object.keys(headers)).not.toContain('cache-control');
  });
});

describe('a link for somebody else’s upload', () => {
  it('signs the type and the condition, and leaves size and bytes open', async () => {
    const { headers, names } = await signed(INVITE);
    expect(headers).toEqual({ 'content-type': 'video/mp4', 'if-none-match': '*' });
    expect(names).toEqual(['content-type', 'host', 'if-none-match']);
  });

  it('that takes any type and may overwrite signs the host alone', async () => {
    const { headers, names } = await signed({ ...INVITE, contentType: null, neverOverwrite: false });
    expect([headers, names]).toEqual([{}, ['host']]);
  });

  it('carries no checksum of a body that nobody has seen', async () => {
    expect((await signed(INVITE)).url).not.toMatch(/AAAAAA|checksum|crc32/i);
  });
});
