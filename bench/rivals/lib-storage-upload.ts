/**
 * Uploads files with @aws-sdk/lib-storage, as a program of one's own would.
 *
 *   node bench/rivals/lib-storage-upload.ts ENDPOINT BUCKET [PART_BYTES:CONCURRENCY] PATH...
 *
 * Several files go four at a time, the library's own measure for parts.
 */
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';

const FILES_AT_ONCE = 4;

const [endpoint = '', bucket = '', tuning = '', ...paths] = process.argv.slice(2);
const client = new S3Client({ endpoint, forcePathStyle: true });
const [partSize = 0, queueSize = 0] = tuning.split(':').map(Number);
const options = tuning === '' ? {} : { partSize, queueSize };

async function sendFromList(waiting: string[]): Promise<void> {
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const params = { Bucket: bucket, Key: basename(path), Body: createReadStream(path) };
    await new Upload({ client, params, ...options }).done();
  }
}

const waiting = [...paths];
await Promise.all(Array.from({ length: FILES_AT_ONCE }, () => sendFromList(waiting)));
client.destroy();
