import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { systemClock } from '../../../src/main/platform/system-time.ts';
import { listBuckets } from '../../../src/main/signing/bucket-list.ts';
import { s3Client } from '../../../src/main/signing/s3-client.ts';
import { ServerClock } from '../../../src/main/signing/server-clock.ts';

let server: Server | undefined;
afterEach(() => server?.close());

const KEYS = { accessKeyId: 'AKIASCRIPT', secretAccessKey: 'secret' };
const LISTED =
  '<ListAllMyBucketsResult><Buckets><Bucket><Name>films</Name></Bucket></Buckets></ListAllMyBucketsResult>';

/** The answer to ListBuckets of a server that answers so; the stores' refusals cannot be had here. */
async function listed(status: number, body: string): Promise<string[] | null> {
  const listening = createServer((_, response) => response.writeHead(status).end(body));
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
  const clock = new ServerClock(systemClock);
  return listBuckets({ url }, KEYS, (location, keys) => s3Client(location, keys, clock));
}

const refusal = (code: string) => `<Error><Code>${code}</Code></Error>`;

test('names the buckets that the keys may list', async () => {
  expect(await listed(200, LISTED)).toEqual(['films']);
});

test.each([
  ['AWS, and R2 with a token for objects', 403, 'AccessDenied'],
  ['B2, with a key for one bucket that lacks listAllBucketNames', 401, 'UnauthorizedAccess'],
  ['a store that lists for nobody', 501, 'NotImplemented'],
  ['a store that lists for nobody', 405, 'MethodNotAllowed'],
])('is no reason not to share where it is refused: %s', async (_who, status, code) => {
  expect(await listed(status, refusal(code))).toBeNull();
});

test.each([
  [403, 'InvalidAccessKeyId', 'credentials-refused'],
  [403, 'SignatureDoesNotMatch', 'credentials-refused'],
  [400, 'ExpiredToken', 'credentials-expired'],
  [400, 'InvalidRequest', 'refused'],
  [503, 'SlowDown', 'server-busy'],
])('passes on what stands in the way of sharing too: %d %s', async (status, code, said) => {
  await expect(listed(status, refusal(code))).rejects.toMatchObject({ code: said });
});
