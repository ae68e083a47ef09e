import { CreateMultipartUploadCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { bucketLocation } from '../../../src/main/signing/location.ts';
import { presign, type Signable } from '../../../src/main/signing/presigner.ts';
import { s3Client } from '../../../src/main/signing/s3-client.ts';
import { ServerClock } from '../../../src/main/signing/server-clock.ts';
import { recomputed } from './recomputed-signature.ts';

const KEYS = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const DAY = Date.UTC(2013, 4, 24);
const MD5 = '1B2M2Y8AsgTpgAmY7PhCfg==';

const PLACES = [
  [
    'arn:aws:s3:us-west-2:123456789012:accesspoint/my-ap',
    'my-ap-123456789012.s3-accesspoint.us-west-2.amazonaws.com',
    '20130524/us-west-2/s3/aws4_request',
  ],
  [
    'arn:aws:s3-outposts:us-east-1:111122223333:outpost/op-01ac5d28a6a232904/accesspoint/ap1',
    'ap1-111122223333.op-01ac5d28a6a232904.s3-outposts.us-east-1.amazonaws.com',
    '20130524/us-east-1/s3-outposts/aws4_request',
  ],
] as const;

const clientAt = (bucket: string) =>
  s3Client(bucketLocation(bucket, {}, 'eu-west-1'), KEYS, new ServerClock({ now: () => DAY }));

describe('an upload through an access point', () => {
  it.each(PLACES)('to %s is signed, whole or part by part, for the host %s', async (bucket, host, scope) => {
    const at = { bucket, key: 'test.txt', size: 5, md5: MD5 };
    const headers = { contentType: 'text/plain', contentDisposition: 'attachment', uploadMark: 'm4rk' };
    const signables: Signable[] = [
      { verb: 'upload-part', ...at, uploadId: 'u1', partNumber: 1 },
      { verb: 'put-object', ...at, headers, neverOverwrite: false },
    ];
    for (const signable of signables) {
      const request = await presign(clientAt(bucket), signable, { signedAt: DAY, expiresInSeconds: 900 });
      const { carried, signature } = recomputed(request.url, KEYS.secretAccessKey, 'PUT', request.headers);
      expect(carried).toBe(signature);
      const { hostname, searchParams } = new URL(request.url);
      expect(hostname).toBe(host);
      expect(searchParams.get('X-Amz-Credential')).toBe(`${KEYS.accessKeyId}/${scope}`);
    }
  });

  it.each(PLACES)(
    'to %s asks for its multipart upload and its object at %s too, by Version 4',
    async (bucket, host, scope) => {
      const asked: { hostname: string; authorization: string }[] = [];
      const client = clientAt(bucket);
      client.middlewareStack.add(
        () => (args) => {
          const { hostname, headers } = args.request as { hostname: string; headers: Record<string, string> };
          asked.push({ hostname, authorization: headers['authorization'] ?? '' });
          return Promise.reject(new Error('Nothing is sent.'));
        },
        { step: 'deserialize', priority: 'low', name: 'insteadOfTheWire' },
      );
      const at = { Bucket: bucket, Key: 'test.txt' };
      await expect(client.send(new HeadObjectCommand(at))).rejects.toThrow('Nothing is sent.');
      await expect(client.send(new CreateMultipartUploadCommand(at))).rejects.toThrow('Nothing is sent.');
      expect(asked).toHaveLength(2);
      for (const { hostname, authorization } of asked) {
        expect(hostname).toBe(host);
        expect(authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE\//);
        // Requests that are sent at once are dated by this computer's clock, so the day is another.
        expect(authorization).toContain(scope.replace('20130524', ''));
      }
    },
  );
});
