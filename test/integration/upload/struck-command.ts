import { randomBytes, randomFillSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import { startFaultProxy, type FaultProxy, type FaultScript } from '../../servers/fault-proxy/proxy.ts';
import type { S3Server } from '../../servers/s3-servers.ts';
import { keysFor, Sandglass, type Outcome, type Running } from '../command/sandglass.ts';
import { emptyBucket, objectHash, uploadsUnderWay } from './bucket-contents.ts';
import { fileHash, THREE_PARTS } from './line.ts';

export interface ListedShare {
  readonly id: string;
  readonly key: string;
  readonly status: string;
}

/** The built command behind a fault proxy; both are new for each test. */
export class StruckCommand {
  readonly #server: S3Server;
  #bucket = '';
  #sandglass: Sandglass | null = null;
  #proxy: FaultProxy | null = null;
  /** What goes wrong from now on. */
  fault: FaultScript = () => null;

  constructor(server: S3Server) {
    this.#server = server;
    beforeEach(async () => {
      this.#bucket ||= await server.freshBucket();
      this.#sandglass = await Sandglass.install();
      this.fault = () => null;
      const fault: FaultScript = (occasion) => this.fault(occasion);
      this.#proxy = await startFaultProxy({ server: server.endpoint, fault });
    });
    afterEach(async () => {
      await this.proxy.close();
      await this.sandglass.uninstall();
      await emptyBucket(server.client, this.#bucket);
    });
  }

  get bucket(): string {
    return this.#bucket;
  }

  get proxy(): FaultProxy {
    return this.#proxy!;
  }

  get sandglass(): Sandglass {
    return this.#sandglass!;
  }

  begin(args: readonly string[]): Running {
    const { credentials } = this.#server;
    return this.sandglass.start(args, { env: keysFor({ endpoint: this.proxy.endpoint, credentials }) });
  }

  call(args: readonly string[]): Promise<Outcome> {
    return this.begin(args).outcome;
  }

  share(path: string): Running {
    return this.begin(['share', path, '--bucket', this.#bucket]);
  }

  /** Newest first. */
  async shares(): Promise<ListedShare[]> {
    const { stdout } = await this.call(['list', '--json']);
    return (JSON.parse(stdout) as { shares: ListedShare[] }).shares;
  }

  /** A new file of so many random bytes. */
  async file(size = THREE_PARTS): Promise<string> {
    const path = join(this.sandglass.home, `${randomBytes(4).toString('hex')}.bin`);
    await writeFile(path, randomFillSync(Buffer.allocUnsafe(size)));
    return path;
  }

  /** The newest share is live, its object is the file, and nothing else is left. */
  async expectWhole({ key }: ListedShare, path: string): Promise<void> {
    const { client } = this.#server;
    expect(await objectHash(client, this.#bucket, key)).toBe(await fileHash(path));
    expect(await uploadsUnderWay(client, this.#bucket)).toEqual([]);
    expect((await this.shares())[0]).toMatchObject({ status: 'live' });
  }
}
