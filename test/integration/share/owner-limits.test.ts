import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HttpProbe } from '../../../src/main/platform/http-probe.ts';
import { HttpSender } from '../../../src/main/platform/http-sender.ts';
import { systemClock } from '../../../src/main/platform/system-time.ts';
import { BucketAccess } from '../../../src/main/signing/bucket-access.ts';
import { BucketContents } from '../../../src/main/signing/bucket-contents.ts';
import { ServerClock } from '../../../src/main/signing/server-clock.ts';
import type { SandglassError } from '../../../src/shared/errors.ts';

const WHO = 'User: arn:aws:iam::123456789012:user/MaryMajor is not authorized to perform:';
const KEYS = { accessKeyId: 'AKIASCRIPT', secretAccessKey: 'secret' };
const SOURCE = {
  origin: { kind: 'environment' },
  resolve: () => Promise.resolve(KEYS),
  forget: () => undefined,
} as const;

/** No server at hand has an organization, a VPC or a KMS; this one answers everything as AWS documents it. */
describe('A bucket whose owner has set limits (scripted server, as AWS documents it)', () => {
  let server: Server;
  let access: BucketAccess;
  let answer = { status: 403, body: '' };
  /** How many seconds later than now the server says it is. */
  let later = 0;

  beforeEach(async () => {
    later = 0;
    server = createServer((request, response) => {
      request.resume().on('end', () => {
        const date = new Date(Date.now() + later * 1000).toUTCString();
        response.writeHead(answer.status, { 'x-amz-request-id': 'TX11', date }).end(answer.body);
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const location = { bucket: 'films', region: 'us-east-1', endpoint, pathStyle: true };
    access = new BucketAccess(location, SOURCE, new ServerClock(systemClock));
  });
  afterEach(() => {
    server.close();
    server.closeAllConnections();
  });

  function says(message: string, code = 'AccessDenied', status = 403): void {
    const body = `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${message}</Message><RequestId>TX11</RequestId></Error>`;
    answer = { status, body };
  }

  const failure = (work: Promise<unknown>) =>
    work.then(
      () => Promise.reject(new Error('It was not refused.')),
      (error: unknown) => error as SandglassError,
    );
  const clock = { asking: () => () => false };
  async function opened(): Promise<SandglassError> {
    const { url } = await access.link('note.txt', { kind: 'seconds', seconds: 3_600 });
    return failure(new HttpProbe(clock).open(url, 'films'));
  }
  async function uploaded(): Promise<SandglassError> {
    const sender = new HttpSender(clock);
    const headers = { contentType: 'text/plain', contentDisposition: 'attachment', uploadMark: 'm' };
    const md5 = 'XrY7u+Ae7tCTyyK7j1rNww==';
    const signable = { verb: 'put-object', bucket: 'films', key: 'k', size: 5, md5, headers } as const;
    const request = await access.request({ ...signable, neverOverwrite: false }, 60);
    const body = [new TextEncoder().encode('hello')];
    const refused = await failure(sender.put(request, body, new AbortController().signal));
    await sender.close();
    return refused;
  }
  const listed = () => failure(new BucketContents(() => access.client(), 'films').page({}));

  const REFUSALS = [
    [
      'a right that the keys lack',
      `${WHO} s3:PutObject on resource: "arn:aws:s3:::films/k" because no identity-based policy allows the s3:PutObject action`,
      /lack s3:PutObject/,
    ],
    [
      'a network, by the bucket’s policy',
      `${WHO} s3:PutObject on resource: "arn:aws:s3:::films/k" with an explicit deny in a resource-based policy`,
      /aws:SourceIp/,
    ],
    [
      'a key of KMS',
      `${WHO} kms:GenerateDataKey on resource: arn:aws:kms:us-east-1:1:key/1 because no identity-based policy allows the kms:GenerateDataKey action`,
      /KMS key/,
    ],
    [
      'Block Public Access',
      `${WHO} s3:PutObject on resource: "arn:aws:s3:::films/k" because public access control lists (ACLs) are blocked by the BlockPublicAcls block public access setting`,
      /Block Public Access/,
    ],
    [
      'an organization’s policy',
      `${WHO} s3:PutObject on resource: "arn:aws:s3:::films/k" with an explicit deny in a service control policy`,
      /organization/,
    ],
  ] as const;

  for (const [what, ask] of [
    ['an upload', uploaded],
    ['a link that is tried', opened],
    ['a listing', listed],
  ] as const) {
    test.each(REFUSALS)(`tells it for ${what}: %s`, async (_limit, message, expected) => {
      says(message);
      const error = await ask();
      expect(error).toMatchObject({ code: 'access-denied', requestId: 'TX11', retryable: false });
      expect(error.message).toMatch(expected);
      expect(`${error.message} ${error.next ?? ''}`).not.toMatch(/MaryMajor|arn:aws/);
    });
  }

  test('tells that the bucket takes no ACLs, a 400', async () => {
    says('The bucket does not allow ACLs', 'AccessControlListNotSupported', 400);
    expect((await uploaded()).message).toMatch(/takes no access control lists/);
  });

  test('tells that it most likely limits how old a signature may be, where it was old', async () => {
    later = 700;
    says(`${WHO} s3:GetObject on resource: "x" with an explicit deny in a resource-based policy`);
    expect((await opened()).message).toMatch(/s3:signatureAge.*signed 11 minutes ago/);
  });

  test('does not think of the signature’s age where it was new', async () => {
    says(`${WHO} s3:GetObject on resource: "x" with an explicit deny in a resource-based policy`);
    expect((await opened()).message).not.toContain('signatureAge');
  });

  test('tells nothing that it does not know', async () => {
    says('Access Denied');
    for (const ask of [uploaded, opened, listed]) {
      expect(await ask()).toMatchObject({
        code: 'access-denied',
        next: 'Check the keys, or ask the bucket’s owner for the right.',
        requestId: 'TX11',
      });
    }
  });

  test('says of an archived object that it is', async () => {
    says("The operation is not valid for the object's storage class", 'InvalidObjectState');
    expect((await opened()).code).toBe('archived');
  });
});
