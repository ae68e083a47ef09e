import { randomBytes } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, inject } from 'vitest';
import type { CephRgwAccess } from './ceph-rgw.ts';
import { startTemporaryBucket } from './temporary-bucket.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The gateway that runs for the integration tests; null where Ceph is not installed. */
    rgw: CephRgwAccess | null;
  }
}

export type S3ServerKind = 'local bucket' | 'Ceph RGW';

/** An S3 server to test against. All but `kind` may be asked for in hooks and tests only. */
export interface S3Server {
  readonly kind: S3ServerKind;
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** A plain SDK client for the server, closed when the describe block is over. */
  readonly client: S3Client;
  /** Creates a bucket; it is emptied and deleted when the describe block is over. */
  freshBucket(): Promise<string>;
}

interface Running {
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  stop(): Promise<void>;
}

/**
 * Runs the same tests against the strict local bucket and against Ceph RGW. Where RGW is not installed its
 * block is skipped, and its name says so; on CI a missing RGW fails the whole run instead.
 */
export function describeOnBothServers(name: string, tests: (server: S3Server) => void): void {
  describe(`${name} (local bucket)`, () => {
    tests(serverFor('local bucket', startLocal));
  });
  const rgw = inject('rgw');
  const title = rgw === null ? 'Ceph RGW: skipped, radosgw is not installed here' : 'Ceph RGW';
  describe.skipIf(rgw === null)(`${name} (${title})`, () => {
    // Where it is skipped, nothing is started: the tests are only counted.
    const running = { ...rgw!, region: 'us-east-1', stop: () => Promise.resolve() };
    tests(serverFor('Ceph RGW', () => Promise.resolve(running)));
  });
}

/** An SDK client as every test should have it: by path, and without checksums that nobody asked for. */
export function plainClient(server: Pick<S3Server, 'endpoint' | 'region' | 'credentials'>): S3Client {
  return new S3Client({
    endpoint: server.endpoint,
    region: server.region,
    credentials: { ...server.credentials },
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // A refusal is to be seen as it is, and at once.
    maxAttempts: 1,
  });
}

function serverFor(kind: S3ServerKind, start: () => Promise<Running>): S3Server {
  const buckets: string[] = [];
  let running: { readonly server: Running; readonly client: S3Client } | null = null;
  const now = (): { readonly server: Running; readonly client: S3Client } => {
    if (running === null) throw new Error('The server runs in hooks and tests only.');
    return running;
  };
  beforeAll(async () => {
    const server = await start();
    const { endpoint, region, accessKeyId, secretAccessKey } = server;
    const client = plainClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } });
    running = { server, client };
  });
  afterAll(async () => {
    if (running === null) return;
    const { server, client } = running;
    // RGW keeps everything in memory and hangs when that is full, so nothing may stay.
    for (const bucket of buckets) await removeBucket(client, bucket);
    client.destroy();
    await server.stop();
  });
  return {
    kind,
    get endpoint() {
      return now().server.endpoint;
    },
    get region() {
      return now().server.region;
    },
    get credentials() {
      const { accessKeyId, secretAccessKey } = now().server;
      return { accessKeyId, secretAccessKey };
    },
    get client() {
      return now().client;
    },
    freshBucket: async () => {
      const bucket = `sandglass-${randomBytes(6).toString('hex')}`;
      await now().client.send(new CreateBucketCommand({ Bucket: bucket }));
      buckets.push(bucket);
      return bucket;
    },
  };
}

async function startLocal(): Promise<Running> {
  const bucket = await startTemporaryBucket();
  return { ...bucket, stop: bucket.close };
}

/** Deletes a bucket with all that is in it, uploads under way included. One that is gone already is fine. */
export async function removeBucket(client: S3Client, bucket: string): Promise<void> {
  try {
    await abortUploads(client, bucket);
    await deleteObjects(client, bucket);
    await deleteVersions(client, bucket);
    await client.send(new DeleteBucketCommand({ Bucket: bucket }));
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'NoSuchBucket') throw error;
  }
}

async function abortUploads(client: S3Client, Bucket: string): Promise<void> {
  for (;;) {
    const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket }));
    if (Uploads.length === 0) return;
    for (const { Key, UploadId } of Uploads) {
      await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
    }
  }
}

async function deleteObjects(client: S3Client, Bucket: string): Promise<void> {
  for (;;) {
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
    if (Contents.length === 0) return;
    for (const { Key } of Contents) await client.send(new DeleteObjectCommand({ Bucket, Key }));
  }
}

/** In a bucket that keeps versions, deleting only hides. */
async function deleteVersions(client: S3Client, Bucket: string): Promise<void> {
  for (;;) {
    const command = new ListObjectVersionsCommand({ Bucket });
    const { Versions = [], DeleteMarkers = [] } = await client.send(command);
    if (Versions.length + DeleteMarkers.length === 0) return;
    for (const { Key, VersionId } of [...Versions, ...DeleteMarkers]) {
      await client.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
    }
  }
}
