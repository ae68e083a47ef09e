import { setImmediate } from 'node:timers/promises';
import { SandglassError, type ErrorCode } from '../../../src/shared/errors.ts';
import { USUAL_PART_BYTES } from '../../../src/main/upload/part-plan.ts';
import type {
  Body,
  BodyFacts,
  PartSender,
  PartTag,
  Patience,
  SignedRequest,
  SourceFile,
  UploadTarget,
} from '../../../src/main/upload/ports.ts';
import { Upload } from '../../../src/main/upload/upload.ts';

/** Bytes of every part but the last. */
export const PART = USUAL_PART_BYTES;

/** A call that waits for the test. */
export interface Held {
  /** The call was made. */
  readonly reached: Promise<void>;
  /** Lets it answer as it would; what was stopped meanwhile ends as stopped. */
  release(): void;
  /** Lets it succeed although it was stopped meanwhile: the server had it already. */
  land(): void;
  refuse(error: Error): void;
}

interface Outcome {
  readonly reached: PromiseWithResolvers<undefined>;
  readonly released: PromiseWithResolvers<undefined>;
  error?: Error;
  landed?: boolean;
}

export function refusal(code: ErrorCode, details: { retryable?: boolean; requestId?: string } = {}) {
  return new SandglassError(code, `Scripted: ${code}.`, details);
}

export const busy = () => refusal('server-busy', { retryable: true });
export const lost = () => refusal('connection-lost', { retryable: true });
export const denied = () => refusal('access-denied', { requestId: 'TX1' });

/** Lets everything happen that needs nobody's answer. */
export async function quiet(): Promise<void> {
  await setImmediate();
}

/**
 * Server, sender, file and patience in one, writing down each call as a line. It refuses what no server would take:
 * a signed URL used twice, a body that is not the part of the file that was signed.
 */
export class ScriptedUpload implements UploadTarget, PartSender, SourceFile, Patience {
  readonly size: number;
  readonly lines: string[] = [];
  /** Milliseconds that were asked of patience. */
  readonly delays: number[] = [];
  /** The bytes shown to a watcher, one by one. */
  readonly shown: number[] = [];
  readonly upload: Upload;
  /** What HEAD finds in the end. */
  object: { size: number; ours: boolean };
  completedWith: readonly PartTag[] = [];
  mostAtOnce = 0;
  ended = false;
  readonly #outcomes = new Map<string, Outcome[]>();
  readonly #unused = new Map<string, { readonly name: string; readonly size: number }>();
  #signatures = 0;
  #atOnce = 0;

  constructor(size: number, concurrency = 1) {
    this.size = size;
    this.object = { size, ours: true };
    this.upload = new Upload({ target: this, sender: this, file: this, patience: this }, concurrency);
    this.upload.watch(({ sentBytes }) => this.shown.push(sentBytes));
  }

  async run() {
    const end = await this.upload.run();
    this.ended = true;
    return end;
  }

  /** The next call of this line that has no outcome yet waits for the test. */
  hold(line: string): Held {
    const outcome = this.#plan(line);
    return {
      reached: outcome.reached.promise,
      release: () => {
        outcome.released.resolve(undefined);
      },
      land: () => {
        outcome.landed = true;
        outcome.released.resolve(undefined);
      },
      refuse: (error) => {
        outcome.error = error;
        outcome.released.resolve(undefined);
      },
    };
  }

  /** The next calls of this line that have no outcome yet are refused, one error each. */
  refuse(line: string, ...errors: readonly Error[]): void {
    for (const error of errors) this.hold(line).refuse(error);
  }

  count(line: string): number {
    return this.lines.filter((one) => one === line).length;
  }

  signPut(body: BodyFacts): Promise<SignedRequest> {
    return this.#sign('put', body, 'sign put');
  }

  signPart(uploadId: string, partNumber: number, body: BodyFacts): Promise<SignedRequest> {
    if (uploadId !== 'u1') throw new Error(`Signed for a stranger: ${uploadId}`);
    return this.#sign(`put part ${partNumber}`, body, `sign part ${partNumber}`);
  }

  async create(): Promise<string> {
    await this.#step('create');
    return 'u1';
  }

  async complete(uploadId: string, parts: readonly PartTag[]): Promise<void> {
    this.completedWith = parts;
    await this.#step(`complete ${uploadId}: ${parts.map(({ partNumber }) => partNumber).join(' ')}`);
  }

  async abort(uploadId: string): Promise<void> {
    await this.#step(`abort ${uploadId}`);
  }

  async confirm() {
    await this.#step('confirm');
    return this.object;
  }

  async put(request: SignedRequest, body: Body, signal: AbortSignal): Promise<string> {
    signal.throwIfAborted();
    const signed = this.#unused.get(request.url);
    if (!signed) throw new Error('This URL was never signed, or was used before.');
    this.#unused.delete(request.url);
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.#atOnce);
    try {
      await this.#receive(signed, body);
      const outcome = await this.#step(signed.name);
      if (!signal.aborted || outcome?.landed) return `etag of ${new URL(request.url).search}`;
      this.lines.push(signed.name.replace('put', 'stopped'));
      throw signal.reason;
    } finally {
      this.#atOnce--;
    }
  }

  async read(buffer: Uint8Array, offset: number): Promise<void> {
    buffer.fill(byteAt(offset));
    await this.#wait('read');
  }

  async assertUnchanged(): Promise<void> {
    await this.#step('check file');
  }

  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    this.delays.push(ms);
    const stopped = Promise.withResolvers<never>();
    signal.addEventListener('abort', () => {
      stopped.reject(signal.reason as Error);
    });
    signal.throwIfAborted();
    const outcome = this.#outcomes.get('wait')?.shift();
    outcome?.reached.resolve(undefined);
    await Promise.race([stopped.promise, outcome?.released.promise]);
  }

  random(): number {
    return 0.999;
  }

  async #sign(name: string, { size }: BodyFacts, line: string): Promise<SignedRequest> {
    await this.#step(line);
    const url = `https://films.example.org/k?${name.replaceAll(' ', '-')}-signature-${++this.#signatures}`;
    this.#unused.set(url, { name, size });
    return { url, headers: {}, bucket: 'films' };
  }

  async #receive(signed: { name: string; size: number }, body: Body): Promise<void> {
    const partNumber = Number(/\d+/.exec(signed.name)?.[0] ?? 1);
    let received = 0;
    for await (const chunk of body) {
      if (chunk[0] !== byteAt((partNumber - 1) * PART))
        throw new Error('These are the bytes of another part.');
      received += chunk.length;
    }
    if (received !== signed.size) throw new Error('The body has not the length that was signed.');
  }

  #plan(line: string): Outcome {
    const outcome = {
      reached: Promise.withResolvers<undefined>(),
      released: Promise.withResolvers<undefined>(),
    };
    this.#outcomes.set(line, [...(this.#outcomes.get(line) ?? []), outcome]);
    return outcome;
  }

  async #step(line: string): Promise<Outcome | undefined> {
    this.lines.push(line);
    return this.#wait(line);
  }

  async #wait(line: string): Promise<Outcome | undefined> {
    const outcome = this.#outcomes.get(line)?.shift();
    outcome?.reached.resolve(undefined);
    await outcome?.released.promise;
    if (outcome?.error) throw outcome.error;
    return outcome;
  }
}

/** Every byte of a part is the part's number. */
function byteAt(offset: number): number {
  return Math.floor(offset / PART) + 1;
}
