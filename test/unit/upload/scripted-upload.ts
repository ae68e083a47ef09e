import { createHash } from 'node:crypto';
import { planParts } from '../../../src/main/upload/part-plan.ts';
import type { Lane, Patience, SourceFile, UploadPorts } from '../../../src/main/upload/ports.ts';
import { Upload } from '../../../src/main/upload/upload.ts';
import type { ErrorCode } from '../../../src/shared/errors.ts';
import { byteAt, etagOf, ScriptedServer } from './scripted-server.ts';

export { busy, denied, gone, lost, quiet, refusal } from './script.ts';
export { etagOf, PART } from './scripted-server.ts';

export interface ScriptOptions {
  /** How many parts are sent at once. */
  readonly lanes?: number;
  /** The multipart upload of an earlier process. */
  readonly uploadId?: string;
  /** In place of the scripted ones. */
  readonly ports?: Partial<UploadPorts>;
}

/** One upload and the whole world around it: server, file, time and the line. */
export class ScriptedUpload extends ScriptedServer implements SourceFile, Patience {
  readonly size: number;
  /** Milliseconds that were asked of patience. */
  readonly delays: number[] = [];
  /** The bytes shown to a watcher, one by one. */
  readonly shown: number[] = [];
  /** The kinds of state shown to a watcher, each as often as it was entered. */
  readonly kinds: string[] = [];
  readonly upload: Upload;
  /** Ranges that were hashed, as `offset+length`. */
  readonly hashed: string[] = [];
  /** What recovery was asked to wait for. */
  readonly awaited: ErrorCode[] = [];
  readonly line = { crowded: 0, arrived: [] as number[], turns: 0, turnsLeft: 0, throttled: 0 };
  /** Whether what an upload waits for comes back. */
  comesBack = true;
  /** What comparing the file tells. */
  fileIs: 'same' | 'touched' = 'same';
  /** The file's content is another one from here on. */
  version = 1;
  ended = false;
  readonly #lanes: number;
  readonly #waiting: (() => void)[] = [];
  #inUse = 0;

  constructor(size: number, options: ScriptOptions | number = {}) {
    const {
      lanes = 1,
      uploadId = null,
      ports = {},
    } = typeof options === 'number' ? { lanes: options } : options;
    super(size, uploadId);
    this.size = size;
    this.#lanes = lanes;
    this.upload = new Upload({ ...this.#ports(), ...ports }, { plan: planParts(size), uploadId });
    this.upload.watch(({ state, sentBytes }) => {
      this.shown.push(sentBytes);
      if (this.kinds.at(-1) !== state.kind) this.kinds.push(state.kind);
    });
  }

  async run() {
    const end = await this.upload.run();
    this.ended = true;
    return end;
  }

  /** The MD5 of a range as the file is now. */
  digest(offset: number, length: number): string {
    return createHash('md5').update(`${this.version}:${offset}+${length}`).digest('base64');
  }

  /** A part as the server lists it, holding what the file holds now. */
  part(partNumber: number, length: number, offset: number) {
    return { partNumber, size: length, etag: etagOf(this.digest(offset, length)) };
  }

  async read(buffer: Uint8Array, offset: number): Promise<void> {
    buffer.fill(byteAt(offset));
    await this.wait('read');
  }

  async md5(offset: number, length: number): Promise<string> {
    this.hashed.push(`${offset}+${length}`);
    await this.wait('md5');
    return this.digest(offset, length);
  }

  async compare(): Promise<'same' | 'touched'> {
    await this.step('compare');
    return this.fileIs;
  }

  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    this.delays.push(ms);
    await this.waitUntilStopped('wait', signal);
  }

  random(): number {
    return 0.999;
  }

  #ports(): UploadPorts {
    const { line } = this;
    return {
      ...{ target: this, sender: this, file: this, patience: this },
      recovery: {
        recovered: async ({ code }, signal) => {
          this.awaited.push(code);
          await this.waitUntilStopped('recovery', signal);
          return this.comesBack;
        },
      },
      lanes: {
        enter: (_upload, signal) => this.#enter(signal),
        sent: (bytes) => line.arrived.push(bytes),
        crowded: () => line.crowded++,
      },
      turns: {
        await: async (_size, signal) => {
          await this.waitUntilStopped('turn', signal);
          line.turns++;
          return () => line.turnsLeft++;
        },
      },
      throttle: {
        pass: async (bytes, signal) => {
          line.throttled += bytes;
          await this.waitUntilStopped('throttle', signal);
        },
      },
    };
  }

  async #enter(signal: AbortSignal): Promise<Lane> {
    await this.waitUntilStopped('lane', signal);
    if (this.#inUse >= this.#lanes) await this.#free(signal);
    this.#inUse++;
    return {
      leave: () => {
        this.#inUse--;
        this.#waiting.shift()?.();
      },
    };
  }

  #free(signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const granted = () => {
      resolve(undefined);
    };
    this.#waiting.push(granted);
    signal.addEventListener('abort', () => {
      const place = this.#waiting.indexOf(granted);
      if (place >= 0) this.#waiting.splice(place, 1);
      reject(signal.reason as Error);
    });
    return promise;
  }
}
