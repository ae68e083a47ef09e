import { asSandglassError, SandglassError } from '../../shared/errors.ts';
import type { TransferPlan } from '../../shared/transfer-state.ts';
import type { ETagCheck } from './etag-check.ts';
import { partBody, partRooms } from './part-body.ts';
import type { PartRange } from './part-plan.ts';
import type { ArrivedPart, PartQueue } from './part-queue.ts';
import type { UploadPorts } from './ports.ts';
import type { ProgressMeter } from './progress-meter.ts';
import { saysTooMuch, withRetries } from './retry-policy.ts';
import type { Rooms } from './rooms.ts';

/** What sending the parts of one upload takes. */
export interface PartJob {
  readonly ports: UploadPorts;
  readonly queue: PartQueue;
  readonly meter: ProgressMeter;
  readonly etags: ETagCheck;
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

/** Sends each part that is missing in a lane of its own, until none is left or the signal stops it. Never rejects. */
export async function sendParts(job: PartJob): Promise<void> {
  const { ports, queue, signal } = job;
  const underWay = new Set<Promise<void>>();
  const rooms = partRooms(Math.min(job.plan.partSize, job.plan.size));
  let unsent: PartRange | null = null;
  while (!signal.aborted) {
    // Taken before there is a lane, since who has no part left must not wait for one.
    const part = queue.take();
    // The queue is part of what the upload is known by: it is the same as long as the upload is.
    const lane = part && (await ports.lanes.enter(queue, signal).catch(() => null));
    if (!lane) {
      unsent = part;
      break;
    }
    const sending = sendInLane(job, part, rooms).finally(() => {
      lane.leave();
      underWay.delete(sending);
    });
    underWay.add(sending);
  }
  await Promise.all(underWay);
  if (unsent) queue.giveBack(unsent);
}

async function sendInLane(job: PartJob, part: PartRange, rooms: Rooms): Promise<void> {
  const { ports, queue, meter, signal } = job;
  try {
    const arrived = await withRetries(
      () => sendPart(job, part, rooms),
      ports.patience,
      signal,
      (error) => {
        if (saysTooMuch(error)) ports.lanes.crowded();
      },
    );
    queue.arrived(part.partNumber, arrived);
    meter.settle(part.partNumber, part.length);
    ports.lanes.sent(part.length);
    job.sent();
  } catch (error) {
    queue.giveBack(part);
    if (!signal.aborted) job.failed(error);
  }
}

/** Signs with other credentials once where those that signed have ended meanwhile. */
async function sendPart(job: PartJob, part: PartRange, rooms: Rooms): Promise<ArrivedPart> {
  const { target } = job.ports;
  const { renewals } = target;
  try {
    return await attempt(job, part, rooms);
  } catch (error) {
    const { code } = asSandglassError(error);
    if (code !== 'credentials-expired' || !(await target.renewCredentials(renewals))) throw error;
    return attempt(job, part, rooms);
  }
}

async function attempt(job: PartJob, part: PartRange, rooms: Rooms): Promise<ArrivedPart> {
  const { ports, uploadId, signal, meter, etags } = job;
  const { target, file } = ports;
  const md5 = await file.md5(part.offset, part.length);
  // A single PUT makes the object at once, so this is the last moment to see that the file has changed.
  if (uploadId === null) await file.compare();
  signal.throwIfAborted();
  const body = { size: part.length, md5 };
  const request = await (uploadId === null
    ? target.signPut(body)
    : target.signPart(uploadId, part.partNumber, body));
  const sending = { isOver: false, isRead: false };
  const room = rooms.take();
  try {
    const answer = await ports.sender.put(request, metered(job, part, room, sending), signal);
    if (!etags.names(answer, md5)) throw otherBytes();
    // After anything but an answer to the whole body, the socket may hold chunks of it, or one may still be read.
    if (sending.isRead) rooms.giveBack(room);
    return { etag: answer.etag, md5 };
  } catch (error) {
    // What is still handed out of this attempt counts no more.
    sending.isOver = true;
    meter.forget(part.partNumber);
    if (uploadId === null) return { etag: await job.orOurs(error), md5 };
    throw error;
  }
}

async function* metered(
  job: PartJob,
  part: PartRange,
  room: Buffer,
  sending: { readonly isOver: boolean; isRead: boolean },
): AsyncGenerator<Uint8Array> {
  const { meter, signal, ports } = job;
  for await (const chunk of partBody(ports.file, part, room)) {
    await ports.throttle.pass(chunk.length, signal);
    yield chunk;
    if (sending.isOver) return;
    meter.sent(part.partNumber, chunk.length);
    job.moved();
  }
  sending.isRead = true;
}

function otherBytes(): SandglassError {
  return new SandglassError('refused', 'The server names other bytes than those that were sent.', {
    next: 'Try again; if it stays so, something between here and the server changes what passes.',
    retryable: true,
  });
}
