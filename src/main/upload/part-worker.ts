import type { TransferPlan } from '../../shared/transfer-state.ts';
import { partBuffer, readPart } from './part-body.ts';
import type { PartRange } from './part-plan.ts';
import type { PartQueue } from './part-queue.ts';
import type { Body, UploadPorts } from './ports.ts';
import type { ProgressMeter } from './progress-meter.ts';
import { withRetries } from './retry-policy.ts';

/** The parts of one upload, as its workers share them. */
export interface PartJob {
  readonly ports: UploadPorts;
  readonly queue: PartQueue;
  readonly meter: ProgressMeter;
  readonly plan: TransferPlan;
  /** Null where the whole file is one PUT. */
  readonly uploadId: string | null;
  readonly signal: AbortSignal;
  /** Whether a single PUT that failed has made the object all the same. @throws the error where it has not */
  readonly orOurs: (error: unknown) => Promise<string>;
  readonly moved: () => void;
  readonly sent: () => void;
  readonly failed: (error: unknown) => void;
}

/** One worker: sends one part after the other until none is left or the signal stops it. Never rejects. */
export async function sendFromQueue(job: PartJob): Promise<void> {
  const { ports, queue, meter, plan, signal } = job;
  const buffer = partBuffer(Math.min(plan.partSize, plan.size));
  for (let part = queue.take(); part; part = queue.take()) {
    const range = part;
    try {
      const etag = await withRetries(() => sendPart(job, range, buffer), ports.patience, signal);
      queue.arrived(range, etag);
      meter.settle(range.partNumber, range.length);
      job.sent();
    } catch (error) {
      queue.giveBack(range);
      if (!signal.aborted) job.failed(error);
    }
    if (signal.aborted) return;
  }
}

async function sendPart(job: PartJob, part: PartRange, buffer: Uint8Array): Promise<string> {
  const { ports, uploadId, signal, meter } = job;
  const body = await readPart(ports.file, part, buffer);
  // A single PUT makes the object at once, so this is the last moment to see that the file has changed.
  if (uploadId === null) await ports.file.assertUnchanged();
  signal.throwIfAborted();
  const { target } = ports;
  const request = await (uploadId === null
    ? target.signPut(body)
    : target.signPart(uploadId, part.partNumber, body));
  try {
    return await ports.sender.put(request, metered(job, part.partNumber, body.chunks()), signal);
  } catch (error) {
    meter.forget(part.partNumber);
    if (uploadId === null) return job.orOurs(error);
    throw error;
  }
}

async function* metered(job: PartJob, partNumber: number, chunks: Body): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    yield chunk;
    job.meter.sent(partNumber, chunk.length);
    job.moved();
  }
}
