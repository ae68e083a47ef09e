/** What arrived in a bench server since it was cleared. */
export interface Arrived {
  readonly objects: number;
  /** Bytes of all objects together. */
  readonly bytes: number;
}

/** Somewhere to upload to, with one bucket that exists. */
export interface BenchServer {
  /** As the results call it. */
  readonly name: string;
  /** Without a slash at its end. */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** How rclone is told what it talks to; it knows servers by name. */
  readonly rcloneProvider: string;
  /** An address to which a plain PUT of the object is allowed. */
  putUrl(key: string): Promise<string>;
  arrived(): Promise<Arrived>;
  /** Drops all that arrived, so that the next run finds the server as the last one did. */
  clear(): Promise<void>;
  stop(): Promise<void>;
}
