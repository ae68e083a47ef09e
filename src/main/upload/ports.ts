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

/** What a body is signed with: its length in bytes and its MD5 in base64, which S3 compares with what arrives. */
export interface BodyFacts {
  readonly size: number;
  readonly md5: string;
}

/** The object to be made, and all that the engine may ask of S3. No credential passes this port. */
export interface UploadTarget {
  signPut(body: BodyFacts): Promise<SignedRequest>;
  signPart(uploadId: string, partNumber: number, body: BodyFacts): Promise<SignedRequest>;
  /** Begins a multipart upload and yields its upload id. */
  create(): Promise<string>;
  complete(uploadId: string, parts: readonly PartTag[]): Promise<void>;
  abort(uploadId: string): Promise<void>;
  /** Bytes of the object that is there, and whether this very upload made it. @throws SandglassError no-such-key */
  confirm(): Promise<{ readonly size: number; readonly ours: boolean }>;
}

/** A body as it is sent, chunk by chunk. */
export type Body = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** Sends one body to a presigned URL and yields its ETag. */
export interface PartSender {
  /**
   * @throws SandglassError for every answer but a 2xx with an ETag, and where no answer comes
   */
  put(request: SignedRequest, body: Body, signal: AbortSignal): Promise<string>;
}

/** The file as it was when it was opened. */
export interface SourceFile {
  /** Bytes. */
  readonly size: number;
  /** Fills the buffer from `offset`. @throws SandglassError file-changed where the file ends before, file-unreadable */
  read(buffer: Uint8Array, offset: number): Promise<void>;
  /** @throws SandglassError file-changed, file-missing */
  assertUnchanged(): Promise<void>;
}

/** Time and chance, passed in so that tests own them. */
export interface Patience {
  /** Waits milliseconds; rejects at once where the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** From 0 up to, but not, 1. */
  random(): number;
}

/** What an upload needs of the world. */
export interface UploadPorts {
  readonly target: UploadTarget;
  readonly sender: PartSender;
  readonly file: SourceFile;
  readonly patience: Patience;
}
