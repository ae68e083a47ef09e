import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Credentials, CredentialSource } from '../../../src/main/credentials/credentials.ts';
import { startTemporaryBucket } from '../../servers/temporary-bucket.ts';
import { plainClient, type S3Server } from '../../servers/s3-servers.ts';
import type { Fault, FaultScript, Occasion } from '../../servers/fault-proxy/proxy.ts';
import { uploadsUnderWay } from './bucket-contents.ts';
import { Line, MIB } from './line.ts';
import { partAttempts, refusal } from './lines.ts';

/** Keys that end, and what comes after them. */
interface Keyring {
  readonly first: Credentials;
  readonly next: Credentials;
  /** Keys that are good now. */
  readonly good: () => Credentials;
  /** The first keys are good. */
  readonly begin: () => unknown;
  /** Ends the first keys, and gives what happens to the request that meets it. */
  readonly end: (occasion: Occasion) => Fault | null;
  /** What happens to every other request. */
  readonly usual: (occasion: Occasion) => Fault | null;
}

/** A source that gives other keys once those it gave were refused and others are there. */
class RenewableSource implements CredentialSource {
  readonly origin = { kind: 'environment' } as const;
  readonly #keyring: Keyring;
  othersAreThere: boolean;
  fetched = 0;
  #held: Credentials;

  constructor(keyring: Keyring, othersAreThere: boolean) {
    this.#keyring = keyring;
    this.#held = keyring.first;
    this.othersAreThere = othersAreThere;
  }

