import { describe, expect, it } from 'vitest';
import { inspectPresignedUrl } from '../../../src/shared/presigned-url.ts';
import { Query, readSignature, type SignatureFacts } from '../../../src/shared/presigned-query.ts';

const SIGNATURE = 'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404';

/** The worked example of "Authenticating Requests: Using Query Parameters" in the S3 API reference. */
const V4 =
  'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request' +
  `&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=${SIGNATURE}`;

/** The example of "Appendix: Authenticating requests (AWS signature version 2)". */
const V2 =
  'AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=vjbyNxybdZaMmLa%2ByT372YEAiv4%3D&Expires=1741978496';

const V4A =
  'X-Amz-Algorithm=AWS4-ECDSA-P256-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fs3%2Faws4_request' +
  '&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-Region-Set=us-east-1%2Ceu-west-1' +
  `&X-Amz-SignedHeaders=host&X-Amz-Signature=${'3045'.repeat(35)}`;

function facts(query: string): SignatureFacts {
  const found = readSignature(new Query(query));
  if (found === null) throw new Error('No signature was found.');
  return found;
}

describe('a query', () => {
  it('finds a name whatever its case, and tells when it is misspelled or repeated', () => {
    const query = new Query('x-amz-date=1&versionId=a&versionId=b');
    expect(query.value('X-Amz-Date')).toBe('1');
    expect(query.misspells('X-Amz-Date')).toBe(true);
    expect(query.repeats('X-Amz-Date')).toBe(false);
    expect(query.value('versionId')).toBe('a');
    expect(query.misspells('versionId')).toBe(false);
    expect(query.repeats('versionId')).toBe(true);
  });

  it('keeps a value’s own equals signs, and knows a name without any', () => {
    const query = new Query('&uploads&token=a=b==&');
    expect(query.names()).toEqual(['uploads', 'token']);
    expect(query.value('uploads')).toBe('');
    expect(query.value('token')).toBe('a=b==');
    expect(query.value('absent')).toBeNull();
    expect(query.has('absent')).toBe(false);
  });

  it('reads both ways of writing a space, and leaves broken escapes as they are', () => {
    expect(new Query('a=b+c%20d%2Be').value('a')).toBe('b c d+e');
    const broken = new Query('a=100%&b=2');
    expect([broken.malformed, broken.value('a'), broken.value('b')]).toEqual([true, '100%', '2']);
    expect(new Query('a=100%25').malformed).toBe(false);
  });
});

describe('a signature', () => {
  it('of Version 4 tells who signed what, where and for how long', () => {
    expect(facts(V4)).toEqual({
      signature: 'v4',
      service: 's3',
      signedRegion: 'us-east-1',
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      accessKeyKind: 'long-lived',
      hasSessionToken: false,
      signedAt: Date.UTC(2013, 4, 24),
      expiresAt: Date.UTC(2013, 4, 25),
      lifetimeSeconds: 86_400,
      demandedHeaders: [],
      problems: [],
    });
  });

  it('of Version 2 tells its end alone', () => {
    const expiresAt = Date.UTC(2025, 2, 14, 18, 54, 56);
    const untold = { signedRegion: null, signedAt: null, lifetimeSeconds: null, demandedHeaders: [] };
    expect(facts(V2)).toMatchObject({ signature: 'v2', service: 's3', expiresAt, ...untold, problems: [] });
  });

  it('of Version 4A is good for a set of regions', () => {
    expect(facts(V4A)).toMatchObject({
      signature: 'v4a',
      service: 's3',
      signedRegion: 'us-east-1,eu-west-1',
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      problems: [],
    });
    expect(facts(V4A.slice(0, -60)).problems).toEqual([expect.stringContaining('about 140')]);
  });

  it.each(['', 'versionId=3', 'Expires=1&Signature=x&Key-Pair-Id=K', 'X-Goog-Signature=x', 'X-Amz-Date=x'])(
    'is not found in “%s”',
    (query) => {
      expect(readSignature(new Query(query))).toBeNull();
    },
  );

  it('names the headers it demands in lower case, without host', () => {
    const headers = 'SignedHeaders=Content-Length%3Bhost%3Bx-amz-acl';
    const found = facts(V4.replace('SignedHeaders=host', headers));
    expect(found).toMatchObject({ demandedHeaders: ['content-length', 'x-amz-acl'], problems: [] });
  });

  it('may come with a token, which is not told', () => {
    for (const name of ['X-Amz-Security-Token', 'x-amz-security-token', 'X-Amz-S3session-Token']) {
      const found = facts(`${V4}&${name}=FwoGZX`);
      expect(found.hasSessionToken).toBe(true);
      expect(JSON.stringify(found)).not.toContain('FwoGZX');
    }
    expect(facts(`${V4}&X-Amz-Security-Token=`).hasSessionToken).toBe(false);
  });

  it.each([
    ['AKIAIOSFODNN7EXAMPLE', 'long-lived'],
    ['ASIAIOSFODNN7EXAMPLE', 'temporary'],
    ['AROAIOSFODNN7EXAMPLE', 'unknown'],
    ['minioadmin', 'unknown'],
    ['team/uploader', 'unknown'],
  ])('by %s is by a %s key', (accessKeyId, accessKeyKind) => {
    for (const query of [V4, V2]) {
      const found = facts(query.replace('AKIAIOSFODNN7EXAMPLE', encodeURIComponent(accessKeyId)));
      expect(found).toMatchObject({ accessKeyId, accessKeyKind, problems: [] });
    }
  });
});

