import type { ObjectHeaders } from '../signing/presigner.ts';

/** The object that an upload is to make, and who hears how far it is. */
export interface TargetObject {
  readonly key: string;
  readonly headers: ObjectHeaders;
  readonly neverOverwrite: boolean;
  /** Whether an earlier process asked for an upload and did not live to hear its id. */
  readonly unheard: boolean;
  /** From when on whatever is uploaded to the key is the share's own; see `ownSince`. */
  readonly since: number | null;
  /** Gives what is still on its way to the server the time to arrive. */
  readonly settling: () => Promise<void>;
  /**
   * Hears the upload id as soon as S3 has given it, so that it can be aborted whatever happens to this process;
   * UNHEARD_UPLOAD before S3 is asked for one, and null once there is none. Answers false where the share was ended
   * meanwhile.
   */
  readonly onUploadId: (uploadId: string | null) => boolean;
  /** Seconds within which each signed request must be started; an hour where nothing is said. */
  readonly startWithinSeconds?: number | undefined;
}
