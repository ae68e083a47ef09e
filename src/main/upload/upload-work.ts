import { asSandglassError } from '../../shared/errors.ts';
import type { TransferEvent, TransferPlan, TransferState } from '../../shared/transfer-state.ts';
import { Completion } from './completion.ts';
import { arrivedParts } from './earlier-parts.ts';
import { ETagCheck } from './etag-check.ts';
import { PartQueue } from './part-queue.ts';
import { sendParts } from './part-sending.ts';
import type { UploadPorts } from './ports.ts';
import { ProgressMeter } from './progress-meter.ts';
import { withRetries } from './retry-policy.ts';

/** The upload whose work is done: where it stands, and what it is told. */
export interface Course {
  readonly state: () => TransferState;
  readonly dispatch: (event: TransferEvent) => void;
  readonly trouble: (error: unknown) => void;
  /** Bytes have moved. */
  readonly moved: () => void;
}

type Stopped = AbortSignal;

/** What each effect of the state machine takes: every method ends in events, or throws what became of it. */
export class UploadWork {
  readonly #ports: UploadPorts;
  readonly #upload: Course;
  readonly #completion: Completion;
  #meter = new ProgressMeter();
  #queue = new PartQueue({ size: 0, partSize: 1, partCount: 0 });
  #leftover = false;

  constructor(ports: UploadPorts, upload: Course) {
    this.#ports = ports;
    this.#upload = upload;
    this.#completion = new Completion(ports);
  }

  get sentBytes(): number {
    return this.#meter.bytes;
  }

  get leftover(): boolean {
    return this.#leftover;
  }

  get mayExist(): boolean {
    return this.#completion.mayExist;
  }

  async prepare(stop: Stopped): Promise<void> {
    const state = this.#upload.state();
    if (state.kind !== 'preparing') return;
    const { plan, uploadId } = state;
    this.#queue = new PartQueue(plan);
    this.#meter = new ProgressMeter();
    if (plan.partCount === 1) this.#upload.dispatch({ type: 'prepared', uploadId: null, partsDone: 0 });
    else if (uploadId === null) await this.#create(plan, stop);
    else await this.#takeUp(plan, uploadId, stop);
  }

  async sendParts(signal: Stopped): Promise<void> {
    const state = this.#upload.state();
    if (state.kind !== 'uploading') return;
    const { plan, uploadId } = state;
    const { moved, dispatch, trouble } = this.#upload;
    await sendParts({
      ...{ ports: this.#ports, queue: this.#queue, meter: this.#meter, plan, uploadId, signal, moved },
      etags: new ETagCheck(),
      orOurs: (error) => this.#completion.orOurs(error, signal),
      sent: () => {
        if (uploadId === null) this.#completion.arrived();
        dispatch({ type: 'part-sent' });
      },
      failed: trouble,
    });
  }

  async complete(stop: Stopped): Promise<void> {
    const state = this.#upload.state();
    if (state.kind !== 'completing') return;
    await this.#completion.complete(state.plan, state.uploadId, this.#queue, stop);
    this.#upload.dispatch({ type: 'completed' });
  }

  async awaitRecovery(stop: Stopped): Promise<void> {
    const state = this.#upload.state();
    if (state.kind !== 'paused' || !state.reason) return;
    const recovered = await this.#ports.recovery.recovered(state.reason, stop);
    this.#upload.dispatch({ type: recovered ? 'recovered' : 'gave-up' });
  }

  /** Not to be stopped: parts that nobody drops are paid for. */
  async abort(uploadId: string | null): Promise<void> {
    const { target, patience } = this.#ports;
    try {
      await withRetries(() => target.abort(uploadId), patience, new AbortController().signal);
    } catch (error) {
      this.#leftover = asSandglassError(error).code !== 'upload-gone';
    }
  }

  async #create(plan: TransferPlan, stop: Stopped): Promise<void> {
    const { target, patience } = this.#ports;
    try {
      const uploadId = await withRetries(() => target.create(), patience, stop);
      this.#upload.dispatch({ type: 'prepared', uploadId, partsDone: 0 });
    } catch (error) {
      if (!(await this.#completion.wasMade(error, plan, stop))) throw error;
      this.#upload.dispatch({ type: 'prepared', uploadId: null, partsDone: plan.partCount });
    }
  }

  /** Finds out what an earlier process has sent, and that it still is what the file holds. */
  async #takeUp(plan: TransferPlan, uploadId: string, stop: Stopped): Promise<void> {
    let partsDone = 0;
    try {
      for await (const { range, ...part } of arrivedParts(this.#ports, plan, uploadId, stop)) {
        this.#queue.arrived(range.partNumber, part);
        this.#meter.settle(range.partNumber, range.length);
        partsDone++;
        this.#upload.moved();
      }
    } catch (error) {
      if (!(await this.#completion.wasMade(error, plan, stop))) throw error;
      partsDone = plan.partCount;
    }
    this.#upload.dispatch({ type: 'prepared', uploadId, partsDone });
  }
}
