import { SandglassError } from '../../shared/errors.ts';
import type { TransferState } from '../../shared/transfer-state.ts';
import type { Upload, UploadProgress } from '../upload/upload.ts';
import type { Link } from './link.ts';
import type { OpenFile, ShareLog } from './sharing.ts';

interface ShareParts {
  readonly upload: Upload;
  readonly file: OpenFile;
  /** Deletes the object if this upload made it. */
  readonly discard: () => Promise<void>;
  /** Another link where the first was signed by a clock that proved wrong; else null. */
  readonly resign: () => Promise<Link | null>;
  readonly log: Pick<ShareLog, 'settle'>;
}

/** One file being shared: its link is ready, and works once `upload` has ended well. */
export class Share {
  readonly #parts: ShareParts;
  #link: Link;

  constructor(link: Link, parts: ShareParts) {
    this.#link = link;
    this.#parts = parts;
  }

  /** Ready from the first moment. Another one after the upload only where this computer's clock was wrong. */
  get link(): Link {
    return this.#link;
  }

  watch(watcher: (progress: UploadProgress) => void): () => void {
    return this.#parts.upload.watch(watcher);
  }

  /**
   * Sends the bytes. Resolves when the link works.
   * @throws SandglassError with the reason; `cancelled` where somebody cancelled it, here or in another process
   */
  async upload(): Promise<void> {
    const { upload, file } = this.#parts;
    try {
      await this.#settle(await upload.run());
    } finally {
      await file.close();
    }
  }

  /** Stops, and leaves nothing in the bucket. */
  cancel(): void {
    this.#parts.upload.cancel();
  }

  /** The process is about to end: what arrived stays on the server, and the history says so. */
  interrupt(): void {
    this.#parts.upload.pause();
    this.#parts.log.settle(this.link.id, 'interrupted');
  }

  async #settle(end: TransferState): Promise<void> {
    const { log } = this.#parts;
    if (end.kind === 'done') {
      if (log.settle(this.link.id, 'live')) {
        this.#link = (await this.#parts.resign()) ?? this.#link;
        return;
      }
      await this.#removeObject();
      throw cancelled();
    }
    if (end.kind === 'failed') {
      const { code, message, next, requestId } = end.failure;
      // A PUT whose answer was lost may have made the object; where nobody answers, it cannot be looked for.
      if (code !== 'unreachable') await this.#removeObject();
      const settled = log.settle(this.link.id, 'failed');
      if (!settled && code === 'upload-gone') throw cancelled();
      throw new SandglassError(code, message, { next: this.#withLeftover(next), requestId });
    }
    log.settle(this.link.id, 'cancelled');
    // A single PUT or a Complete that was on its way may have made the object all the same.
    await this.#removeObject();
    throw cancelled();
  }

  #withLeftover(next = ''): string {
    if (this.#parts.upload.leftover === null) return next;
    return `${next} What has arrived could not be dropped; later: sandglass cancel ${this.link.id}.`.trimStart();
  }

  async #removeObject(): Promise<void> {
    try {
      await this.#parts.discard();
    } catch {
      // The object is out of reach or was never made; the history says `cancelled`, and revoke can try again.
    }
  }
}

function cancelled(): SandglassError {
  return new SandglassError('cancelled', 'The upload was cancelled; nothing of it is left in the bucket.');
}
