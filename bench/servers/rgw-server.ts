import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { cephRgwIsInstalled, startCephRgw, type CephRgw } from '../../test/servers/ceph-rgw.ts';
import type { Arrived, BenchServer } from './bench-server.ts';

const BUCKET = 'bench';
const PUT_WITHIN_SECONDS = 3_600;

/** Starts Ceph's gateway with an empty bucket; null where it is not installed. */
export async function startRgw(): Promise<BenchServer | null> {
  if (!cephRgwIsInstalled()) return null;
  // A root of its own, so that its configuration is found again: the collector of deleted objects needs it.
  const root = await mkdtemp(join(tmpdir(), 'sandglass-bench-rgw-'));
  process.env['SANDGLASS_RGW_ROOT'] = root;
  const rgw = await startCephRgw();
  delete process.env['SANDGLASS_RGW_ROOT'];
  const client = clientOf(rgw);
  await client.send(new CreateBucketCommand({ Bucket: BUCKET }));
  const { endpoint, accessKeyId, secretAccessKey } = rgw;
  return {
    ...{ name: 'Ceph RGW', endpoint, region: 'us-east-1', bucket: BUCKET, rcloneProvider: 'Ceph' },
    ...{ accessKeyId, secretAccessKey },
    putUrl: (Key) =>
      getSignedUrl(client, new PutObjectCommand({ Bucket: BUCKET, Key }), { expiresIn: PUT_WITHIN_SECONDS }),
    arrived: () => arrivedIn(client),
    clear: async () => {
      await emptied(client);
      await collected(root);
    },
    stop: async () => {
      client.destroy();
      await rgw.stop();
      await rm(root, { recursive: true, force: true });
    },
  };
}

function clientOf({ endpoint, accessKeyId, secretAccessKey }: CephRgw): S3Client {
  return new S3Client({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId, secretAccessKey },
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
}

async function arrivedIn(client: S3Client): Promise<Arrived> {
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: BUCKET }));
  return { objects: Contents.length, bytes: Contents.reduce((sum, { Size = 0 }) => sum + Size, 0) };
}

async function emptied(client: S3Client): Promise<void> {
  for (;;) {
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: BUCKET }));
    if (Contents.length === 0) return;
    for (const { Key } of Contents) await client.send(new DeleteObjectCommand({ Bucket: BUCKET, Key }));
  }
}

/** Deleted bytes stay for hours unless they are collected, and a store that is full hangs its writers. */
async function collected(root: string): Promise<void> {
  const slot = (await readdir(root)).find((name) => /^sandglass-rgw-\d+$/.test(name)) ?? '';
  const configuration = join(root, slot, 'ceph.conf');
  await promisify(execFile)('radosgw-admin', ['-c', configuration, 'gc', 'process', '--include-all']);
}
