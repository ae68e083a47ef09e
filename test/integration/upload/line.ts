import { createHash, randomBytes, randomFillSync } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../../../src/shared/clock.ts';
import type { TransferFailure } from '../../../src/shared/transfer-state.ts';
import type { Credentials, CredentialSource } from '../../../src/main/credentials/credentials.ts';
import { History } from '../../../src/main/history/history.ts';
import { Holder } from '../../../src/main/history/holder.ts';
import { DiskFile } from '../../../src/main/platform/disk-file.ts';
import { HashPool } from '../../../src/main/platform/hash-pool.ts';
import { HttpProbe } from '../../../src/main/platform/http-probe.ts';
import { HttpSender } from '../../../src/main/platform/http-sender.ts';
import { systemClock } from '../../../src/main/platform/system-time.ts';
import { Links } from '../../../src/main/share/links.ts';
import { Nudge } from '../../../src/main/share/recovery.ts';
import { Sharing, type OpenFile, type ShareOptions } from '../../../src/main/share/sharing.ts';
import { RegionFinder } from '../../../src/main/signing/region-finder.ts';
import { dropClientConnections, s3Client } from '../../../src/main/signing/s3-client.ts';
import { ServerClock } from '../../../src/main/signing/server-clock.ts';
import { BySizeTurns } from '../../../src/main/upload/by-size-turns.ts';
import { FairLanes } from '../../../src/main/upload/fair-lanes.ts';
import { Pace } from '../../../src/main/upload/pace.ts';
import type { Lanes, Throttle } from '../../../src/main/upload/ports.ts';
import { startFaultProxy, type FaultProxy, type FaultScript } from '../../servers/fault-proxy/proxy.ts';
import { CountingSender } from './counting-sender.ts';
import { TrackedShare } from './tracked-share.ts';

export const MIB = 1024 ** 2;
/** Two whole parts and one that is shorter. */
export const THREE_PARTS = 16 * MIB + 12_345;
/** Long enough for a busy machine; tests of silence shorten it. */
const USUAL_IDLE_MS = 3_000;

export interface LineServer {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: Credentials;
}

export interface LineOptions {
  readonly fault?: FaultScript;
  readonly idleMs?: number;
  /** This computer's clock. */
  readonly clock?: Clock;
  readonly source?: CredentialSource;
  /** Default: as the app, for ever. */
  readonly waitsFor?: (failure: TransferFailure) => number;
  /** Default: the moments at which the app would look, all of them a hundredth as long. */
  readonly recoverySleep?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** How many times as fast as in the app time between attempts passes; default: a hundred. */
  readonly haste?: number;
  /** From 0 up to, but not, 1; default: chance. */
  readonly random?: () => number;
  /** For the pace: milliseconds. Default: the computer's own. */
  readonly steadyMs?: () => number;
  readonly throttle?: Throttle;
  readonly opened?: (file: DiskFile) => OpenFile;
  /** Default: a random key, which is never taken. */
  readonly keyTemplate?: string;
}

/**
 * The rooms of one Sandglass in this process, as the composition root builds them, behind a fault proxy. Time between
 * attempts is shortened to a hundredth, and written down as it was asked for.
 */
export class Line {
  readonly bucket: string;
  readonly folder: string;
  readonly proxy: FaultProxy;
  readonly history: History;
  readonly holding: Holder;
  readonly nudge = new Nudge();
  readonly clock: ServerClock;
  readonly sender: HttpSender;
  readonly counting: CountingSender;
  readonly pace: Pace;
  readonly source: CredentialSource;
  readonly sharing: Sharing;
  readonly links: Links;
  /** Milliseconds that were waited between attempts, as they were asked for. */
  readonly sleeps: number[] = [];
  /** How many parts might be sent at once, after each change. */
  readonly limits: number[] = [];
  readonly #options: LineOptions;
  readonly #hashPool = new HashPool();

  private constructor(
    { region, credentials }: LineServer,
    bucket: string,
    options: LineOptions,
    at: { readonly folder: string; readonly proxy: FaultProxy },
  ) {
    this.bucket = bucket;
    this.folder = at.folder;
    this.proxy = at.proxy;
    this.#options = options;
    this.source = options.source ?? steadySource(credentials);
    this.history = History.open(join(this.folder, 'history.db'));
    this.holding = Holder.take(join(this.folder, 'running'), 'app');
    this.clock = new ServerClock(options.clock ?? systemClock);
    this.sender = new HttpSender(this.clock, { connectMs: 2_000, idleMs: options.idleMs ?? USUAL_IDLE_MS });
    this.counting = new CountingSender(this.sender);
    this.pace = new Pace(options.steadyMs ?? (() => performance.now()));
    const locator = this.#locator(region);
    this.sharing = this.#sharing(locator);
    const { history: shelf, clock } = this;
    this.links = new Links({
      shelf,
      locator,
      clock,
      probe: new HttpProbe(clock),
      sourceOf: () => this.source,
    });
  }

