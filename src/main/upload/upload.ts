import { asSandglassError } from '../../shared/errors.ts';
import {
  isFinal,
  transition,
  type TransferEffect,
  type TransferEvent,
  type TransferFailure,
  type TransferPlan,
  type TransferState,
} from '../../shared/transfer-state.ts';
import type { UploadPorts } from './ports.ts';
import { aftermathOf, type Aftermath } from './retry-policy.ts';
import { UploadWork } from './upload-work.ts';

/** What a watcher sees. Bytes are whole, and fall only where the upload is begun anew; they end at the file's size. */
export interface UploadProgress {
  readonly state: TransferState;
  readonly sentBytes: number;
  readonly totalBytes: number;
}

/** How the file is cut, and the multipart upload of an earlier process that is to be taken up. */
export interface UploadCourse {
  readonly plan: TransferPlan;
  readonly uploadId: string | null;
}

/**
 * One file on its way to one object. The states and their order are `transition`'s; this class carries out the
 * effects: each part is read, hashed, signed just before it is sent, and sent again where the retry policy says so.
 */
export class Upload {
  readonly #ports: UploadPorts;
  readonly #course: UploadCourse;
  readonly #watchers = new Set<(progress: UploadProgress) => void>();
  readonly #finished = Promise.withResolvers<TransferState>();
  readonly #work: UploadWork;
  #state: TransferState;
  #stop = new AbortController();
  #underWay: Promise<void> = Promise.resolve();
  #queued: Promise<void> = Promise.resolve();
  #performing = 0;

  constructor(ports: UploadPorts, course: UploadCourse) {
    this.#ports = ports;
    this.#course = course;
    this.#state = { kind: 'queued', paused: false, uploadId: course.uploadId };
    this.#work = new UploadWork(ports, {
      state: () => this.#state,
      dispatch: (event) => {
        this.#dispatch(event);
      },
      trouble: (error) => {
        this.#trouble(error);
      },
      moved: () => {
        this.#tell();
      },
    });
  }

  get progress(): UploadProgress {
    const totalBytes = this.#course.plan.size;
    const sentBytes = this.#state.kind === 'done' ? totalBytes : Math.min(this.#work.sentBytes, totalBytes);
    return { state: this.#state, sentBytes, totalBytes };
  }

  /** Whether S3 may still hold parts, since they could not be dropped. */
  get leftover(): boolean {
    return this.#work.leftover;
  }

  /** Whether the object may be there, though the upload did not end well: an answer that would have told was lost. */
  get mayExist(): boolean {
    return this.#work.mayExist;
  }

  /** Calls the watcher at every change; the function it gives ends that. */
  watch(watcher: (progress: UploadProgress) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Starts, and yields the final state once nothing of the upload is under way any more. Never rejects. */
  run(): Promise<TransferState> {
    void this.#awaitTurn();
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

  /** The line is gone, and it is known before any request could find out: waits until it is there again. */
  stall(failure: TransferFailure): void {
    this.#dispatch({ type: 'stalled', failure });
  }

  /** Who is paused lets others go first, and needs no turn to go on. */
  async #awaitTurn(): Promise<void> {
    const { turns } = this.#ports;
    try {
      const leave = await turns.await(this.#course.plan.size, this.#stop.signal);
      const unwatch = this.watch(({ state }) => {
        if (state.kind !== 'paused' && !isFinal(state)) return;
        unwatch();
        leave();
      });
      this.#dispatch({ type: 'start', ...this.#course });
    } catch {
      // Ended before its turn came: whoever ended it has said so.
    }
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

  #trouble(error: unknown): void {
    const { code, message, next, requestId } = asSandglassError(error);
    const failure: TransferFailure = { code, message, next, requestId };
    const events = {
      wait: { type: 'stalled', failure },
      'start-over': { type: 'upload-gone', failure },
      cancelled: { type: 'cancel' },
      fail: { type: 'failed', failure },
    } as const satisfies Record<Aftermath, TransferEvent>;
    this.#dispatch(events[aftermathOf(code)]);
  }

  async #perform(effects: readonly TransferEffect[]): Promise<void> {
    for (const effect of effects) await this.#carryOut(effect);
    this.#performing--;
    if (isFinal(this.#state) && this.#performing === 0) this.#finished.resolve(this.#state);
  }

  /** What takes long goes on as `#underWay`, so that an end or a pause can stop it and wait until it has stopped. */
  async #carryOut(effect: TransferEffect): Promise<void> {
    await this.#underWay;
    switch (effect.do) {
      case 'prepare':
        this.#begin((stop) => this.#work.prepare(stop));
        return;
      case 'send-parts':
        this.#begin((stop) => this.#work.sendParts(stop));
        return;
      case 'complete':
        this.#begin((stop) => this.#work.complete(stop));
        return;
      case 'await-recovery':
        this.#begin((stop) => this.#work.awaitRecovery(stop));
        return;
      case 'stop-parts':
        return;
      case 'abort-upload':
        return this.#work.abort(effect.uploadId);
    }
  }

  #begin(work: (signal: AbortSignal) => Promise<void>): void {
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    this.#underWay = work(signal).catch((error: unknown) => {
      if (!signal.aborted) this.#trouble(error);
    });
  }

  #tell(): void {
    const { progress } = this;
    for (const watcher of this.#watchers) watcher(progress);
  }
}
