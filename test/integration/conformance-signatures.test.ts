import { GetObjectCommand, ListBucketsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { beforeAll, describe, expect, test } from 'vitest';
import { ask, outcomeOf, refusalAt, refusalOf } from '../servers/probe.ts';
import { expected } from '../servers/rgw-differences.ts';
import { describeOnBothServers, plainClient } from '../servers/s3-servers.ts';

const MINUTE_MS = 60_000;
const MISMATCH = { status: 403, code: 'SignatureDoesNotMatch' };

describeOnBothServers('Signatures', (server) => {
  let bucket = '';

  beforeAll(async () => {
    bucket = await server.freshBucket();
    await server.client.send(new PutObjectCommand({ Bucket: bucket, Key: 'plain.txt', Body: 'hello' }));
    await server.client.send(new PutObjectCommand({ Bucket: bucket, Key: 'other.txt', Body: 'other' }));
  });

  const link = (options: { signingDate?: Date; expiresIn?: number } = {}): Promise<string> => {
    const command = new GetObjectCommand({
      Bucket: bucket,
      Key: 'plain.txt',
      ResponseContentDisposition: 'attachment; filename="a b.txt"',
    });
    return getSignedUrl(server.client, command, { expiresIn: 300, ...options });
  };

  const withParameter = (url: string, name: string, value: string): string => {
    const pattern = new RegExp(`([?&]${name}=)[^&]*`);
    expect(url).toMatch(pattern);
    return url.replace(pattern, `$1${encodeURIComponent(value)}`);
  };

  const without = (url: string, name: string): string =>
    url.replace(new RegExp(`([?&])${name}=[^&]*&?`), '$1').replace(/[?&]$/, '');

  test('a presigned link gives the object to somebody without an account', async () => {
    expect(await ask(await link())).toMatchObject({ status: 200, text: 'hello' });
  });

  test('a link still works when a space in its query is written as a plus sign', async () => {
    const url = await link();
    expect(url).toContain('a%20b.txt');
    expect(await ask(url.replaceAll('%20', '+'))).toMatchObject({ status: 200, text: 'hello' });
  });

  test('a link still works when its parameters come in another order', async () => {
    const [path, query = ''] = (await link()).split('?');
    expect(await ask(`${path}?${query.split('&').reverse().join('&')}`)).toMatchObject({ status: 200 });
  });

  describe('A link that was tampered with is refused', () => {
    test.each([
      ['X-Amz-Date', () => stamp(Date.now() + 1000)],
      ['X-Amz-Expires', () => '600'],
      ['X-Amz-Signature', () => '0'.repeat(64)],
      ['X-Amz-SignedHeaders', () => 'accept;host'],
      ['X-Amz-Content-Sha256', () => 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
      ['response-content-disposition', () => 'inline'],
      ['x-id', () => 'HeadObject'],
    ])('in %s', async (name, value) => {
      expect(await refusalAt(withParameter(await link(), name, value()))).toEqual(MISMATCH);
    });

    test('in the algorithm', async () => {
      const url = withParameter(await link(), 'X-Amz-Algorithm', 'AWS4-HMAC-SHA1');
      expect(await refusalAt(url)).toEqual(expected(server, 'presigned with another algorithm'));
    });

    test('in the key id', async () => {
      const url = (await link()).replace(server.credentials.accessKeyId, 'AKIANOBODY');
      expect(await refusalAt(url)).toEqual({ status: 403, code: 'InvalidAccessKeyId' });
    });

    test('in the scope: a day that is not the signing day', async () => {
      const url = (await link()).replace(/%2F\d{8}%2F/, '%2F20200101%2F');
      expect(await refusalAt(url)).toEqual(expected(server, 'presigned for another day'));
    });

    test('in the scope: another service', async () => {
      const url = (await link()).replace('%2Fs3%2F', '%2Fsqs%2F');
      expect(await refusalAt(url)).toEqual(expected(server, 'presigned for another service'));
    });

    test('in the path', async () => {
      expect(await refusalAt((await link()).replace('plain.txt', 'other.txt'))).toEqual(MISMATCH);
    });

    test('by a further parameter', async () => {
      expect(await refusalAt(`${await link()}&response-content-type=text%2Fhtml`)).toEqual(MISMATCH);
    });

    test.each(['PUT', 'DELETE', 'POST'] as const)('by using it for %s', async (method) => {
      expect(await refusalAt(await link(), { method })).toEqual(MISMATCH);
    });

    test('by using it for HEAD, without a body that says why', async () => {
      expect(await refusalAt(await link(), { method: 'HEAD' })).toEqual({ status: 403, code: null });
    });

    test.each([
      ...['X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Date', 'X-Amz-Expires'],
      ...['X-Amz-SignedHeaders', 'X-Amz-Signature'],
    ])('by leaving out %s', async (name) => {
      const refused = await refusalAt(without(await link(), name));
      expect(refused).toEqual(expected(server, 'presigned with a parameter missing'));
    });
  });

  describe('The life of a link', () => {
    test('ends when it said it would', async () => {
      const signingDate = new Date(Date.now() - 2 * MINUTE_MS);
      const reply = await ask(await link({ signingDate, expiresIn: 119 }));
      expect(reply).toMatchObject({ status: 403, code: 'AccessDenied' });
      expect(await ask(await link({ signingDate, expiresIn: 300 }))).toMatchObject({ status: 200 });
    });

    test('says "Request has expired" when it has ended', async () => {
      const signingDate = new Date(Date.now() - 2 * MINUTE_MS);
      const { text } = await ask(await link({ signingDate, expiresIn: 1 }));
      expect(text.includes('Request has expired')).toBe(expected(server, 'whether an ended link says so'));
    });

    test('may be seven days', async () => {
      expect(await ask(await link({ expiresIn: 604_800 }))).toMatchObject({ status: 200 });
    });

    test.each([
      ['604801', 'presigned for an impossible time'],
      ['-1', 'presigned for an impossible time'],
      ['1.5', 'presigned for a fraction of a second'],
      ['soon', 'presigned for an impossible time'],
    ] as const)('may not be %s', async (seconds, behaviour) => {
      const url = withParameter(await link(), 'X-Amz-Expires', seconds);
      expect(await refusalAt(url)).toEqual(expected(server, behaviour));
    });

    test('may begin a little later than now, as clocks differ', async () => {
      const signingDate = new Date(Date.now() + 5 * MINUTE_MS);
      expect(await ask(await link({ signingDate }))).toMatchObject({ status: 200 });
    });

    test('may not begin an hour from now', async () => {
      const signingDate = new Date(Date.now() + 60 * MINUTE_MS);
      expect((await ask(await link({ signingDate }))).status).toBe(
        expected(server, 'a link that begins in an hour'),
      );
    });
  });

  test('a wrong secret is refused, in a header and in a link', async () => {
    const credentials = { ...server.credentials, secretAccessKey: 'guessed' };
    const stranger = plainClient({ ...where(), credentials });
    expect(await refusalOf(stranger.send(new ListBucketsCommand({})))).toEqual(MISMATCH);
    const command = new GetObjectCommand({ Bucket: bucket, Key: 'plain.txt' });
    expect(await refusalAt(await getSignedUrl(stranger, command))).toEqual(MISMATCH);
    stranger.destroy();
  });

  test('an unknown key id is refused', async () => {
    const stranger = plainClient({
      ...where(),
      credentials: { accessKeyId: 'AKIANOBODY', secretAccessKey: 'x' },
    });
    const refused = await refusalOf(stranger.send(new ListBucketsCommand({})));
    expect(refused).toEqual({ status: 403, code: 'InvalidAccessKeyId' });
    stranger.destroy();
  });

  test('a request signed for another region is refused', async () => {
    const lost = plainClient({ ...where(), region: 'eu-west-3', credentials: server.credentials });
    const outcome = await outcomeOf(lost.send(new ListBucketsCommand({})));
    expect(outcome).toEqual(expected(server, 'a request signed for another region'));
    lost.destroy();
  });

  test('a request without any signature is refused', async () => {
    const denied = { status: 403, code: 'AccessDenied' };
    expect(await refusalAt(`${server.endpoint}/${bucket}/plain.txt`)).toEqual(denied);
    expect(await refusalAt(`${server.endpoint}/${bucket}?list-type=2`)).toEqual(denied);
  });

  test('a body other than the signed one is refused', async () => {
    server.client.middlewareStack.add(
      (next) => (args) => {
        const request = args.request as { body?: unknown };
        return next({ ...args, request: Object.assign(request, { body: 'hellO' }) });
      },
      { name: 'swap', step: 'finalizeRequest', priority: 'low' },
    );
    const call = server.client.send(new PutObjectCommand({ Bucket: bucket, Key: 'swapped', Body: 'hello' }));
    const refused = await refusalOf(call).finally(() => server.client.middlewareStack.remove('swap'));
    expect(refused).toEqual({ status: 400, code: 'XAmzContentSHA256Mismatch' });
  });

  function where() {
    return { endpoint: server.endpoint, region: server.region };
  }
});

/** A time in milliseconds as `X-Amz-Date` has it. */
function stamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/[-:]|\.\d{3}/g, '');
}
