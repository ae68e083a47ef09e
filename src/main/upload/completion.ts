import { asSandglassError, SandglassError } from '../../shared/errors.ts';
import type { TransferPlan } from '../../shared/transfer-state.ts';
import { isDigest } from './etag-check.ts';
import type { PartQueue } from './part-queue.ts';
import type { UploadPorts } from './ports.ts';
import { withRetries } from './retry-policy.ts';

/** The end of an upload: the parts become an object, and that object is the file. */
export class Completion {
  readonly #ports: UploadPorts;
  #mayExist = false;
  #made = false;

  constructor(ports: UploadPorts) {
    this.#ports = ports;
  }

  /** Whether the object may be there though nobody could confirm it. */
  get mayExist(): boolean {
    return this.#mayExist;
  }

  /** The single PUT was answered: the object is there, whatever is decided meanwhile. */
  arrived(): void {
    this.#mayExist = true;
  }

  /**
   * The file is compared with what it was before the parts become an object, and the object with the file after.
   * @throws SandglassError file-changed, upload-incomplete, and what the server answers
   */
  async complete(
    plan: TransferPlan,
    uploadId: string | null,
    queue: PartQueue,
    signal: AbortSignal,
  ): Promise<void> {
    const { target, patience } = this.#ports;
    this.#mayExist ||= uploadId === null;
    if (uploadId === null && this.#toldByETag(queue)) return;
    if (uploadId !== null && !this.#made) {
      await this.#assertUnchanged(queue);
      await withRetries(
        () => target.complete(uploadId, queue.tags()).catch((error: unknown) => this.orOurs(error, signal)),
        patience,
        signal,
      ).catch((error: unknown) => this.#orGone(error, uploadId));
    }
    this.#mayExist = true;
    const { size, ours } = await withRetries(() => target.confirm().catch(notYet), patience, signal);
    if (size !== plan.size || !ours) throw incomplete();
  }

  /**
   * What makes the object failed. Where an earlier answer was lost, the same request sent again meets an upload id that
   * is gone, or a key that is taken, because the object is made: HEAD tells whether it is ours.
   * @throws the error where it is not
   */
  async orOurs(error: unknown, signal: AbortSignal): Promise<string> {
    const { code, retryable } = asSandglassError(error);
    // Stopped in flight, or its answer lost: the server may have had it all.
    if (retryable || signal.aborted) this.#mayExist = true;
    if (code !== 'upload-gone' && code !== 'key-taken') throw error;
    const { target, patience } = this.#ports;
    const found = await withRetries(() => target.confirm(), patience, signal).catch(() => null);
    if (found?.ours) return '';
    throw error;
  }

  /** A server that only says that it cannot, again and again, may mean that there is nothing left to complete. */
  async #orGone(error: unknown, uploadId: string): Promise<void> {
    if (asSandglassError(error).code === 'server-busy') await this.#ports.target.parts(uploadId);
    throw error;
  }

  /**
   * Whether an upload id is gone, or a key is taken, because an earlier process has made the object, and died before it
   * knew.
   * @throws SandglassError where the server cannot be asked
   */
  async wasMade(error: unknown, plan: TransferPlan, signal: AbortSignal): Promise<boolean> {
    if (!['upload-gone', 'key-taken'].includes(asSandglassError(error).code)) return false;
    const { target, patience } = this.#ports;
    try {
      const { size, ours } = await withRetries(() => target.confirm(), patience, signal);
      this.#made = ours && size === plan.size;
    } catch (failure) {
      // Only an object that is not there says no; anything else is to be asked again.
      if (asSandglassError(failure).code !== 'no-such-key') throw failure;
    }
    return this.#made;
  }

  /** The ETag of a single PUT is the MD5 of the object, which tells as much as asking for it would. */
  #toldByETag(queue: PartQueue): boolean {
    const [part] = queue.tags();
    const [sent] = queue.sent();
    return part !== undefined && sent !== undefined && isDigest(part.etag, sent.md5);
  }

  /** Where size and time were put back after a change, only the bytes tell. */
  async #assertUnchanged(queue: PartQueue): Promise<void> {
    const { file } = this.#ports;
    if ((await file.compare()) === 'same') return;
    for (const { range, md5 } of queue.sent()) {
      if ((await file.md5(range.offset, range.length)) !== md5) throw changed();
    }
  }
}

/** A server that has just made the object, or is still at it, may not show it to everybody at once. */
function notYet(error: unknown): never {
  const { code, message, next, requestId } = asSandglassError(error);
  if (code !== 'no-such-key') throw error;
  throw new SandglassError(code, message, { next, requestId, retryable: true });
}

function changed(): SandglassError {
  return new SandglassError(
    'file-changed',
    'The file changed while it was uploading, so nothing was published.',
    { next: 'Share it again once it is complete.' },
  );
}

function incomplete(): SandglassError {
  return new SandglassError('upload-incomplete', 'What the bucket now holds is not what was sent.', {
    next: 'Share the file again; something else may write under the same key.',
  });
}
