import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { errorAnswer } from './answers.ts';
import type { Answer } from './answers.ts';
import { OPERATIONS } from './exchange.ts';
import { afterwards, AttemptCount, beforehand, ConnectionCut, tapFor } from './misbehaviour.ts';
import type { Misbehave } from './misbehaviour.ts';
import type { MultipartStore } from './multipart-store.ts';
import type { ObjectStore } from './object-store.ts';
import type { PieceStore } from './piece-store.ts';
import { Refusal } from './refusals.ts';
import { RequestBody } from './request-body.ts';
import { S3Request } from './request.ts';
import type { Operation } from './request.ts';
import { checkSignature } from './signature-check.ts';
import type { Identity } from './signature-check.ts';

/** What is told of a request once it is over. It holds no query and no header: both can carry secrets. */
export interface LogEntry {
  readonly requestId: string;
  readonly method: string;
  /** Null where the request was refused before it was understood; likewise bucket, key and part number. */
  readonly operation: Operation | null;
  readonly bucket: string | null;
  readonly key: string | null;
  readonly partNumber: number | null;
  /** Null where the connection ended without an answer. */
  readonly status: number | null;
  /** S3's error code, or the name of an unexpected error. */
  readonly code: string | null;
}

export interface Household {
  readonly identity: Identity;
  readonly objects: ObjectStore;
  readonly uploads: MultipartStore;
  readonly pieces: PieceStore;
  /** In milliseconds. */
  readonly clock: () => number;
  readonly misbehave: Misbehave;
  readonly log: (entry: LogEntry) => void;
}

type Notes = { -readonly [Name in keyof LogEntry]: LogEntry[Name] };

/** Where requests come in and answers go out; in between every request is checked, done and written down. */
export class Door {
  readonly #house: Household;
  readonly #attempts = new AttemptCount();

  constructor(house: Household) {
    this.#house = house;
  }

  /** Never throws: what goes wrong becomes an answer, or the end of the connection. */
  async receive(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const requestId = newRequestId();
    const nothing = { operation: null, bucket: null, key: null, partNumber: null, status: null, code: null };
    const notes: Notes = { requestId, method: incoming.method ?? '', ...nothing };
    try {
      await this.#send(outgoing, await this.#answer(incoming, outgoing, notes), notes);
      notes.status = outgoing.statusCode;
    } catch (error) {
      // Nobody is there to be answered any more, or nobody is to be.
      notes.code ??= error instanceof Error ? error.name : 'Error';
      if (error instanceof ConnectionCut) incoming.socket.resetAndDestroy();
      else incoming.socket.destroy();
    }
    this.#house.log(notes);
  }

  /** A body that ends too early, or what is no HTTP: Node's parser gives up before there is a request to answer. */
  refuseBroken(error: NodeJS.ErrnoException, socket: Duplex): void {
    if (!socket.writable || error.code === 'ECONNRESET') {
      socket.destroy();
      return;
    }
    const requestId = newRequestId();
    const truncated = error.code === 'HPE_INVALID_EOF_STATE';
    const refusal = new Refusal(truncated ? 'IncompleteBody' : 'InvalidRequest');
    const headers = { Date: new Date(this.#house.clock()).toUTCString(), 'x-amz-request-id': requestId };
    const lines = Object.entries({ ...headers, 'Content-Type': 'application/xml', Connection: 'close' });
    const head = ['HTTP/1.1 400 Bad Request', ...lines.map((line) => line.join(': '))];
    socket.end(`${head.join('\r\n')}\r\n\r\n${errorAnswer(refusal, '/', requestId).body}`);
  }

  async #answer(incoming: IncomingMessage, outgoing: ServerResponse, notes: Notes): Promise<Answer> {
    try {
      return await this.#performed(incoming, outgoing, notes);
    } catch (error) {
      if (error instanceof ConnectionCut || incoming.errored !== null) throw error;
      const refusal = error instanceof Refusal ? error : new Refusal('InternalError');
      notes.code = error instanceof Refusal ? error.code : String(error);
      const resource = `/${[notes.bucket, notes.key].filter((name) => name !== null).join('/')}`;
      const answer = errorAnswer(refusal, resource, notes.requestId);
      return { ...answer, headers: { ...answer.headers, ...refusal.headers } };
    }
  }

  async #performed(incoming: IncomingMessage, outgoing: ServerResponse, notes: Notes): Promise<Answer> {
    const { identity, objects, uploads, pieces, clock, misbehave } = this.#house;
    const nowMs = clock();
    const request = new S3Request(incoming);
    notes.bucket = request.bucket;
    notes.key = request.key;
    // A form is signed within: its policy is checked once the fields are read.
    const payloadHash = request.isForm ? 'UNSIGNED-PAYLOAD' : checkSignature(request, identity, nowMs);
    const operation = request.operation();
    const partNumber = operation === 'UploadPart' ? Number(request.parameter('partNumber')) : null;
    Object.assign(notes, { operation, partNumber });
    const bucket = request.bucket ?? '';
    const key = request.key ?? '';
    const occasion = { operation, bucket, key, partNumber };
    const trouble = misbehave({ ...occasion, attempt: this.#attempts.next(occasion) });
    if (trouble?.kind === 'refuse' || trouble?.kind === 'refuse-in-200') {
      const { code, message = 'Refused on request of a test.' } = trouble;
      notes.code = code;
      const status = trouble.kind === 'refuse' ? trouble.status : 200;
      return errorAnswer({ code, status, message, fields: {} }, `/${bucket}/${key}`, notes.requestId);
    }
    const closed = once(outgoing, 'close');
    await beforehand(trouble, closed);
    const body = new RequestBody(incoming, outgoing, request, payloadHash, tapFor(trouble, closed));
    const forgetsTags = trouble?.kind === 'forget-tags';
    const stores = { identity, objects, uploads, pieces };
    const exchange = { request, bucket, key, body, ...stores, nowMs, forgetsTags };
    return afterwards(trouble, await OPERATIONS[operation](exchange));
  }

  async #send(outgoing: ServerResponse, answer: Answer, notes: Notes): Promise<void> {
    const { identity, objects, clock } = this.#house;
    const { status, headers, body } = answer;
    const { bucket, key, requestId } = notes;
    outgoing.sendDate = false;
    outgoing.writeHead(status, {
      // The server's own clock: from this header clients learn how far theirs is off.
      Date: new Date(clock()).toUTCString(),
      'x-amz-request-id': requestId,
      'x-amz-id-2': requestId,
      Server: 'local-bucket',
      // S3 tells a bucket's region to everybody who asks for the bucket, the refused included.
      ...(bucket !== null && key === null && objects.hasBucket(bucket)
        ? { 'x-amz-bucket-region': identity.region }
        : {}),
      ...headers,
      ...(typeof body === 'string' ? { 'Content-Length': String(Buffer.byteLength(body)) } : {}),
    });
    if (body === null || typeof body === 'string') {
      outgoing.end(outgoing.req.method === 'HEAD' ? undefined : (body ?? undefined));
    } else await pipeline(body, outgoing);
  }
}

function newRequestId(): string {
  return randomBytes(8).toString('hex').toUpperCase();
}
