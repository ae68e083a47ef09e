import { USUAL_PART_BYTES } from '../../../src/main/upload/part-plan.ts';
import type {
  Body,
  BodyFacts,
  ListedPart,
  PartSender,
  PartTag,
  PutAnswer,
  SignedRequest,
  UploadTarget,
} from '../../../src/main/upload/ports.ts';
import { Script } from './script.ts';

/** Bytes of every part but the last. */
export const PART = USUAL_PART_BYTES;

/** Every byte of a part is the part's number. */
export const byteAt = (offset: number) => Math.floor(offset / PART) + 1;

/** The ETag that S3 gives to bytes of this MD5. */
export const etagOf = (md5: string) => `"${Buffer.from(md5, 'base64').toString('hex')}"`;

interface Signed extends BodyFacts {
  readonly name: string;
}

/**
 * A server and the way to it. It refuses what no server would take: a signed URL used twice, an upload id that is not
 * the one that it gave, a body that is not the part of the file that was signed.
 */
export class ScriptedServer extends Script implements UploadTarget, PartSender {
  /** What HEAD finds in the end. */
  object: { size: number; ours: boolean };
  /** What ListParts tells. */
  listed: readonly ListedPart[] = [];
  completedWith: readonly PartTag[] = [];
  mostAtOnce = 0;
  renewals = 0;
  /** Whether fetching the credentials anew gives others. */
  othersCome = true;
  /** What the server says of bytes with this MD5. */
  answer = (md5: string): PutAnswer => ({ etag: etagOf(md5), encrypted: false });
  /** The upload id that the server gave, or that an earlier process was given. */
  protected uploadId: string;
  readonly #unused = new Map<string, Signed>();
  #created = 0;
  #signatures = 0;
  #atOnce = 0;
  #renewing: Promise<boolean> | null = null;

  constructor(size: number, uploadId: string | null) {
    super();
    this.object = { size, ours: true };
    this.uploadId = uploadId ?? '';
  }

  signPut(body: BodyFacts): Promise<SignedRequest> {
    return this.#sign('put', body, 'sign put');
  }

  signPart(uploadId: string, partNumber: number, body: BodyFacts): Promise<SignedRequest> {
    if (uploadId !== this.uploadId) throw new Error(`Signed for a stranger: ${uploadId}`);
    return this.#sign(`put part ${partNumber}`, body, `sign part ${partNumber}`);
  }

  async create(): Promise<string> {
    await this.step('create');
    this.uploadId = `u${++this.#created}`;
    return this.uploadId;
  }

  async parts(uploadId: string): Promise<readonly ListedPart[]> {
    await this.step(`parts ${uploadId}`);
    return this.listed;
  }

  async complete(uploadId: string, parts: readonly PartTag[]): Promise<void> {
    this.completedWith = parts;
    await this.step(`complete ${uploadId}: ${parts.map(({ partNumber }) => partNumber).join(' ')}`);
  }

  /** Where no id was heard there is nothing to write down, unless a test looks for just that. */
  async abort(uploadId: string | null): Promise<void> {
    if (uploadId === null) await this.wait('abort unheard');
    else await this.step(`abort ${uploadId}`);
  }

  async confirm() {
    await this.step('confirm');
    return this.object;
  }

  renewCredentials(since: number): Promise<boolean> {
    if (since !== this.renewals) return Promise.resolve(true);
    this.#renewing ??= this.#renew().finally(() => {
      this.#renewing = null;
    });
    return this.#renewing;
  }

  async put(request: SignedRequest, body: Body, signal: AbortSignal): Promise<PutAnswer> {
    signal.throwIfAborted();
    const signed = this.#unused.get(request.url);
    if (!signed) throw new Error('This URL was never signed, or was used before.');
    this.#unused.delete(request.url);
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.#atOnce);
    try {
      await receive(signed, body);
      const outcome = await this.step(signed.name);
      if (!signal.aborted || outcome?.landed) return this.answer(signed.md5);
      this.lines.push(signed.name.replace('put', 'stopped'));
      throw signal.reason;
    } finally {
      this.#atOnce--;
    }
  }

  async #renew(): Promise<boolean> {
    await this.step('renew');
    if (this.othersCome) this.renewals++;
    return this.othersCome;
  }

  async #sign(name: string, body: BodyFacts, line: string): Promise<SignedRequest> {
    await this.step(line);
    const url = `https://films.example.org/k?${name.replaceAll(' ', '-')}-signature-${++this.#signatures}`;
    this.#unused.set(url, { name, ...body });
    return { url, headers: {}, bucket: 'films' };
  }
}

async function receive(signed: Signed, body: Body): Promise<void> {
  const partNumber = Number(/\d+/.exec(signed.name)?.[0] ?? 1);
  let received = 0;
  for await (const chunk of body) {
    if (chunk[0] !== byteAt((partNumber - 1) * PART)) throw new Error('These are the bytes of another part.');
    received += chunk.length;
  }
  if (received !== signed.size) throw new Error('The body has not the length that was signed.');
}
