import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { vi } from 'vitest';
import { coreRooms } from '../../../src/main/core-rooms.ts';
import { MemoryVault } from '../../../src/main/credentials/memory-vault.ts';
import type { ShareRecord } from '../../../src/main/history/share-record.ts';
import type { Destination } from '../../../src/main/share/destination.ts';
import type { S3Server } from '../../servers/s3-servers.ts';

export type Rooms = Awaited<ReturnType<typeof coreRooms>>;

/** Sandglass's own rooms on a machine of its own, without a face, and with the keys of a test server around it. */
export class Core {
  readonly rooms: Rooms;
  readonly #folder: string;
  readonly #server: S3Server;

  private constructor(rooms: Rooms, folder: string, server: S3Server) {
    this.rooms = rooms;
    this.#folder = folder;
    this.#server = server;
  }

  static async open(server: S3Server): Promise<Core> {
    for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) vi.stubEnv(name, undefined);
    vi.stubEnv('AWS_ACCESS_KEY_ID', server.credentials.accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', server.credentials.secretAccessKey);
    const folder = await mkdtemp(join(tmpdir(), 'sandglass-core-'));
    const rooms = await coreRooms(join(folder, 'data'), new MemoryVault(), {
      face: 'command',
      waitsFor: () => 0,
    });
    return new Core(rooms, folder, server);
  }

  destination(bucket: string): Destination {
    const source = this.rooms.sourceOf({ kind: 'environment' });
    return { bucket, endpoint: { url: this.#server.endpoint }, source };
  }

  /** A file that was shared for an hour, with all its bytes in the bucket. */
  async share(
    bucket: string,
    goneAtEnd: boolean,
    name = 'note.txt',
  ): Promise<ShareRecord & { readonly url: string }> {
    const path = join(this.#folder, name);
    await writeFile(path, `what ${name} says`);
    const options = { life: { kind: 'seconds', seconds: 3_600 }, keyTemplate: '{random}/{name}' } as const;
    const share = await this.rooms.sharing.share(path, this.destination(bucket), {
      ...options,
      goneAtEnd,
      again: true,
    });
    await share.upload();
    return { ...this.rooms.history.find(share.link.id), url: share.link.url };
  }

  /** Writes into the history as nobody but time would. */
  inHistory(sql: string): void {
    const db = new DatabaseSync(join(this.#folder, 'data', 'history.db'), { timeout: 5_000 });
    db.exec(sql);
    db.close();
  }

  async close(): Promise<void> {
    await this.rooms.close();
    await rm(this.#folder, { recursive: true, force: true });
    vi.unstubAllEnvs();
  }
}
