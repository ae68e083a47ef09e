import type { TransferFailure } from '../../shared/transfer-state.ts';

/** A presigned request: the URL is a bearer secret, and the headers must be sent just as they are. */
export interface SignedRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** For the words of a refusal; the URL itself is never put into words. */
  readonly bucket: string;
}

export interface PartTag {
  readonly partNumber: number;
  readonly etag: string;
}

/** A part that the server has, as ListParts tells it; the size is in bytes. */
export interface ListedPart extends PartTag {
  readonly size: number;
}

/** What a body is signed with: its length in bytes and its MD5 in base64, which S3 compares with what arrives. */
export interface BodyFacts {
  readonly size: number;
  readonly md5: string;
}

/** The object to be made, and all that the engine may ask of S3. No credential passes this port. */
export interface UploadTarget {
  signPut(body: BodyFacts): Promise<SignedRequest>;
  signPart(uploadId: string, partNumber: number, body: BodyFacts): Promise<SignedRequest>;
  /** Begins a multipart upload and yields its upload id. @throws SandglassError cancelled where nobody wants it any more */
  create(): Promise<string>;
  /** What the server has of an upload. @throws SandglassError upload-gone */
  parts(uploadId: string): Promise<readonly ListedPart[]>;
  complete(uploadId: string, parts: readonly PartTag[]): Promise<void>;
  /** Drops the upload until the server lists nothing of it; null for one whose id was never heard. */
  abort(uploadId: string | null): Promise<void>;
  /** Bytes of the object that is there, and whether this very upload made it. @throws SandglassError no-such-key */
  confirm(): Promise<{ readonly size: number; readonly ours: boolean }>;
  /** Counts how often the credentials were renewed. */
  readonly renewals: number;
  /**
   * Fetches the credentials anew, unless that was done since there were so many renewals. False where the same came
   * back that were refused.
   */
  renewCredentials(since: number): Promise<boolean>;
}

/** A body as it is sent, chunk by chunk. */
export type Body = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** What the server says of the bytes that it took. */
export interface PutAnswer {
  readonly etag: string;
  /** True where the server encrypts with keys of which the ETag is no MD5 of the bytes. */
  readonly encrypted: boolean;
}

/** Sends one body to a presigned URL. */
export interface PartSender {
  /**
   * @throws SandglassError for every answer but a 2xx with an ETag, and where no answer comes or the line is silent
   */
  put(request: SignedRequest, body: Body, signal: AbortSignal): Promise<PutAnswer>;
}

/** The file as it was when it was opened. */
export interface SourceFile {
  /** Bytes. */
  readonly size: number;
  /** Fills the buffer from `offset`. @throws SandglassError file-changed where the file ends before, file-unreadable */
  read(buffer: Uint8Array, offset: number): Promise<void>;
  /** The MD5 of a range, in base64, off the event loop where it takes long. @throws as `read` */
  md5(offset: number, length: number): Promise<string>;
  /**
   * Compares the file with what it was. `touched`: something about it was written, though size and time are the same.
   * @throws SandglassError file-changed, file-missing, file-unreadable
   */
  compare(): Promise<'same' | 'touched'>;
}

/** Time and chance, passed in so that tests own them. */
export interface Patience {
  /** Waits milliseconds; rejects at once where the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** From 0 up to, but not, 1. */
  random(): number;
}

/** Waits for what an upload cannot go on without. */
export interface Recovery {
  /**
   * Resolves true once it is worth going on after this failure, false where nobody waits for that.
   * Rejects where the signal aborts.
   */
  recovered(failure: TransferFailure, signal: AbortSignal): Promise<boolean>;
}

/** A place among those that send at the same moment. */
export interface Lane {
  leave(): void;
}

/** Lets the uploads of this process share one line fairly. */
export interface Lanes {
  /** Waits for a lane for this upload; rejects where the signal aborts. */
  enter(upload: object, signal: AbortSignal): Promise<Lane>;
  /** A part of so many bytes has arrived. */
  sent(bytes: number): void;
  /** The server, or the line, had too much. */
  crowded(): void;
}

/** Lets large uploads follow one another, so that the first is done before the last has begun. */
export interface Turns {
  /** Waits until an upload of so many bytes may begin, and gives what ends its turn; rejects where the signal aborts. */
  await(size: number, signal: AbortSignal): Promise<() => void>;
}

/** Keeps to a speed. */
export interface Throttle {
  /** Waits until so many bytes may go out; rejects where the signal aborts. */
  pass(bytes: number, signal: AbortSignal): Promise<void>;
}

/** What an upload needs of the world. */
export interface UploadPorts {
  readonly target: UploadTarget;
  readonly sender: PartSender;
  readonly file: SourceFile;
  readonly patience: Patience;
  readonly recovery: Recovery;
  readonly lanes: Lanes;
  readonly turns: Turns;
  readonly throttle: Throttle;
}
