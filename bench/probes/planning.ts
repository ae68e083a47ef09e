/** Plans an upload of ten thousand parts and signs the first, in a process that has done neither; then what it holds. */
import { BucketAccess } from '../../src/main/signing/bucket-access.ts';
import { bucketLocation } from '../../src/main/signing/location.ts';
import { MAX_PARTS, planParts, USUAL_PART_BYTES } from '../../src/main/upload/part-plan.ts';
import { PartQueue } from '../../src/main/upload/part-queue.ts';
import { openRooms, probeCall, tell } from './rooms.ts';

const MD5_OF_NOTHING = '1B2M2Y8AsgTpgAmY7PhCfg==';
const START_WITHIN_SECONDS = 3_600;

const { rooms, destination } = await openRooms(probeCall());
const { bucket, endpoint, source } = destination;

const start = performance.now();
const plan = planParts(MAX_PARTS * USUAL_PART_BYTES);
const queue = new PartQueue(plan);
const first = queue.take();
const access = new BucketAccess(bucketLocation(bucket, endpoint, 'us-east-1'), source, rooms.clock);
await access.request(
  {
    ...{ verb: 'upload-part', bucket, key: 'file.bin', uploadId: 'upload', partNumber: 1 },
    ...{ size: first?.length ?? 0, md5: MD5_OF_NOTHING },
  },
  START_WITHIN_SECONDS,
);
const milliseconds = performance.now() - start;

const planned = heapBytes(() => new PartQueue(planParts(MAX_PARTS * USUAL_PART_BYTES)));
const finished = heapBytes(() => {
  const done = new PartQueue(planParts(MAX_PARTS * USUAL_PART_BYTES));
  for (let part = done.take(); part; part = done.take()) {
    const { partNumber } = part;
    done.arrived(partNumber, {
      etag: whole(`"${partNumber.toString(16).padStart(32, '0')}"`),
      md5: whole(`${partNumber}`.padStart(24, '0')),
    });
  }
  return done;
});
tell({ milliseconds, parts: plan.partCount, plannedBytes: planned, finishedBytes: finished });
await rooms.close();

/** One string, as a parser of headers makes it; one that is glued together would hold its pieces as well. */
function whole(glued: string): string {
  return Buffer.from(glued).toString('latin1');
}

/** Bytes of heap that a value holds on to. */
function heapBytes(make: () => unknown): number {
  // Once for the code that is compiled on the way, which stays whatever is made.
  make();
  const held: unknown[] = [];
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  held.push(make());
  globalThis.gc?.();
  const bytes = Math.max(0, process.memoryUsage().heapUsed - before);
  return held.length === 1 ? bytes : 0;
}
