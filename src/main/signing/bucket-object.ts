import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  type ListMultipartUploadsCommandOutput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { SandglassError } from '../../shared/errors.ts';
import { refusalError } from '../../shared/s3-refusal.ts';
import { storedInput, UPLOAD_MARK, type ObjectHeaders } from './presigner.ts';
import { sdkRefusal } from './sdk-failure.ts';
import { signedRequest, type AskClient } from './signed-request.ts';

export interface PartTag {
  readonly partNumber: number;
  readonly etag: string;
}

/** A part that the server has; the size is in bytes. */
export interface ListedPart extends PartTag {
  readonly size: number;
}

export interface ObjectHead {
  /** Bytes. */
  readonly size: number;
  readonly uploadMark: string | undefined;
  /** Absent where the bucket keeps no versions. */
  readonly versionId: string | undefined;
  /** As the server writes it, in quotes. */
  readonly etag: string | undefined;
  /** Milliseconds since 1970 by the server's clock, in whole seconds. */
  readonly modifiedAt: number | undefined;
}

/** What a deletion left: a bucket that keeps versions only puts a mark on top of them. */
export type Deletion = 'deleted' | 'hidden';

/**
 * One object and its multipart upload, asked of the server with signed headers. Bodies never pass here: parts are PUT
 * to presigned URLs. Every method throws SandglassError as `refusalError` names it, or `unreachable`.
 */
export class BucketObject {
  readonly #client: AskClient;
  readonly #at: { readonly Bucket: string; readonly Key: string };

  constructor(client: AskClient, bucket: string, key: string) {
    this.#client = client;
    this.#at = { Bucket: bucket, Key: key };
  }

  /** Begins a multipart upload and yields its upload id. */
  async createUpload(headers: ObjectHeaders): Promise<string> {
    const command = new CreateMultipartUploadCommand({
      ...this.#at,
      ...storedInput(headers),
    });
    const { UploadId } = await this.#ask('upload to', (client) => client.send(command));
    if (UploadId) return UploadId;
    throw new SandglassError('refused', 'The server began an upload without giving it an id.', {
      next: 'Try again; if it stays so, the server does not speak S3’s multipart uploads.',
      retryable: true,
    });
  }

  /**
   * Makes the object of its parts. The SDK turns a 200 with an error in its body into an error; an answer that names
   * neither key nor ETag is none either.
   * https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html
   */
  async completeUpload(uploadId: string, parts: readonly PartTag[], neverOverwrite: boolean): Promise<void> {
    const command = new CompleteMultipartUploadCommand({
      ...this.#at,
      UploadId: uploadId,
      MultipartUpload: {
        Parts: parts.map(({ partNumber, etag }) => ({ PartNumber: partNumber, ETag: etag })),
      },
      ...(neverOverwrite ? { IfNoneMatch: '*' } : {}),
    });
    const answer = await this.#ask('upload to', (client) => client.send(command));
    if (answer.Key !== undefined || answer.ETag !== undefined) return;
    throw new SandglassError('refused', 'The server’s answer to the end of the upload was empty.', {
      next: 'Try again.',
      retryable: true,
      requestId: answer.$metadata.requestId,
    });
  }