  resolve(): Promise<Credentials> {
    return Promise.resolve(this.#held);
  }

  forget(): void {
    this.fetched++;
    if (this.othersAreThere) this.#held = this.#keyring.next;
  }
}

type Server = Pick<S3Server, 'endpoint' | 'region' | 'credentials'>;

function testsOfExpiredTokens(
  start: () => Promise<{ server: Server; keyring: Keyring; stop: () => Promise<void> }>,
) {
  let running: Awaited<ReturnType<typeof start>>;
  const bucket = `sandglass-tokens-${Date.now()}`;
  const open: Line[] = [];
  beforeAll(async () => {
    running = await start();
    const client = plainClient({ ...running.server, credentials: running.keyring.good() });
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
    client.destroy();
  });
  afterEach(async () => {
    for (const line of open.splice(0)) await line.close();
  });
  afterAll(() => running.stop());

  const openLine = async (source: CredentialSource, isStruck: (occasion: Occasion) => boolean) => {
    const { keyring } = running;
    keyring.begin();
    const fault: FaultScript = (occasion) =>
      isStruck(occasion) ? keyring.end(occasion) : keyring.usual(occasion);
    const line = await Line.open(running.server, bucket, { source, fault });
    open.push(line);
    return line;
  };
  const noUploads = async () => {
    const client = plainClient({ ...running.server, credentials: running.keyring.good() });
    expect(await uploadsUnderWay(client, bucket)).toEqual([]);
    client.destroy();
  };
  for (const operation of ['create', 'part', 'complete', 'put', 'head'] as const) {
    test(`refuses ${operation} once: the credentials are fetched again once, and nobody notices`, async () => {
      const source = new RenewableSource(running.keyring, true);
      const part = operation === 'part' ? 2 : null;
      const line = await openLine(
        source,
        // HEAD has no words, so GET is asked for them.
        ({ operation: asked, partNumber, attempt }) =>
          (asked === operation || (operation === 'head' && asked === 'get')) &&
          partNumber === part &&
          attempt === 1,
      );
      const share = await line.share(await line.file(operation === 'put' ? 100 * 1024 : 17 * MIB));
      expect(await share.outcome).toBeNull();
      expect(source.fetched).toBe(1);
      expect(share.course.filter((state) => state.startsWith('paused'))).toEqual([]);
      if (operation === 'part') expect(partAttempts(line)[2]).toBe(2);
      else expect(line.proxy.ledger.requests(operation)).toBe(2);
      expect(line.sleeps).toEqual([]);
      expect(share.miscounts).toEqual([]);
      await noUploads();
    });
  }

  test('refuses all parts at once: the credentials are fetched again only once', async () => {
    const source = new RenewableSource(running.keyring, true);
    const line = await openLine(source, ({ operation, attempt }) => operation === 'part' && attempt === 1);
    const share = await line.share(await line.file());
    expect(await share.outcome).toBeNull();
    expect(source.fetched).toBe(1);
    // A part that is signed only after the others were refused is signed by the new keys at once.
    expect(Math.max(...Object.values(partAttempts(line)))).toBe(2);
  });

  test('refuses while no others are there: paused, nothing lost, and it goes on once they are', async () => {
    const source = new RenewableSource(running.keyring, false);
    const line = await openLine(source, ({ operation, partNumber }) => {
      const isMeant = (operation === 'part' && partNumber !== 1) || operation === 'head';
      return isMeant && !source.othersAreThere;
    });
    const share = await line.share(await line.file());
    await share.reaches(/^paused: credentials-expired$/);
    expect(line.proxy.ledger.requests('abort')).toBe(0);
    source.othersAreThere = true;
    expect(await share.outcome).toBeNull();
    expect(line.proxy.ledger.requests('create')).toBe(1);
    expect(share.miscounts).toEqual([]);
    await noUploads();
  });
}

describe('A token that has ended (local bucket)', () => {
  testsOfExpiredTokens(async () => {
    let value = 'one';
    const bucket = await startTemporaryBucket({
      sessionToken: {
        get value() {
          return value;
        },
      },
    });
    const { endpoint, region, accessKeyId, secretAccessKey } = bucket;
    const withToken = (sessionToken: string) => ({ accessKeyId, secretAccessKey, sessionToken });
    // The local bucket knows one token at a time, and says of another that it is none.
    const usual = ({ operation }: Occasion): Fault | null =>
      operation === 'head'
        ? null
        : { kind: 'rewrite', body: (body) => body.replace('InvalidToken', 'ExpiredToken') };
    const end = (occasion: Occasion) => {
      value = 'two';
      return usual(occasion);
    };
    const begin = () => (value = 'one');
    const keyring = { first: withToken('one'), next: withToken('two'), good: () => withToken(value) };
    const server = { endpoint, region, credentials: keyring.first };
    return { server, keyring: { ...keyring, begin, end, usual }, stop: bucket.close };
  });
});

const rgw = inject('rgw');
describe.skipIf(rgw === null)('A token that has ended (Ceph RGW, tokens from STS)', () => {
  testsOfExpiredTokens(async () => {
    const { endpoint, roleArn, accessKeyId, secretAccessKey } = rgw!;
    const server = { endpoint, region: 'us-east-1', credentials: { accessKeyId, secretAccessKey } };
    const token = async (): Promise<Credentials> => {
      const sts = new STSClient({ endpoint, region: server.region, credentials: server.credentials });
      const request = { RoleArn: roleArn, RoleSessionName: 'sandglass', DurationSeconds: 900 };
      const { Credentials } = await sts.send(new AssumeRoleCommand(request));
      sts.destroy();
      return {
        accessKeyId: Credentials!.AccessKeyId!,
        secretAccessKey: Credentials!.SecretAccessKey!,
        sessionToken: Credentials!.SessionToken!,
      };
    };
    const first = await token();
    // The answer to HEAD has no body, so no code.
    const end = ({ operation }: Occasion): Fault =>
      operation === 'head' ? { kind: 'answer', status: 400 } : refusal(400, 'ExpiredToken');
    const keyring = {
      first,
      next: await token(),
      good: () => first,
      begin: () => undefined,
      end,
      usual: () => null,
    };
    return { server, keyring, stop: () => Promise.resolve() };
  });
});
