import { SandglassError } from '../../shared/errors.ts';
import type { TransferFailure, TransferState } from '../../shared/transfer-state.ts';
import type { Upload, UploadProgress } from '../upload/upload.ts';
import type { Link } from './link.ts';
import type { OpenFile, ShareLog } from './sharing.ts';

interface ShareParts {
  readonly upload: Upload;
  readonly file: OpenFile;
  /** Deletes the object if this upload made it. */
  readonly discard: () => Promise<boolean>;
  /** Drops what a request that was cut on its way may have begun late. */
  readonly sweep: () => Promise<void>;
  /** Puts right what the server made otherwise than asked; what is to be said where it could not. Never rejects. */
  readonly mend: () => Promise<SandglassError | null>;
  readonly forgetRegion: () => Promise<void>;
  /** Another link where the first was signed by a clock that proved wrong; else null. */
  readonly resign: () => Promise<Link | null>;
  readonly log: Pick<ShareLog, 'settle' | 'isOpen' | 'setPaused'>;
  /** Hears that nothing of the upload is under way any more. */
  readonly ended: () => void;
}

/** One file being shared: its link is ready, and works once `upload` has ended well. */
export class Share {
  readonly #parts: ShareParts;
  #link: Link;
  #remark: SandglassError | null = null;

  constructor(link: Link, parts: ShareParts) {
    this.#link = link;
    this.#parts = parts;
  }

  /** Ready from the first moment. Another one after the upload only where this computer's clock was wrong. */
  get link(): Link {
    return this.#link;
  }

  /** What is not as it was asked for, though the link works: said beside it, once the upload has ended well. */
  get remark(): SandglassError | null {
    return this.#remark;
  }

  watch(watcher: (progress: UploadProgress) => void): () => void {
    return this.#parts.upload.watch(watcher);
  }

  /**
   * Sends the bytes. Resolves when the link works.
   * @throws SandglassError with the reason; `cancelled` where somebody cancelled it, here or in another process
   */
  async upload(): Promise<void> {
    const { upload, file, log, ended } = this.#parts;
    try {
      // Whoever cancelled it while it waited for its turn was in another process.
      if (!log.isOpen(this.link.id)) upload.cancel();
      await this.#settle(await upload.run());
    } finally {
      await this.#sweep();
      ended();
      await file.close();
    }
  }

  get progress(): UploadProgress {
    return this.#parts.upload.progress;
  }

  /** Stops sending, also after the end of this process; what arrived stays, and `resume` sends the rest. */
  pause(): void {
    this.#parts.upload.pause();
    this.#rememberPause();
  }

  resume(): void {
    this.#parts.upload.resume();
    this.#rememberPause();
  }

  /** The line is known to be gone: waits until it is there again. */
  stall(failure: TransferFailure): void {
    this.#parts.upload.stall(failure);
  }

  /** Stops, and leaves nothing in the bucket. */
  cancel(): void {
    this.#parts.upload.cancel();
  }

  /** The process is about to end: what has arrived stays on the server, and the history says so. */
  interrupt(): void {
    const { upload, log } = this.#parts;
    // What was on its way when the pause began has arrived by now.
    if (this.#isPaused) this.#rememberPause();
    upload.interrupt();
    if (upload.progress.state.kind === 'interrupted') log.settle(this.link.id, 'interrupted');
  }

  /** What is to be taken up again stays; what cannot be swept now is tried again at the next start. */
  async #sweep(): Promise<void> {
    const { upload, sweep } = this.#parts;
    const { state } = upload.progress;
    const isKept = state.kind === 'interrupted' || (state.kind === 'failed' && state.kept);
    if (!isKept && !upload.leftover) await sweep().catch(() => undefined);
  }

  /** Whether a person has paused it: what waits for the network is not paused. */
  get #isPaused(): boolean {
    const { state } = this.progress;
    if (state.kind === 'paused') return state.reason === null;
    return (state.kind === 'queued' || state.kind === 'preparing') && state.paused;
  }

  #rememberPause(): void {
    try {
      this.#parts.log.setPaused(this.link.id, this.#isPaused ? arrivedBytes(this.progress.state) : null);
    } catch {
      // A history that cannot be written is no reason to send on, or not to: the next start would not know, that is all.
    }
  }

  async #settle(end: TransferState): Promise<void> {
    const { log } = this.#parts;
    const { id } = this.link;
    if (end.kind === 'done') {
      if (!log.settle(id, 'live')) throw await this.#cancelled();
      this.#link = (await this.#parts.resign()) ?? this.#link;
      this.#remark = await this.#parts.mend();
    } else if (end.kind === 'failed' && end.kept) {
      log.settle(id, 'interrupted');
      throw new SandglassError(end.failure.code, end.failure.message, {
        ...end.failure,
        next: `${end.failure.next ?? ''} What has arrived stays.`.trim(),
        command: `To go on: sandglass resume ${id}.`,
      });
    } else if (end.kind === 'failed') {
      const settled = log.settle(id, 'failed');
      throw !settled && end.failure.code === 'upload-gone'
        ? await this.#cancelled()
        : await this.#failed(end.failure);
    } else if (end.kind === 'interrupted') {
      throw new SandglassError('interrupted', 'Interrupted; what has arrived stays in the bucket.', {
        command: `To go on: sandglass resume ${id}. To drop it: sandglass cancel ${id}.`,
      });
    } else {
      log.settle(id, 'cancelled');
      throw await this.#cancelled();
    }
  }

  async #failed({ code, message, next, requestId }: TransferFailure): Promise<SandglassError> {
    if (code === 'wrong-region') await this.#parts.forgetRegion();
    const left = await this.#leftBehind();
    return new SandglassError(code, message, {
      next: [next, left?.next].filter(Boolean).join(' '),
      command: left?.command,
      requestId,
    });
  }

  async #cancelled(): Promise<SandglassError> {
    const left = await this.#leftBehind();
    if (left) return new SandglassError('cancelled', 'The upload was cancelled.', left);
    return new SandglassError('cancelled', 'The upload was cancelled; nothing of it is left.');
  }

  /** What of the upload may still lie in the bucket, and how to be rid of it; null where nothing does. */
  async #leftBehind(): Promise<{ readonly next: string; readonly command: string } | null> {
    const { upload, discard } = this.#parts;
    const { id } = this.link;
    if (upload.leftover) {
      return {
        next: 'Parts of it could not be dropped; that is tried again at the next start.',
        command: `Or now: sandglass cancel ${id}.`,
      };
    }
    if (!upload.mayExist || (await discard().catch(() => false))) return null;
    return {
      next: 'It may be in the bucket all the same; revoke it to delete it.',
      command: `That is: sandglass revoke ${id}.`,
    };
  }
}

/** Bytes of the parts that the server has, as far as it is known: what is shown may have been on its way only. */
function arrivedBytes(state: TransferState): number {
  return 'plan' in state ? Math.min(state.partsDone * state.plan.partSize, state.plan.size) : 0;
}
