import {
  GetObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
  type GetObjectCommandInput,
  type PutObjectCommandInput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { checkedSeconds } from '../../shared/expiry.ts';

/** What a recipient's browser is told of an object, stored with it at upload. */
export interface ObjectHeaders {
  readonly contentType: string;
  readonly contentDisposition: string;
  /** Marks the object as the fruit of one upload, so that a lost answer can be told from a failure. */
  readonly uploadMark: string;
}

/** Exactly what may be presigned. */
export type Signable =
  | { readonly verb: 'get-object'; readonly bucket: string; readonly key: string }
  | {
      readonly verb: 'put-object';
      readonly bucket: string;
      readonly key: string;
      readonly size: number;
      readonly md5: string;
      readonly headers: ObjectHeaders;
      readonly neverOverwrite: boolean;
    }
  | {
      readonly verb: 'upload-part';
      readonly bucket: string;
      readonly key: string;
      readonly uploadId: string;
      readonly partNumber: number;
      readonly size: number;
      readonly md5: string;
    };

/** The name of the metadata that carries `ObjectHeaders.uploadMark`. */
export const UPLOAD_MARK = 'sandglass-upload';

/** A presigned request: the URL is a bearer secret, and the headers must be sent just as they are. */
export interface SignedRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** For the words of a refusal; the URL itself is never put into words. */
  readonly bucket: string;
}

export interface SigningMoment {
  /** Milliseconds since 1970 by the server's clock. */
  readonly signedAt: number;
  readonly expiresInSeconds: number;
}

/**
 * Presigns one request; nothing is sent. The same signing date, key and expiry give the same URL, letter for letter.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 * @throws SandglassError expiry-invalid
 */
export async function presign(
  client: S3Client,
  signable: Signable,
  moment: SigningMoment,
): Promise<SignedRequest> {
  const when = {
    signingDate: new Date(moment.signedAt),
    expiresIn: checkedSeconds(moment.expiresInSeconds),
  };
  switch (signable.verb) {
    case 'get-object': {
      const input: GetObjectCommandInput = { Bucket: signable.bucket, Key: signable.key };
      return {
        url: await getSignedUrl(client, new GetObjectCommand(input), when),
        headers: {},
        bucket: signable.bucket,
      };
    }
    case 'put-object': {
      const headers = putHeaders(signable);
      const url = await getSignedUrl(client, new PutObjectCommand(putInput(signable)), {
        ...when,
        signableHeaders: new Set(['host', ...Object.keys(headers)]),
        unhoistableHeaders: new Set([`x-amz-meta-${UPLOAD_MARK}`]),
      });
      return { url, headers, bucket: signable.bucket };
    }
    case 'upload-part': {
      const { bucket, key, uploadId, partNumber, size, md5 } = signable;
      const input = { Bucket: bucket, Key: key, UploadId: uploadId, PartNumber: partNumber };
      const command = new UploadPartCommand({ ...input, ContentLength: size, ContentMD5: md5 });
      const headers = { 'content-length': String(size), 'content-md5': md5 };
      return { url: await getSignedUrl(client, command, when), headers, bucket };
    }
  }
}

type PutSignable = Extract<Signable, { verb: 'put-object' }>;

function putInput({ bucket, key, size, md5, headers, neverOverwrite }: PutSignable): PutObjectCommandInput {
  return {
    Bucket: bucket,
    Key: key,
    ContentLength: size,
    ContentMD5: md5,
    ContentType: headers.contentType,
    ContentDisposition: headers.contentDisposition,
    Metadata: { [UPLOAD_MARK]: headers.uploadMark },
    ...(neverOverwrite ? { IfNoneMatch: '*' } : {}),
  };
}

function putHeaders({ size, md5, headers, neverOverwrite }: PutSignable): Record<string, string> {
  return {
    'content-length': String(size),
    'content-md5': md5,
    'content-type': headers.contentType,
    'content-disposition': headers.contentDisposition,
    [`x-amz-meta-${UPLOAD_MARK}`]: headers.uploadMark,
    ...(neverOverwrite ? { 'if-none-match': '*' } : {}),
  };
}
