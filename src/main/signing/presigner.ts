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
import type { LinkOverrides } from '../../shared/link-overrides.ts';
import type { ObjectDescription } from '../../shared/object-description.ts';
import { accessPointAt } from './access-point.ts';

/** What a recipient's browser is told of an object, stored with it at upload. */
export interface ObjectHeaders extends ObjectDescription {
  readonly contentType: string;
  readonly contentDisposition: string;
  /** Marks the object as the fruit of one upload, so that a lost answer can be told from a failure. */
  readonly uploadMark: string;
}

/** Exactly what may be presigned. */
export type Signable =
  | {
      readonly verb: 'get-object';
      readonly bucket: string;
      readonly key: string;
      readonly overrides?: LinkOverrides | undefined;
      /** One version of the object, whatever becomes of the others; absent for the newest. */
      readonly versionId?: string | undefined;
    }
  | {
      /** An upload by somebody else, whose size and bytes nobody knows yet. */
      readonly verb: 'invite-put';
      readonly bucket: string;
      readonly key: string;
      /** Null where the uploader may choose. */
      readonly contentType: string | null;
      readonly neverOverwrite: boolean;
    }
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
    // Without a region the presigner takes Version 4A for an Outpost, which it cannot make and history could not repeat.
    ...(accessPointAt(signable.bucket)?.service === 's3-outposts'
      ? { signingRegion: await client.config.region() }
      : {}),
  };
  switch (signable.verb) {
    case 'get-object': {
      const { bucket: Bucket, key: Key, overrides = {}, versionId } = signable;
      const version = versionId === undefined ? {} : { VersionId: versionId };
      const input: GetObjectCommandInput = { Bucket, Key, ...version, ...overrideInput(overrides) };
      return {
        url: await getSignedUrl(client, new GetObjectCommand(input), when),
        headers: {},
        bucket: signable.bucket,
      };
    }
    case 'put-object':
    case 'invite-put': {
      const [input, headers] =
        signable.verb === 'put-object'
          ? [putInput(signable), putHeaders(signable)]
          : [invitedInput(signable), invitedHeaders(signable)];
      const names = Object.keys(headers);
      const url = await getSignedUrl(client, new PutObjectCommand(input), {
        ...when,
        signableHeaders: new Set(['host', ...names]),
        // In the query S3 would not take tags at all, and metadata would stand in every log that keeps addresses.
        unhoistableHeaders: new Set(names.filter((name) => name.startsWith('x-amz-'))),
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
type InviteSignable = Extract<Signable, { verb: 'invite-put' }>;

function putInput({ bucket, key, size, md5, headers, neverOverwrite }: PutSignable): PutObjectCommandInput {
  return {
    Bucket: bucket,
    Key: key,
    ContentLength: size,
    ContentMD5: md5,
    ...storedInput(headers),
    ...(neverOverwrite ? { IfNoneMatch: '*' } : {}),
  };
}

function putHeaders({ size, md5, headers, neverOverwrite }: PutSignable): Record<string, string> {
  const { tags, metadata = {}, cacheControl } = headers;
  return {
    'content-length': String(size),
    'content-md5': md5,
    'content-type': headers.contentType,
    'content-disposition': headers.contentDisposition,
    ...(cacheControl === undefined ? {} : { 'cache-control': cacheControl }),
    ...Object.fromEntries(Object.entries(metadata).map(([name, value]) => [`x-amz-meta-${name}`, value])),
    [`x-amz-meta-${UPLOAD_MARK}`]: headers.uploadMark,
    ...(tags === undefined ? {} : { 'x-amz-tagging': taggingOf(tags) }),
    ...(neverOverwrite ? { 'if-none-match': '*' } : {}),
  };
}

function invitedInput({ bucket, key, contentType, neverOverwrite }: InviteSignable): PutObjectCommandInput {
  return {
    Bucket: bucket,
    Key: key,
    ...(contentType === null ? {} : { ContentType: contentType }),
    ...(neverOverwrite ? { IfNoneMatch: '*' } : {}),
  };
}

function invitedHeaders({ contentType, neverOverwrite }: InviteSignable): Record<string, string> {
  return {
    ...(contentType === null ? {} : { 'content-type': contentType }),
    ...(neverOverwrite ? { 'if-none-match': '*' } : {}),
  };
}

/** What is stored with an object, as PutObject and CreateMultipartUpload take it. */
export function storedInput(headers: ObjectHeaders) {
  const { contentType, contentDisposition, uploadMark, tags, metadata, cacheControl } = headers;
  return {
    ContentType: contentType,
    ContentDisposition: contentDisposition,
    Metadata: { ...metadata, [UPLOAD_MARK]: uploadMark },
    ...(cacheControl === undefined ? {} : { CacheControl: cacheControl }),
    ...(tags === undefined ? {} : { Tagging: taggingOf(tags) }),
  };
}

/** Tags as a query string. https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html#AmazonS3-PutObject-request-header-Tagging */
function taggingOf(tags: Readonly<Record<string, string>>): string {
  return Object.entries(tags)
    .map((pair) => pair.map(encodeURIComponent).join('='))
    .join('&');
}

function overrideInput(overrides: LinkOverrides): Partial<GetObjectCommandInput> {
  const { contentDisposition, contentType, cacheControl, contentLanguage, contentEncoding, cachedUntil } =
    overrides;
  return {
    ...(contentDisposition === undefined ? {} : { ResponseContentDisposition: contentDisposition }),
    ...(contentType === undefined ? {} : { ResponseContentType: contentType }),
    ...(cacheControl === undefined ? {} : { ResponseCacheControl: cacheControl }),
    ...(contentLanguage === undefined ? {} : { ResponseContentLanguage: contentLanguage }),
    ...(contentEncoding === undefined ? {} : { ResponseContentEncoding: contentEncoding }),
    ...(cachedUntil === undefined ? {} : { ResponseExpires: new Date(cachedUntil) }),
  };
}
