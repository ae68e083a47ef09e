import { SandglassError } from '../../shared/errors.ts';
import { refusalError } from '../../shared/s3-refusal.ts';
import type { BucketAccess } from '../signing/bucket-access.ts';
import { BucketObject } from '../signing/bucket-object.ts';
import { UNHEARD_UPLOAD } from '../history/share-record.ts';
import type { BodyFacts, ListedPart, PartTag, SignedRequest, UploadTarget } from '../upload/ports.ts';
import type { TargetObject } from './target-object.ts';
import { removeUnheard, removeUpload } from './upload-removal.ts';

/** Seconds in which a signed request must be started; each attempt is signed anew, just before it is sent. */
const START_WITHIN_SECONDS = 3_600;
/** How often what may come late is looked for: a busy server takes longer than a quiet one. */
const LATE_LOOKS = 3;

/** Signs and asks for the upload engine, so that the engine never sees a credential. */
export class SignedTarget implements UploadTarget {
  readonly #access: BucketAccess;
  readonly #target: TargetObject;
  readonly #object: BucketObject;
  #unheard: boolean;
  /** A request to begin an upload was never answered. */
  #mayBeLate = false;
  /** The object was found to be ours, and is being removed. */
  #isOurs = false;
  #renewals = 0;
  #renewing: Promise<boolean> | null = null;

  constructor(access: BucketAccess, target: TargetObject) {
    this.#access = access;
    this.#target = target;
    this.#unheard = target.unheard;
    this.#object = new BucketObject(() => access.client(), access.location.bucket, target.key);
  }

