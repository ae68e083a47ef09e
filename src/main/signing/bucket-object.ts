import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  HeadObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { SandglassError } from '../../shared/errors.ts';
import { UPLOAD_MARK, type ObjectHeaders } from './presigner.ts';
import { sdkFailure } from './sdk-failure.ts';

export interface PartTag {
  readonly partNumber: number;
  readonly etag: string;
}

export interface ObjectHead {
  /** Bytes. */
  readonly size: number;
  readonly uploadMark: string | undefined;
}

export type AskClient = () => Promise<S3Client>;

/**
 * One object and its multipart upload, asked of the server with signed headers. Bodies never pass here: parts are PUT
 * to presigned URLs. Every method throws SandglassError as `refusalError` names it, or `unreachable`.
 */
export class BucketObject {
  readonly #client: AskClient;
  readonly #at: { readonly Bucket: string; readonly Key: string };

  /** @param client asked anew for every request, since credentials may have been renewed */
  constructor(client: AskClient, bucket: string, key: string) {
    this.#client = client;
    this.#at = { Bucket: bucket, Key: key };
  }

  /** Begins a multipart upload and yields its upload id. */
  async createUpload(headers: ObjectHeaders): Promise<string> {
    const command = new CreateMultipartUploadCommand({
      ...this.#at,
      ContentType: headers.contentType,
      ContentDisposition: headers.contentDisposition,
      Metadata: { [UPLOAD_MARK]: headers.uploadMark },
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
    throw new SandglassError('server-busy', 'The server’s answer to the end of the upload was empty.', {
      next: 'Try again.',
      retryable: true,
      requestId: answer.$metadata.requestId,
    });
  }

  /** Drops a multipart upload and its parts. */
  async abortUpload(uploadId: string): Promise<void> {
    const command = new AbortMultipartUploadCommand({ ...this.#at, UploadId: uploadId });
    await this.#ask('cancel an upload in', (client) => client.send(command));
  }

  /** What the server says of the object. @throws SandglassError no-such-key */
  async head(): Promise<ObjectHead> {
    const answer = await this.#ask('read', (client) => client.send(new HeadObjectCommand(this.#at)));
    return {
      size: answer.ContentLength ?? 0,
      uploadMark: answer.Metadata?.[UPLOAD_MARK],
    };
  }

  /** Deletes the object; an object that is not there is no error to S3. */
  async remove(): Promise<void> {
    await this.#ask('delete from', (client) => client.send(new DeleteObjectCommand(this.#at)));
  }

  async #ask<Answer>(doing: string, send: (client: S3Client) => Promise<Answer>): Promise<Answer> {
    const client = await this.#client();
    try {
      return await send(client);
    } catch (error) {
      throw sdkFailure(error, { doing, bucket: this.#at.Bucket });
    }
  }
}
