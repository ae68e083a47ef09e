import { asSandglassError, SandglassError } from '../../shared/errors.ts';
import {
  isFinal,
  transition,
  type TransferEffect,
  type TransferEvent,
  type TransferState,
} from '../../shared/transfer-state.ts';
import { planParts } from './part-plan.ts';
import { PartQueue } from './part-queue.ts';
import { sendFromQueue, type PartJob } from './part-worker.ts';
import type { UploadPorts } from './ports.ts';
import { ProgressMeter } from './progress-meter.ts';
import { withRetries } from './retry-policy.ts';

/** What a watcher sees. Bytes are whole, never fall, and end at the file's size. */
export interface UploadProgress {
  readonly state: TransferState;
  readonly sentBytes: number;
  readonly totalBytes: number;
}

/** How many parts are under way at once. */
export const USUAL_CONCURRENCY = 4;

/**
 * One file on its way to one object. The states and their order are `transition`'s; this class carries out the
 * effects: each part is read, hashed, signed just before it is sent, and sent again where the retry policy says so.
 */
export class Upload {
  readonly #ports: UploadPorts;
  readonly #concurrency: number;
  readonly #watchers = new Set<(progress: UploadProgress) => void>();
  readonly #finished = Promise.withResolvers<TransferState>();
  readonly #meter = new ProgressMeter();
  #state: TransferState = { kind: 'queued' };
  #queue = new PartQueue({ size: 0, partSize: 1, partCount: 0 });
  #stop = new AbortController();
  #work: Promise<void> = Promise.resolve();
  #queued: Promise<void> = Promise.resolve();
  #performing = 0;
  #leftover: string | null = null;
  #mayExist = false;

  constructor(ports: UploadPorts, concurrency = USUAL_CONCURRENCY) {
    this.#ports = ports;
    this.#concurrency = concurrency;
  }

