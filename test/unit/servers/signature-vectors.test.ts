import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { expectedSignature } from '../../servers/local-bucket/canonical-request.ts';
import { S3Request } from '../../servers/local-bucket/request.ts';

const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const EMPTY = createHash('sha256').digest('hex');
const HOST = { host: 'examplebucket.s3.amazonaws.com' };
const DATE = { 'x-amz-date': '20130524T000000Z' };

/** The worked examples of https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html */
describe('The signature of the examples in the S3 reference', () => {
  const signatureOf = (
    method: string,
    url: string,
    headers: Record<string, string>,
    payloadHash: string,
  ): string => {
    const headersDistinct = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, [value]]),
    );
    const scope = { day: '20130524', region: 'us-east-1' };
    const signed = { scope, signedAt: '20130524T000000Z', headers: Object.keys(headers).sort() };
    return expectedSignature(new S3Request({ method, url, headersDistinct }), signed, payloadHash, SECRET);
  };

  test('for reading a range of an object', () => {
    const headers = { ...HOST, ...DATE, range: 'bytes=0-9', 'x-amz-content-sha256': EMPTY };
    expect(signatureOf('GET', '/test.txt', headers, EMPTY)).toBe(
      'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    );
  });

  test('for writing an object whose key has to be encoded', () => {
    const hash = createHash('sha256').update('Welcome to Amazon S3.').digest('hex');
    const headers = {
      ...HOST,
      ...DATE,
      date: 'Fri, 24 May 2013 00:00:00 GMT',
      'x-amz-storage-class': 'REDUCED_REDUNDANCY',
      'x-amz-content-sha256': hash,
    };
    expect(signatureOf('PUT', '/test$file.text', headers, hash)).toBe(
      '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
    );
  });

  test('for a parameter without a value', () => {
    const headers = { ...HOST, ...DATE, 'x-amz-content-sha256': EMPTY };
    expect(signatureOf('GET', '/?lifecycle', headers, EMPTY)).toBe(
      'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
    );
  });

  test('for listing objects', () => {
    const headers = { ...HOST, ...DATE, 'x-amz-content-sha256': EMPTY };
    expect(signatureOf('GET', '/?max-keys=2&prefix=J', headers, EMPTY)).toBe(
      '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
    );
  });

  test('for a presigned URL', () => {
    const query = [
      'X-Amz-Algorithm=AWS4-HMAC-SHA256',
      'X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request',
      'X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host',
    ].join('&');
    expect(signatureOf('GET', `/test.txt?${query}`, HOST, 'UNSIGNED-PAYLOAD')).toBe(
      'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
    );
  });
});