describe('a Version 4 link is faulted where', () => {
  it.each<[string, string | RegExp, string, string]>([
    ['its life is too long', '=86400', '=604801', '7 days'],
    ['its life is zero', '=86400', '=0', 'above zero'],
    ['its life is negative', '=86400', '=-1', 'above zero'],
    ['its life is a fraction', '=86400', '=1.5', 'above zero'],
    ['its date is malformed', '=20130524T000000Z', '=2013-05-24', 'X-Amz-Date is no date'],
    ['its day does not exist', /20130524/g, '20130532', 'X-Amz-Date is no date'],
    ['its day rolls over', /20130524/g, '20130231', 'X-Amz-Date is no date'],
    ['its days differ', '%2F20130524', '%2F20130523', 'different days'],
    ['its scope is malformed', '%2Faws4_request', '', 'X-Amz-Credential is not of the form'],
    ['its algorithm is unknown', 'AWS4-HMAC-SHA256', 'AWS5', 'X-Amz-Algorithm'],
    ['its signature is cut', /.{10}$/, '', '54 characters, not 64'],
    ['its signature is too long', /$/, '0', '65 characters, not 64'],
    ['its signature has capitals', SIGNATURE, SIGNATURE.toUpperCase(), '0 to 9 and a to f'],
    ['its signature is empty', SIGNATURE, '', 'X-Amz-Signature missing'],
    ['its tail is lost', /&X-Amz-SignedH.*/, '', 'X-Amz-SignedHeaders, X-Amz-Signature missing'],
    ['a shell cut it', /&.*/, '', 'perhaps by a shell'],
    ['a parameter is repeated', /$/, '&X-Amz-Expires=60', 'X-Amz-Expires given more than once'],
    ['names have other capitals', 'X-Amz-Date', 'x-amz-date', 'X-Amz-Date written with other capitals'],
    ['there are two signatures', /$/, '&AWSAccessKeyId=AKIA', 'Version 2 signature too'],
    ['host is not signed', 'SignedHeaders=host', 'SignedHeaders=range', 'lacks “host”'],
    ['its headers are no list', 'SignedHeaders=host', 'SignedHeaders=host%3Ba%20b', 'list of header names'],
  ])('%s', (_, from, to, problem) => {
    expect(facts(V4.replace(from, to)).problems).toEqual([expect.stringContaining(problem)]);
  });

  it('and is sound with the longest life that S3 allows', () => {
    expect(facts(V4.replace('=86400', '=604800'))).toMatchObject({ lifetimeSeconds: 604_800, problems: [] });
  });

  it.each(['X-Amz-Date=20130524T000000Z', 'X-Amz-Expires=86400'])('without %s no end is made up', (item) => {
    expect(facts(V4.replace(`&${item}`, '')).expiresAt).toBeNull();
  });
});