  get progress(): UploadProgress {
    const totalBytes = this.#ports.file.size;
    const sentBytes = this.#state.kind === 'done' ? totalBytes : Math.min(this.#meter.bytes, totalBytes);
    return { state: this.#state, sentBytes, totalBytes };
  }

  /** The upload id that S3 still holds parts for, where it could not be aborted. */
  get leftover(): string | null {
    return this.#leftover;
  }

  /** Whether the object may be there, though the upload did not end well: an answer that would have told was lost. */
  get mayExist(): boolean {
    return this.#mayExist;
  }

  /** Calls the watcher at every change; the function it gives ends that. */
  watch(watcher: (progress: UploadProgress) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Starts, and yields the final state once nothing of the upload is under way any more. Never rejects. */
  run(): Promise<TransferState> {
    this.#dispatch({ type: 'start' });
    return this.#finished.promise;
  }

  /** Stops and leaves no multipart upload behind. */
  cancel(): void {
    this.#dispatch({ type: 'cancel' });
  }

  /** Ends because the process does; what has arrived stays on the server. */
  interrupt(): void {
    this.#dispatch({ type: 'interrupt' });
  }

  /** Stops sending; what arrived stays, and `resume` sends the rest. */
  pause(): void {
    this.#dispatch({ type: 'pause' });
  }

  resume(): void {
    this.#dispatch({ type: 'resume' });
  }

  #dispatch(event: TransferEvent): void {
    const { state, effects } = transition(this.#state, event);
    this.#state = state;
    this.#tell();
    // What is under way is told to stop at once; everything else waits its turn.
    if (effects.some((effect) => effect.do === 'stop-parts')) this.#stop.abort();
    this.#queued = this.#queued.then(() => this.#perform(effects));
    this.#performing++;
  }

  #fail(error: unknown): void {
    const { code, message, next, requestId } = asSandglassError(error);
    this.#dispatch({ type: 'failed', failure: { code, message, next, requestId } });
  }

  async #perform(effects: readonly TransferEffect[]): Promise<void> {
    for (const effect of effects) await this.#carryOut(effect);
    this.#performing--;
    if (isFinal(this.#state) && this.#performing === 0) this.#finished.resolve(this.#state);
  }

  /** What takes long goes on as `#work`, so that an end or a pause can stop it and wait until it has stopped. */
  async #carryOut(effect: TransferEffect): Promise<void> {
    if (effect.do === 'stop-parts') this.#stop.abort();
    await this.#work;
    switch (effect.do) {
      case 'prepare':
        this.#begin(() => this.#prepare());
        return;
      case 'send-parts':
        this.#begin(() => this.#sendParts());
        return;
      case 'complete':
        this.#begin(() => this.#complete());
        return;
      case 'stop-parts':
        return;
      case 'abort-upload':
        return this.#abort(effect.uploadId);
    }
  }

  #begin(work: () => Promise<void>): void {
    this.#stop = new AbortController();
    this.#work = work().catch((error: unknown) => {
      this.#fail(error);
    });
  }

  async #prepare(): Promise<void> {
    if (this.#state.kind !== 'preparing') return;
    const plan = planParts(this.#ports.file.size);
    const uploadId = plan.partCount === 1 ? null : await this.#retrying(() => this.#ports.target.create());
    this.#queue = new PartQueue(plan);
    this.#dispatch({ type: 'prepared', plan, uploadId });
  }

  async #sendParts(): Promise<void> {
    if (this.#state.kind !== 'uploading') return;
    const { plan, uploadId } = this.#state;
    const job: PartJob = {
      ...{ ports: this.#ports, queue: this.#queue, meter: this.#meter, plan, uploadId },
      signal: this.#stop.signal,
      orOurs: (error) => this.#orOurs(error),
      moved: () => {
        this.#tell();
      },
      sent: () => {
        this.#dispatch({ type: 'part-sent' });
      },
      failed: (error) => {
        this.#fail(error);
      },
    };
    const count = Math.min(this.#concurrency, plan.partCount);
    await Promise.all(Array.from({ length: count }, () => sendFromQueue(job)));
  }

  /** The file is compared with what it was before the parts become an object, and the object with the file after. */
  async #complete(): Promise<void> {
    if (this.#state.kind !== 'completing') return;
    const { uploadId, plan } = this.#state;
    if (uploadId !== null) {
      await this.#ports.file.assertUnchanged();
      await this.#retrying(() =>
        this.#ports.target
          .complete(uploadId, this.#queue.tags())
          .catch((error: unknown) => this.#orOurs(error)),
      );
    }
    this.#mayExist = true;
    const { size, ours } = await this.#retrying(() => this.#ports.target.confirm());
    if (size !== plan.size || !ours) throw incomplete();
    this.#dispatch({ type: 'completed' });
  }

  /**
   * What makes the object failed. Where an earlier answer was lost, the same request sent again meets an upload id that
   * is gone, or a key that is taken, because the object is made: HEAD tells whether it is ours.
   */
  async #orOurs(error: unknown): Promise<string> {
    const { code, retryable } = asSandglassError(error);
    // Stopped in flight, or its answer lost: the server may have had it all.
    if (retryable || this.#stop.signal.aborted) this.#mayExist = true;
    if (code !== 'upload-gone' && code !== 'key-taken') throw error;
    const found = await this.#retrying(() => this.#ports.target.confirm()).catch(() => null);
    if (found?.ours) return '';
    throw error;
  }

  async #abort(uploadId: string): Promise<void> {
    try {
      await this.#retrying(() => this.#ports.target.abort(uploadId), new AbortController().signal);
    } catch (error) {
      if (asSandglassError(error).code !== 'upload-gone') this.#leftover = uploadId;
    }
  }

  #retrying<T>(request: () => Promise<T>, signal = this.#stop.signal): Promise<T> {
    return withRetries(request, this.#ports.patience, signal);
  }

  #tell(): void {
    const { progress } = this;
    for (const watcher of this.#watchers) watcher(progress);
  }
}

function incomplete(): SandglassError {
  return new SandglassError('upload-incomplete', 'What the bucket now holds is not what was sent.', {
    next: 'Share the file again; something else may write under the same key.',
  });
}
