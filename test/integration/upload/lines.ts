import { AbortMultipartUploadCommand, ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import { afterEach, beforeAll, expect } from 'vitest';
import type { S3Server } from '../../servers/s3-servers.ts';
import type { Fault, FaultScript, Occasion, Operation } from '../../servers/fault-proxy/proxy.ts';
import { emptyBucket, objectHash, objectsIn, uploadsUnderWay } from './bucket-contents.ts';
import { fileHash, Line, type LineOptions } from './line.ts';
import type { TrackedShare } from './tracked-share.ts';

/** What the tests of one describe block have: a bucket, and lines to it that end with each test. */
export interface Lines {
  readonly bucket: () => string;
  open(options?: LineOptions | FaultScript): Promise<Line>;
  /** The link works, the object is the file, nothing was counted twice, and nothing else is left. */
  expectWhole(line: Line, share: TrackedShare, path: string): Promise<void>;
  /** It failed in this way, and nothing is in the bucket. */
  expectNothing(line: Line, share: TrackedShare, code: string): Promise<void>;
}

export function linesTo(server: S3Server): Lines {
  let bucket = '';
  const open: Line[] = [];
  beforeAll(async () => {
    bucket = await server.freshBucket();
  });
  afterEach(async () => {
    for (const line of open.splice(0)) await line.close();
    await abortAll(server, bucket);
    await emptyBucket(server.client, bucket);
  });
  return {
    bucket: () => bucket,
    open: async (options = {}) => {
      const line = await Line.open(
        server,
        bucket,
        typeof options === 'function' ? { fault: options } : options,
      );
      open.push(line);
      return line;
    },
    expectWhole: async (line, tracked, path) => {
      expect(await tracked.outcome, tracked.course.join(', ')).toBeNull();
      const { key } = tracked.share.link;
      expect(await objectHash(server.client, bucket, key)).toBe(await fileHash(path));
      expect(await uploadsUnderWay(server.client, bucket)).toEqual([]);
      expect(line.statusOf(tracked)).toBe('live');
      expect(line.history.find(tracked.share.link.id).uploadId).toBeNull();
      expectCounted(line, tracked);
      expect(tracked.share.progress.sentBytes).toBe(tracked.share.progress.totalBytes);
    },
    expectNothing: async (line, tracked, code) => {
      expect(await tracked.code(), tracked.course.join(', ')).toBe(code);
      expect(await uploadsUnderWay(server.client, bucket)).toEqual([]);
      expect(await objectsIn(server.client, bucket)).toEqual([]);
      expect(line.history.find(tracked.share.link.id).uploadId).toBeNull();
      expectCounted(line, tracked);
    },
  };
}

function expectCounted(line: Line, { miscounts }: TrackedShare): void {
  expect(miscounts).toEqual([]);
  expect(line.proxy.ledger.doubledParts).toEqual([]);
}

async function abortAll({ client }: S3Server, Bucket: string): Promise<void> {
  const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket }));
  for (const { Key, UploadId } of Uploads)
    await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
}

/** Strikes some attempts of an operation, the first unless told otherwise; of parts, only this one. */
export function striking(
  operation: Operation,
  fault: Fault | readonly Fault[],
  { part, attempts = [1] }: { readonly part?: number; readonly attempts?: readonly number[] | 'all' } = {},
): FaultScript {
  return (occasion) => {
    const isMeant =
      occasion.operation === operation &&
      (part === undefined || occasion.partNumber === part) &&
      (attempts === 'all' || attempts.includes(occasion.attempt));
    return isMeant ? fault : null;
  };
}

/** An answer in S3's words, without the server. */
export function refusal(status: number, code: string, message = 'As the test would have it.'): Fault {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return { kind: 'answer', status, headers: { 'Content-Type': 'application/xml' }, body };
}

/** How often each part was sent, by its number. */
export function partAttempts(line: Line): Record<number, number> {
  const attempts: Record<number, number> = {};
  for (const { partNumber } of line.proxy.ledger.of('part'))
    if (partNumber !== null) attempts[partNumber] = (attempts[partNumber] ?? 0) + 1;
  return attempts;
}

/** The requests in order, such as `create`, `part 1`, `complete`. */
export function requestsOf(line: Line): string[] {
  return line.proxy.ledger.log.map(({ operation, partNumber }: Occasion) =>
    partNumber === null ? operation : `${operation} ${partNumber}`,
  );
}