describe('a Version 2 link is faulted where', () => {
  it.each<[string, string | RegExp, string, string]>([
    ['its end is in milliseconds', /$/, '000', 'Unix time'],
    ['its end is a date', /Expires=.*/, 'Expires=2025-03-14', 'Unix time'],
    ['it has no end', /&Expires=.*/, '', 'Expires missing'],
    ['its signature has a bare plus', '%2B', '+', '%2B'],
    ['its signature is cut short', '4%3D', '', '28 characters'],
    ['it has no signature', /&Signature=[^&]*/, '', 'Signature missing'],
  ])('%s', (_, from, to, problem) => {
    expect(facts(V2.replace(from, to)).problems).toEqual([expect.stringContaining(problem)]);
  });
});

describe('the method', () => {
  const inspect = (query: string, key = 'cat.jpg') =>
    inspectPresignedUrl(`https://photos.s3.amazonaws.com/${key}?${query}`, 0);

  it.each([
    ['x-id=GetObject', 'GET', true],
    ['x-id=ListParts&uploadId=u', 'GET', true],
    ['x-id=PutObject', 'PUT', true],
    ['x-id=UploadPartCopy&partNumber=1&uploadId=u', 'PUT', true],
    ['x-id=DeleteObject', 'DELETE', true],
    ['x-id=AbortMultipartUpload&uploadId=u', 'DELETE', true],
    ['partNumber=1&uploadId=u', 'PUT', true],
    ['partNumber=1', 'GET', false],
    ['uploads', 'POST', true],
    ['uploads=', 'POST', true],
    ['uploadId=u', 'POST', false],
    ['restore', 'POST', true],
    ['x-amz-copy-source=photos%2Fcat.jpg', 'PUT', true],
    ['response-content-type=text%2Fplain', 'GET', false],
    ['x-amz-checksum-mode=ENABLED', 'GET', false],
    ['x-amz-acl=private', 'PUT', false],
    ['x-amz-meta-owner=me', 'PUT', false],
    ['x-amz-server-side-encryption=AES256', 'PUT', false],
    ['x-amz-server-side-encryption-customer-algorithm=AES256', 'GET', false],
    ['x-id=SomethingNew', 'GET', false],
    ['versionId=3', 'GET', false],
  ])('of a link with %s is %s (certain: %s)', (extra, name, certain) => {
    expect(inspect(`${V4}&${extra}`).method).toMatchObject({ name, certain });
  });

  it.each([
    ['content-length', 'PUT'],
    ['content-md5', 'PUT'],
    ['content-type', 'PUT'],
    ['if-none-match', 'PUT'],
    ['x-amz-tagging', 'PUT'],
    ['range', 'GET'],
    ['x-amz-request-payer', 'GET'],
  ])('of a link that demands %s is most likely %s', (header, name) => {
    const query = V4.replace('SignedHeaders=host', `SignedHeaders=${header}%3Bhost`);
    expect(inspect(query)).toMatchObject({ method: { name, certain: false }, demandedHeaders: [header] });
  });

  it('of a link to the bucket itself is most likely a listing', () => {
    for (const query of [V4, `${V4}&uploads`, `${V4}&x-amz-acl=private`]) {
      expect(inspect(query, '')).toMatchObject({ key: null, method: { name: 'GET', certain: false } });
    }
  });

  it('is not taken from an x-id that Version 2 leaves unsigned', () => {
    expect(inspect(`${V2}&x-id=PutObject`).method).toMatchObject({ name: 'GET', certain: false });
    expect(inspect(`${V2}&partNumber=1&uploadId=u`).method).toMatchObject({
      name: 'PUT',
      certain: true,
    });
  });
});
