import type { S3Client } from '@aws-sdk/client-s3';
import { buildQueryString, escapeUri, HttpRequest } from '@smithy/core/protocols';
import { checkedSeconds } from '../../shared/expiry.ts';
import type { LinkOverrides } from '../../shared/link-overrides.ts';
import type { ObjectDescription } from '../../shared/object-description.ts';
import { bucketAddress } from './bucket-address.ts';

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
 * Presigns one request; nothing is sent. The same signing date, key and expiry give the same URL, letter for letter, and
 * it is the one that the SDK's `getSignedUrl` gives, a seventh of the time after.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 * @throws SandglassError expiry-invalid
 */
export async function presign(
  client: S3Client,
  signable: Signable,
  moment: SigningMoment,
): Promise<SignedRequest> {
  const expiresIn = checkedSeconds(moment.expiresInSeconds);
  const { bucket, key } = signable;
  const { url, region, presigner } = await bucketAddress(client, bucket);
  const { method, query, headers } = requestOf(signable);
  const { protocol, hostname, port } = url;
  const path = `${url.pathname.replace(/\/$/, '')}/${key.split('/').map(escapeUri).join('/')}`;
  const request = new HttpRequest({
    ...{ method, protocol, hostname, path, query: { ...query } },
    ...(port === '' ? {} : { port: Number(port) }),
    headers: { ...headers },
  });
  const names = Object.keys(headers);
  const signed = await presigner.presign(request, {
    ...{ signingDate: new Date(moment.signedAt), expiresIn, signingRegion: region },
    signableHeaders: new Set(['host', ...names]),
    // In the query S3 would not take tags at all, and metadata would stand in every log that keeps addresses.
    unhoistableHeaders: new Set(names.filter((name) => name.startsWith('x-amz-'))),
  });
  const address = `${protocol}//${hostname}${port === '' ? '' : `:${port}`}${path}`;
  return { url: `${address}?${buildQueryString(signed.query ?? {})}`, headers, bucket };
}

/** A request as it is sent, but for its address and its signature. */
interface Unsigned {
  readonly method: 'GET' | 'PUT';
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
}

/** `x-id` names the operation, as the SDK does; S3 does not look at it. */
function requestOf(signable: Signable): Unsigned {
  switch (signable.verb) {
    case 'get-object': {
      const { overrides = {}, versionId } = signable;
      const version = versionId === undefined ? {} : { versionId };
      return {
        method: 'GET',
        query: { 'x-id': 'GetObject', ...version, ...overrideQuery(overrides) },
        headers: {},
      };
    }
    case 'put-object':
      return { method: 'PUT', query: { 'x-id': 'PutObject' }, headers: putHeaders(signable) };
    case 'invite-put':
      return { method: 'PUT', query: { 'x-id': 'PutObject' }, headers: invitedHeaders(signable) };
    case 'upload-part': {
      const { uploadId, partNumber, size, md5 } = signable;
      const query = { 'x-id': 'UploadPart', partNumber: String(partNumber), uploadId };
      return { method: 'PUT', query, headers: { 'content-length': String(size), 'content-md5': md5 } };
    }
  }
}

type PutSignable = Extract<Signable, { verb: 'put-object' }>;
type InviteSignable = Extract<Signable, { verb: 'invite-put' }>;

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

function overrideQuery(overrides: LinkOverrides): Record<string, string> {
  const { contentDisposition, contentType, cacheControl, contentLanguage, contentEncoding, cachedUntil } =
    overrides;
  return {
    ...(contentDisposition === undefined ? {} : { 'response-content-disposition': contentDisposition }),
    ...(contentType === undefined ? {} : { 'response-content-type': contentType }),
    ...(cacheControl === undefined ? {} : { 'response-cache-control': cacheControl }),
    ...(contentLanguage === undefined ? {} : { 'response-content-language': contentLanguage }),
    ...(contentEncoding === undefined ? {} : { 'response-content-encoding': contentEncoding }),
    ...(cachedUntil === undefined ? {} : { 'response-expires': new Date(cachedUntil).toUTCString() }),
  };
}