  signPut(body: BodyFacts): Promise<SignedRequest> {
    const { key, headers, neverOverwrite, startWithinSeconds = START_WITHIN_SECONDS } = this.#target;
    const signable = { verb: 'put-object', ...this.#at(key), ...body, headers, neverOverwrite } as const;
    return this.#access.request(signable, startWithinSeconds);
  }

  signPart(uploadId: string, partNumber: number, body: BodyFacts): Promise<SignedRequest> {
    const { startWithinSeconds = START_WITHIN_SECONDS } = this.#target;
    const signable = {
      verb: 'upload-part',
      ...this.#at(this.#target.key),
      uploadId,
      partNumber,
      ...body,
    } as const;
    return this.#access.request(signable, startWithinSeconds);
  }

  create(): Promise<string> {
    return this.#withRenewal(async () => {
      // Not every server heeds If-None-Match where parts become an object; Ceph RGW overwrites.
      if (this.#target.neverOverwrite) await this.#assertFree();
      await this.#removeUnheard();
      this.#assertWanted(this.#target.onUploadId(UNHEARD_UPLOAD));
      this.#unheard = true;
      const uploadId = await this.#object.createUpload(this.#target.headers).catch((error: unknown) => {
        this.#refused(error);
        throw error;
      });
      await this.#keepUpload(uploadId);
      this.#unheard = false;
      return uploadId;
    });
  }

  parts(uploadId: string): Promise<readonly ListedPart[]> {
    return this.#withRenewal(() => this.#object.listParts(uploadId));
  }

  async complete(uploadId: string, parts: readonly PartTag[]): Promise<void> {
    await this.#withRenewal(() => this.#object.completeUpload(uploadId, parts, this.#target.neverOverwrite));
    this.#forgetUpload();
  }

  async abort(uploadId: string | null): Promise<void> {
    if (uploadId === null && !this.#unheard && !this.#mayBeLate) return;
    await this.#withRenewal(() =>
      uploadId === null ? this.#removeUnheard() : removeUpload(this.#object, uploadId),
    );
    this.#forgetUpload();
  }

  get renewals(): number {
    return this.#renewals;
  }

  renewCredentials(since: number): Promise<boolean> {
    if (since !== this.#renewals) return Promise.resolve(true);
    this.#renewing ??= this.#renew().finally(() => {
      this.#renewing = null;
    });
    return this.#renewing;
  }

  async confirm(): Promise<{ size: number; ours: boolean }> {
    const { size, uploadMark } = await this.#withRenewal(() => this.#object.head());
    const ours = uploadMark === this.#target.headers.uploadMark;
    // The object is made, and with it the multipart upload is gone.
    if (ours) this.#forgetUpload();
    return { size, ours };
  }

  /**
   * Deletes the object if this upload made it. Says whether nothing of it can be there any more.
   * @throws SandglassError where the server cannot be asked; the same may be asked again
   */
  async discard(): Promise<boolean> {
    // Nobody else can have written under a random key; any other is looked at first.
    if (!this.#target.neverOverwrite) await this.#object.remove();
    // Once it was told to go, that nothing is there says nothing of what comes late.
    else if (!this.#isOurs) {
      try {
        this.#isOurs = (await this.confirm()).ours;
      } catch (error) {
        if (!(error instanceof SandglassError) || error.retryable) throw error;
        return error.code === 'no-such-key';
      }
      if (!this.#isOurs) return true;
      await this.#object.remove();
    }
    for (let look = 0; look < LATE_LOOKS; look++) {
      await this.#target.settling();
      // A request that was cut short on its way may have been carried out after that.
      if (await this.#isBack()) await this.#object.remove();
    }
    return true;
  }

  /**
   * A request that was cut on its way may be carried out after everything else: what it began is looked for last, once
   * nothing of the share is to stay on the server but its object. Until then the history knows of it.
   * @throws SandglassError where the server cannot be asked; the same may be asked again
   */
  async sweepLate(): Promise<void> {
    if (!this.#mayBeLate) return;
    for (let look = 0; look < LATE_LOOKS; look++) {
      await this.#target.settling();
      await this.#removeBegun();
    }
    this.#mayBeLate = false;
    this.#forgetUpload();
  }

  async #isBack(): Promise<boolean> {
    try {
      return (await this.confirm()).ours;
    } catch (error) {
      if (error instanceof SandglassError && error.retryable) throw error;
      return false;
    }
  }

  /** An upload id that nobody keeps must not live on: nobody would ever find it again. */
  async #keepUpload(uploadId: string): Promise<void> {
    try {
      this.#assertWanted(this.#target.onUploadId(uploadId));
    } catch (error) {
      await this.#object.abortUpload(uploadId).catch(() => undefined);
      throw error;
    }
  }

  #assertWanted(wanted: boolean): void {
    if (!wanted) throw new SandglassError('cancelled', 'The upload was cancelled.');
  }

  /** Only where no answer came, or one that says nothing for sure, may an upload have been begun. */
  #refused(error: unknown): void {
    if (!(error instanceof SandglassError) || error.retryable) return;
    this.#unheard = false;
    this.#forgetUpload();
  }

  async #removeUnheard(): Promise<void> {
    if (!this.#unheard) return;
    this.#mayBeLate = this.#target.since !== null;
    await this.#removeBegun();
    this.#unheard = false;
  }

  /** Keys that may upload but not list leave what nobody can find to the bucket's own rules. */
  async #removeBegun(): Promise<void> {
    await removeUnheard(this.#object, this.#target.since).catch((error: unknown) => {
      if (!(error instanceof SandglassError && error.code === 'access-denied')) throw error;
    });
  }

  async #renew(): Promise<boolean> {
    const renewed = await this.#access.renew();
    if (renewed) this.#renewals++;
    return renewed;
  }

  /** A request that is refused because a token has ended is sent once more with the next token. */
  async #withRenewal<T>(request: () => Promise<T>): Promise<T> {
    const renewals = this.#renewals;
    try {
      return await request();
    } catch (error) {
      const ended = error instanceof SandglassError && error.code === 'credentials-expired';
      if (!ended || !(await this.renewCredentials(renewals))) throw error;
      return request();
    }
  }

  /** The server has done its part; a history that cannot note it is no reason to call that a failure. */
  #forgetUpload(): void {
    try {
      this.#target.onUploadId(this.#mayBeLate ? UNHEARD_UPLOAD : null);
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
