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
  /** Hears the upload id as soon as S3 has given it, so that it can be aborted whatever happens to this process. */
  readonly onUploadId: (uploadId: string | null) => void;
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
    this.#target.onUploadId(uploadId);
    return uploadId;
  }

  async complete(uploadId: string, parts: readonly PartTag[]): Promise<void> {
    await this.#object.completeUpload(uploadId, parts, this.#target.neverOverwrite);
    this.#target.onUploadId(null);
  }

  async abort(uploadId: string): Promise<void> {
    try {
      await this.#object.abortUpload(uploadId);
    } catch (error) {
      if (!(error instanceof SandglassError && error.code === 'upload-gone')) throw error;
    }
    this.#target.onUploadId(null);
  }

  async confirm(): Promise<{ size: number; ours: boolean }> {
    const { size, uploadMark } = await this.#object.head();
    return { size, ours: uploadMark === this.#target.headers.uploadMark };
  }

  /** Deletes the object if this upload made it: a single PUT may arrive although it was cancelled. */
  async discard(): Promise<void> {
    const { ours } = await this.confirm();
    if (ours) await this.#object.remove();
  }

  async #assertFree(): Promise<void> {
    try {
      await this.#object.head();
    } catch (error) {
      if (error instanceof SandglassError && error.code === 'no-such-key') return;
      throw error;
    }
    throw refusalError({ status: 412 }, { doing: 'upload to', bucket: this.#access.location.bucket });
  }

  #at(key: string) {
    return { bucket: this.#access.location.bucket, key };
  }
}