  /** Every part that the server has of a multipart upload, in ascending order. @throws SandglassError upload-gone */
  async listParts(uploadId: string): Promise<ListedPart[]> {
    const parts: ListedPart[] = [];
    for (let after: string | undefined; ;) {
      const command = new ListPartsCommand({ ...this.#at, UploadId: uploadId, PartNumberMarker: after });
      const answer = await this.#ask('look at an upload in', (client) => client.send(command)).catch(
        (error: unknown) => {
          throw asGone(error);
        },
      );
      for (const { PartNumber, ETag, Size } of answer.Parts ?? []) {
        if (PartNumber !== undefined && ETag && Size !== undefined)
          parts.push({ partNumber: PartNumber, etag: ETag, size: Size });
      }
      if (!answer.IsTruncated || !answer.NextPartNumberMarker) return parts;
      after = answer.NextPartNumberMarker;
    }
  }

  /**
   * All multipart uploads that are under way to just this key; moments are by the server's clock. S3 gives a thousand
   * at once, and with them those to every longer key that begins so.
   * https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html
   */
  async listUploads(): Promise<{ uploadId: string; initiatedAt: number }[]> {
    const { Bucket, Key } = this.#at;
    const uploads: { uploadId: string; initiatedAt: number }[] = [];
    for (let after: UploadMarkers | null = {}; after !== null;) {
      const command: ListMultipartUploadsCommand = new ListMultipartUploadsCommand({
        ...{ Bucket, Prefix: Key, ...after },
      });
      const answer = await this.#ask('list the uploads in', (client) => client.send(command));
      for (const upload of answer.Uploads ?? []) {
        if (upload.Key !== Key || !upload.UploadId) continue;
        uploads.push({ uploadId: upload.UploadId, initiatedAt: upload.Initiated?.getTime() ?? Infinity });
      }
      after = nextUploads(answer, after);
    }
    return uploads;
  }

  /** Drops a multipart upload and its parts. */
  async abortUpload(uploadId: string): Promise<void> {
    const command = new AbortMultipartUploadCommand({ ...this.#at, UploadId: uploadId });
    await this.#ask('cancel an upload in', (client) => client.send(command));
  }

  /** What the server says of the object. @throws SandglassError no-such-key */
  async head(): Promise<ObjectHead> {
    const send = (client: S3Client) => client.send(new HeadObjectCommand(this.#at));
    const answer = await this.#ask('read', (client) =>
      send(client).catch(async (error: unknown) => {
        await this.#inWords(client, error);
        return send(client);
      }),
    );
    return {
      size: answer.ContentLength ?? 0,
      uploadMark: answer.Metadata?.[UPLOAD_MARK],
      versionId: answer.VersionId === 'null' ? undefined : answer.VersionId,
      etag: answer.ETag,
      modifiedAt: answer.LastModified?.getTime(),
    };
  }

  /**
   * Deletes the object, or one version of it for good; an object that is not there is no error to S3.
   * https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeletingObjectVersions.html
   */
  async remove(versionId?: string): Promise<Deletion> {
    const version = versionId === undefined ? {} : { VersionId: versionId };
    const command = new DeleteObjectCommand({ ...this.#at, ...version });
    const { DeleteMarker } = await this.#ask('delete from', (client) => client.send(command));
    return DeleteMarker === true && versionId === undefined ? 'hidden' : 'deleted';
  }

  /**
   * The answer to HEAD has no body: a token that has ended, or a clock that is wrong, is a bare 400 or 403, and GET
   * tells what was meant. Where GET is granted, HEAD is worth another try: its refusal has taught the client the clock.
   */
  async #inWords(client: S3Client, error: unknown): Promise<void> {
    const refusal = sdkRefusal(error);
    if (!refusal || ![400, 403].includes(refusal.status) || refusal.code !== undefined) throw error;
    const { Body } = await client.send(new GetObjectCommand({ ...this.#at, Range: 'bytes=0-0' }));
    await Body?.transformToByteArray();
  }

  #ask<Answer>(doing: string, send: (client: S3Client) => Promise<Answer>): Promise<Answer> {
    return signedRequest(this.#client, { doing, bucket: this.#at.Bucket }, send);
  }
}

interface UploadMarkers {
  readonly KeyMarker?: string;
  readonly UploadIdMarker?: string;
}

/** Where the next page begins; null after the last, and where a server would give the same page for ever. */
function nextUploads(
  answer: ListMultipartUploadsCommandOutput,
  { KeyMarker, UploadIdMarker }: UploadMarkers,
): UploadMarkers | null {
  const { NextKeyMarker, NextUploadIdMarker } = answer;
  if (!answer.IsTruncated || !NextKeyMarker) return null;
  if (NextKeyMarker === KeyMarker && NextUploadIdMarker === UploadIdMarker) return null;
  return {
    KeyMarker: NextKeyMarker,
    ...(NextUploadIdMarker ? { UploadIdMarker: NextUploadIdMarker } : {}),
  };
}

/** Ceph RGW says NoSuchKey of an upload that is gone, where S3 says NoSuchUpload. */
function asGone(error: unknown): unknown {
  if (!(error instanceof SandglassError && error.code === 'no-such-key')) return error;
  return refusalError(
    { status: 404, code: 'NoSuchUpload', requestId: error.requestId },
    { doing: 'look at an upload in', bucket: '' },
  );
}