  static async open(server: LineServer, bucket: string, options: LineOptions = {}): Promise<Line> {
    const folder = await mkdtemp(join(tmpdir(), 'sandglass-line-'));
    const { fault = () => null } = options;
    const proxy = await startFaultProxy({ server: server.endpoint, fault });
    return new Line(server, bucket, options, { folder, proxy });
  }

  /** A new file of so many random bytes. */
  async file(size = THREE_PARTS, name = `${randomBytes(4).toString('hex')}.bin`): Promise<string> {
    const path = join(this.folder, name);
    await writeFile(path, randomFillSync(Buffer.allocUnsafe(size)));
    return path;
  }

  /** Shares a file and sends its bytes. */
  async share(
    path: string,
    options: Partial<ShareOptions> = {},
    bucket = this.bucket,
  ): Promise<TrackedShare> {
    const endpoint = { url: this.proxy.endpoint, pathStyle: true };
    const destination = { bucket, endpoint, source: this.source };
    const keyTemplate = this.#options.keyTemplate ?? '{random}/{name}';
    const usual = { life: { kind: 'seconds', seconds: 3_600 }, keyTemplate } as const;
    const share = await this.sharing.share(path, destination, { ...usual, ...options });
    return new TrackedShare(share, this.counting);
  }

  /** Goes on with a share of this history. @param before bytes that the server has already */
  async resume(id: string, before = 0): Promise<TrackedShare> {
    const share = await this.sharing.resume(this.history.find(id), this.source);
    return new TrackedShare(share, this.counting, before);
  }

  statusOf({ share }: TrackedShare): string {
    return this.history.find(share.link.id).status;
  }

  /** As after a sleep: no connection of before leads anywhere. */
  dropConnections(): void {
    this.sender.drop();
    dropClientConnections();
  }

  async close(): Promise<void> {
    this.sender.drop();
    await this.proxy.close();
    await this.sender.close();
    await this.#hashPool.close();
    this.holding.release();
    this.history.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  #sharing(locator: RegionFinder): Sharing {
    const { opened = (file: DiskFile): OpenFile => file } = this.#options;
    return new Sharing({
      ...{ sender: this.counting, patience: this.#patience, lanes: this.#lanes, turns: new BySizeTurns() },
      throttle: this.#options.throttle ?? { pass: () => Promise.resolve() },
      ...{ log: this.history, holding: this.holding, locator, clock: this.clock },
      recovery: {
        patience: { sleep: this.#options.recoverySleep ?? hundredth },
        nudge: this.nudge,
        now: () => performance.now(),
        waitsFor: this.#options.waitsFor ?? (() => Infinity),
      },
      openFile: async (path) => opened(await DiskFile.open(path, this.#hashPool)),
    });
  }

  get #patience() {
    return {
      sleep: (ms: number, signal: AbortSignal) => {
        this.sleeps.push(ms);
        return wait(ms / (this.#options.haste ?? 100), undefined, { signal });
      },
      random: this.#options.random ?? Math.random,
    };
  }

  get #lanes(): Lanes {
    const fair = new FairLanes(this.pace);
    const note = () => {
      if (this.limits.at(-1) !== this.pace.limit) this.limits.push(this.pace.limit);
    };
    return {
      enter: (upload, signal) => {
        note();
        return fair.enter(upload, signal);
      },
      sent: (bytes) => {
        fair.sent(bytes);
        note();
      },
      crowded: () => {
        fair.crowded();
        note();
      },
    };
  }

  /** The region is known, so that every request in the ledger is the upload's own. */
  #locator(region: string): RegionFinder {
    const memory = {
      regionOf: () => region,
      rememberRegion: () => Promise.resolve(),
      forgetRegion: () => Promise.resolve(),
    };
    return new RegionFinder(memory, (location, credentials) => s3Client(location, credentials, this.clock));
  }
}

/** Keys that never change. */
export function steadySource(credentials: Credentials): CredentialSource {
  return {
    origin: { kind: 'environment' },
    resolve: () => Promise.resolve(credentials),
    forget: () => undefined,
  };
}

/** SHA-256 of a file's bytes, in hexadecimal. */
export async function fileHash(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

function hundredth(ms: number, signal: AbortSignal): Promise<void> {
  return wait(ms / 100, undefined, { signal });
}
