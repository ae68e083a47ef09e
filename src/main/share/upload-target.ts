import { SandglassError } from '../../shared/errors.ts';
import { refusalError } from '../../shared/s3-refusal.ts';
import type { BucketAccess } from '../signing/bucket-access.ts';
import { BucketObject } from '../signing/bucket-object.ts';
import type { ObjectHeaders } from '../signing/presigner.ts';
import type { BodyFacts, PartTag, SignedRequest, UploadTarget } from '../upload/ports.ts';

/** Seconds in which a signed request must be started; each attempt is signed anew, just before it is sent. */
const START_WITHIN_SECONDS = 3_600;

export interface TargetObject {
  readonly key: string;
  readonly headers: ObjectHeaders;
  readonly neverOverwrite: boolean;
  /**
   * Hears the upload id as soon as S3 has given it, so that it can be aborted whatever happens to this process, and
   * null once it is gone. Answers false where the share was cancelled meanwhile.
   */
  readonly onUploadId: (uploadId: string | null) => boolean;
}

/** Signs and asks for the upload engine, so that the engine never sees a credential. */
export class SignedTarget implements UploadTarget {
  readonly #access: BucketAccess;
  readonly #target: TargetObject;
  readonly #object: BucketObject;

  constructor(access: BucketAccess, target: TargetObject) {
    this.#access = access;
    this.#target = target;
    this.#object = new BucketObject(() => access.client(), access.location.bucket, target.key);
  }

  signPut(body: BodyFacts): Promise<SignedRequest> {
    const { key, headers, neverOverwrite } = this.#target;
    const signable = { verb: 'put-object', ...this.#at(key), ...body, headers, neverOverwrite } as const;
    return this.#access.request(signable, START_WITHIN_SECONDS);
  }

  signPart(uploadId: string, partNumber: number, body: BodyFacts): Promise<SignedRequest> {
    const signable = {
      verb: 'upload-part',
      ...this.#at(this.#target.key),
      uploadId,
      partNumber,
      ...body,
    } as const;
    return this.#access.request(signable, START_WITHIN_SECONDS);
  }

  async create(): Promise<string> {
    // Not every server heeds If-None-Match where parts become an object; Ceph RGW overwrites.
    if (this.#target.neverOverwrite) await this.#assertFree();
    const uploadId = await this.#object.createUpload(this.#target.headers);
    const kept = await this.#keepUpload(uploadId);
    if (!kept) throw new SandglassError('cancelled', 'The upload was cancelled.');
    return uploadId;
  }

  async complete(uploadId: string, parts: readonly PartTag[]): Promise<void> {
    await this.#object.completeUpload(uploadId, parts, this.#target.neverOverwrite);
    this.#forgetUpload();
  }

  async abort(uploadId: string): Promise<void> {
    try {
      await this.#object.abortUpload(uploadId);
    } catch (error) {
      if (!(error instanceof SandglassError && error.code === 'upload-gone')) throw error;
    }
    this.#forgetUpload();
  }

  async confirm(): Promise<{ size: number; ours: boolean }> {
    const { size, uploadMark } = await this.#object.head();
    return { size, ours: uploadMark === this.#target.headers.uploadMark };
  }

  /** Deletes the object if this upload made it. Says whether nothing of it can be there any more. */
  async discard(): Promise<boolean> {
    try {
      // Nobody else can have written under a random key; any other is looked at first.
      if (this.#target.neverOverwrite && !(await this.confirm()).ours) return true;
    } catch (error) {
      return error instanceof SandglassError && error.code === 'no-such-key';
    }
    await this.#object.remove();
    return true;
  }

  /** An upload id that nobody keeps must not live on: nobody would ever find it again. */
  async #keepUpload(uploadId: string): Promise<boolean> {
    try {
      if (this.#target.onUploadId(uploadId)) return true;
    } catch (error) {
      await this.#object.abortUpload(uploadId).catch(() => undefined);
      throw error;
    }
    await this.#object.abortUpload(uploadId).catch(() => undefined);
    return false;
  }

  /** The server has done its part; a history that cannot note it is no reason to call that a failure. */
  #forgetUpload(): void {
    try {
      this.#target.onUploadId(null);
    } catch {
      // The row names an upload id that is gone: to cancel that is no error either.
    }
  }

  async #assertFree(): Promise<void> {
    try {
      await this.#object.head();
    } catch (error) {
      // Keys without s3:ListBucket are refused where nothing is; then If-None-Match alone must do.
      if (error instanceof SandglassError && ['no-such-key', 'access-denied'].includes(error.code)) return;
      throw error;
    }
    throw refusalError({ status: 412 }, { doing: 'upload to', bucket: this.#access.location.bucket });
  }

  #at(key: string) {
    return { bucket: this.#access.location.bucket, key };
  }
}
