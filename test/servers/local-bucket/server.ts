import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Door } from './door.ts';
import type { LogEntry } from './door.ts';
import type { Misbehave } from './misbehaviour.ts';
import { MultipartStore } from './multipart-store.ts';
import { ObjectStore } from './object-store.ts';
import { PieceStore } from './piece-store.ts';
import type { Identity } from './signature-check.ts';

export type { LogEntry } from './door.ts';
export type { Misbehave, Misbehaviour, Occasion } from './misbehaviour.ts';

export interface LocalBucketOptions {
  /** Where objects and uploads under way are kept; what an earlier run left there is found again. */
  readonly folder: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Default: us-east-1. */
  readonly region?: string;
  /** Where given, every request must carry this token. `endsAt` in milliseconds. */
  readonly sessionToken?: { readonly value: string; readonly endsAt?: number };
  /** Buckets that are to be there from the start. */
  readonly buckets?: readonly string[];
  /** Default: any free one. */
  readonly port?: number;
  /** The server's own time in milliseconds. Default: Date.now. */
  readonly clock?: () => number;
  /** Hears of every request when it is over. */
  readonly log?: (entry: LogEntry) => void;
  /** Decides which requests go wrong, and how. */
  readonly misbehave?: Misbehave;
}

export interface LocalBucket {
  /** Such as `http://127.0.0.1:40123`; buckets are addressed by path. */
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Ends every connection and waits for what is under way, so that the folder may be deleted. */
  readonly close: () => Promise<void>;
}

/**
 * Starts a small and strict S3 endpoint on loopback: it refuses what S3 refuses, in S3's own words.
 * @throws Error where the folder or the port cannot be used
 */
export async function startLocalBucket(options: LocalBucketOptions): Promise<LocalBucket> {
  const { accessKeyId, secretAccessKey, region = 'us-east-1', clock = Date.now, sessionToken } = options;
  const identity: Identity = { accessKeyId, secretAccessKey, region, sessionToken };
  const stores = await openStores(options.folder);
  for (const name of options.buckets ?? []) {
    if (!stores.objects.hasBucket(name)) await stores.objects.createBucket(name, clock());
  }
  const { log = () => undefined, misbehave = () => null } = options;
  const { port, close } = await listen(
    new Door({ identity, ...stores, clock, log, misbehave }),
    options.port ?? 0,
  );
  return { endpoint: `http://127.0.0.1:${port}`, region, accessKeyId, secretAccessKey, close };
}

async function openStores(folder: string) {
  const pieces = new PieceStore(join(folder, 'pieces'));
  const objects = new ObjectStore(join(folder, 'buckets'), pieces);
  const uploads = new MultipartStore(objects, pieces);
  const ofObjects = await objects.open();
  await pieces.open([...ofObjects, ...(await uploads.open(ofObjects))]);
  return { pieces, objects, uploads };
}

async function listen(door: Door, wanted: number): Promise<{ port: number; close: () => Promise<void> }> {
  const underWay = new Set<Promise<void>>();
  // Node ends requests after five minutes unless told otherwise, and a large part on a slow line takes longer.
  const server = createServer({ requestTimeout: 0, keepAliveTimeout: 60_000 });
  const receive = (...[incoming, outgoing]: Parameters<Door['receive']>): void => {
    const exchange = door.receive(incoming, outgoing).finally(() => underWay.delete(exchange));
    underWay.add(exchange);
  };
  server.on('request', receive);
  server.on('checkContinue', receive);
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    door.refuseBroken(error, socket);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(wanted, '127.0.0.1', resolve);
  });
  const close = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
    await Promise.allSettled(underWay);
  };
  return { port: (server.address() as AddressInfo).port, close };
}
