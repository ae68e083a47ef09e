import { createHash, randomBytes } from 'node:crypto';
import { readSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { History } from '../../src/main/history/history.ts';
import { DiskFile, type RangeHasher } from '../../src/main/platform/disk-file.ts';
import { HttpSender } from '../../src/main/platform/http-sender.ts';
import { steadyMs, systemClock, systemPatience } from '../../src/main/platform/system-time.ts';
import { Nudge } from '../../src/main/share/recovery.ts';
import { Sharing } from '../../src/main/share/sharing.ts';
import { bucketLocation } from '../../src/main/signing/location.ts';
import { ServerClock } from '../../src/main/signing/server-clock.ts';
import { Bandwidth } from '../../src/main/upload/bandwidth.ts';
import { BySizeTurns } from '../../src/main/upload/by-size-turns.ts';
import type { Lane, Lanes, PartSender } from '../../src/main/upload/ports.ts';
import { startFaultProxy, type FaultProxy } from '../servers/fault-proxy/proxy.ts';
import { systemClock as proxyClock } from '../servers/fault-proxy/clock.ts';
import { ShapedLine } from '../servers/fault-proxy/shaped-line.ts';
import { ask } from '../servers/probe.ts';
import { describeOnBothServers } from '../servers/s3-servers.ts';

const MIB = 1024 ** 2;
const LIFE_SECONDS = 2;
/** Four parts of 8 MiB and a rest, over a line that takes several lives of a URL for them. */
const SIZE = 33 * MIB;
const LINE_BYTES_PER_SECOND = 4 * MIB;

/** One request for a part, as it went out. Moments in milliseconds since 1970. */
interface Sent {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly startedAt: number;
  readonly tookMs: number;
}

const hasher: RangeHasher = {
  md5: (fd, offset, length) => {
    const bytes = Buffer.alloc(length);
    readSync(fd, bytes, 0, length, offset);
    return Promise.resolve(createHash('md5').update(bytes).digest('base64'));
  },
};

/** Two parts at a time, however fast the line is, so that the others have to wait for theirs. */
class TwoLanes implements Lanes {
  #free = 2;
  readonly #waiting: (() => void)[] = [];

  async enter(): Promise<Lane> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    const leave = (): void => {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free++;
    };
    return { leave };
  }

  sent(): void {
    // The number of lanes stays.
  }

  crowded(): void {
    // Likewise.
  }
}

/** When a presigned URL was signed, in milliseconds since 1970. */
function signedAt({ searchParams }: URL): number {
  const [, date, hours, minutes, seconds] =
    /^(\d{8})T(\d\d)(\d\d)(\d\d)Z$/.exec(searchParams.get('X-Amz-Date') ?? '') ?? [];
  const day = date?.replace(/(\d{4})(\d\d)(\d\d)/, '$1-$2-$3');
  return Date.parse(`${day}T${hours}:${minutes}:${seconds}Z`);
}

describeOnBothServers('An upload whose part URLs live two seconds, on a slow line', (server) => {
  const sent: Sent[] = [];
  const content = randomBytes(SIZE);
  let folder = '';
  let bucket = '';
  let key = '';
  let proxy: FaultProxy;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sandglass-short-lived-'));
    await writeFile(join(folder, 'film.mp4'), content);
    bucket = await server.freshBucket();
    const line = new ShapedLine(proxyClock, { bytesPerSecond: LINE_BYTES_PER_SECOND });
    proxy = await startFaultProxy({ server: server.endpoint, line });
    key = await upload();
  });
  afterAll(async () => {
    await proxy.close();
    await rm(folder, { recursive: true });
  });

  async function upload(): Promise<string> {
    const clock = new ServerClock(systemClock);
    const sender = new HttpSender(clock);
    const history = History.open(join(folder, 'history.db'));
    const sharing = new Sharing({
      ...{ log: history, clock, sender: noting(sender), startWithinSeconds: LIFE_SECONDS },
      holding: { id: 'command-test', lives: () => true },
      locator: {
        locate: (name, endpoint) => Promise.resolve(bucketLocation(name, endpoint, server.region)),
        forget: () => Promise.resolve(),
      },
      ...{ patience: systemPatience, lanes: new TwoLanes(), turns: new BySizeTurns() },
      throttle: new Bandwidth(() => null, steadyMs, systemPatience),
      recovery: { patience: systemPatience, nudge: new Nudge(), waitsFor: () => 0, now: steadyMs },
      openFile: (path) => DiskFile.open(path, hasher),
    });
    const source = {
      origin: { kind: 'environment' } as const,
      resolve: () => Promise.resolve(server.credentials),
      forget: () => undefined,
    };
    const destination = { bucket, endpoint: { url: proxy.endpoint }, source };
    const life = { kind: 'seconds', seconds: 3600 } as const;
    const options = { life, keyTemplate: '{random}/{name}' };
    const share = await sharing.share(join(folder, 'film.mp4'), destination, options);
    await share.upload();
    await sender.close();
    history.close();
    return share.link.key;
  }

  function noting(sender: HttpSender): PartSender {
    return {
      put: async (signed, body, signal) => {
        const startedAt = Date.now();
        const answer = await sender.put(signed, body, signal);
        const tookMs = Date.now() - startedAt;
        sent.push({ url: new URL(signed.url), headers: signed.headers, startedAt, tookMs });
        return answer;
      },
    };
  }

  test('ends well, every byte of it', async () => {
    const { Body } = await server.client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    const stored = Buffer.from((await Body?.transformToByteArray()) ?? []);
    expect(stored.equals(content)).toBe(true);
  });

  test('signs each part anew when it starts, and for two seconds alone', () => {
    expect(sent).toHaveLength(5);
    for (const { url, startedAt } of sent) {
      expect(url.searchParams.get('X-Amz-Expires')).toBe(String(LIFE_SECONDS));
      expect(startedAt - signedAt(url)).toBeLessThan(LIFE_SECONDS * 1000);
    }
  });

  test('goes on longer than its first URL lives, and so does the sending of a part', () => {
    const starts = sent.map(({ startedAt }) => startedAt);
    expect(Math.max(...starts) - Math.min(...starts)).toBeGreaterThan(LIFE_SECONDS * 1000);
    expect(Math.max(...sent.map(({ tookMs }) => tookMs))).toBeGreaterThan(LIFE_SECONDS * 1000);
  });

  test('had been refused, had the last part been sent to a URL that was signed with the first', async () => {
    const [first] = [...sent].sort((a, b) => a.startedAt - b.startedAt);
    const { url, headers } = first!;
    const at = (Number(url.searchParams.get('partNumber')) - 1) * 8 * MIB;
    const body = content.subarray(at, at + Number(headers['content-length']));
    const late = await ask(url.href, { method: 'PUT', headers: { ...headers }, body });
    expect(late).toMatchObject({ status: 403, code: 'AccessDenied' });
  });
});
