import type { IncomingMessage } from 'node:http';
import { Refusal } from './refusals.ts';

export type Operation =
  | 'ListBuckets'
  | 'CreateBucket'
  | 'DeleteBucket'
  | 'HeadBucket'
  | 'ListObjectsV2'
  | 'ListMultipartUploads'
  | 'GetBucketLifecycle'
  | 'PutBucketLifecycle'
  | 'DeleteBucketLifecycle'
  | 'RestoreObject'
  | 'GetBucketVersioning'
  | 'PutBucketVersioning'
  | 'ListObjectVersions'
  | 'PutObject'
  | 'GetObject'
  | 'HeadObject'
  | 'DeleteObject'
  | 'CreateMultipartUpload'
  | 'UploadPart'
  | 'CompleteMultipartUpload'
  | 'AbortMultipartUpload'
  | 'ListParts'
  | 'PostObject'
  | 'GetObjectTagging'
  | 'PutObjectTagging';

const LONGEST_KEY_BYTES = 1024;

/** The query parameters that are understood, beside `x-amz-*`; any other implies something S3 has and this has not. */
const PARAMETERS = new Set([
  ...['x-id', 'list-type', 'prefix', 'delimiter', 'max-keys', 'continuation-token', 'start-after'],
  ...['encoding-type', 'fetch-owner', 'uploads', 'uploadId', 'partNumber', 'part-number-marker', 'max-parts'],
  ...[
    'lifecycle',
    'restore',
    'versioning',
    'versions',
    'versionId',
    'version-id-marker',
    'key-marker',
    'upload-id-marker',
    'max-uploads',
  ],
  ...['response-content-type', 'response-content-language'],
  ...[
    'response-expires',
    'response-cache-control',
    'response-content-disposition',
    'response-content-encoding',
    'tagging',
  ],
]);

/** The `x-amz-*` names that are understood, as headers or in the query. */
const AMZ_NAMES = new RegExp(
  '^x-amz-(algorithm|credential|date|expires|signedheaders|signature|security-token|content-sha256|user-agent' +
    '|sdk-checksum-algorithm|checksum-mode|checksum-(crc32|sha1|sha256)|expected-bucket-owner|storage-class|tagging|meta-.+)$',
);

/** What is asked of a bucket's settings, by the name of the parameter and the method. */
const SETTINGS: Readonly<Record<string, Readonly<Record<string, Operation>>>> = {
  lifecycle: {
    GET: 'GetBucketLifecycle',
    PUT: 'PutBucketLifecycle',
    DELETE: 'DeleteBucketLifecycle',
  },
  versioning: { GET: 'GetBucketVersioning', PUT: 'PutBucketVersioning' },
  versions: { GET: 'ListObjectVersions' },
};

/** A request as S3 reads it: path style, the key decoded once, every name and value as it was signed. */
export class S3Request {
  readonly method: string;
  /** The path, percent-decoded. */
  readonly path: string;
  /** Name and value pairs, decoded, in the order they came. */
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly bucket: string | null;
  readonly key: string | null;
  readonly #headers: NodeJS.Dict<string[]>;

  /** @throws Refusal InvalidURI, KeyTooLongError */
  constructor(incoming: Pick<IncomingMessage, 'method' | 'url' | 'headersDistinct'>) {
    this.method = incoming.method ?? 'GET';
    this.#headers = incoming.headersDistinct;
    const target = incoming.url ?? '/';
    const cut = target.indexOf('?');
    this.path = decoded(cut < 0 ? target : target.slice(0, cut));
    this.query = cut < 0 ? [] : pairs(target.slice(cut + 1));
    const [, bucket, key] = /^\/([^/]*)(?:\/(.*))?$/su.exec(this.path) ?? refuseUri();
    this.bucket = bucket || null;
    this.key = key || null;
    if (Buffer.byteLength(this.key ?? '') > LONGEST_KEY_BYTES) {
      throw new Refusal('KeyTooLongError', { fields: { MaxSizeAllowed: LONGEST_KEY_BYTES } });
    }
  }

  parameter(name: string): string | undefined {
    return this.query.find(([candidate]) => candidate === name)?.[1];
  }

  /** A header's value; several of one name are joined by commas, as the signature joins them. */
  header(name: string): string | undefined {
    return this.#headers[name]?.join(',');
  }

  headerNames(): string[] {
    return Object.keys(this.#headers);
  }

  /** An `x-amz-*` value, sent as a header or moved into the query as presigners do. */
  amz(name: string): string | undefined {
    return this.header(name) ?? this.query.find(([candidate]) => candidate.toLowerCase() === name)?.[1];
  }

  /** Every `x-amz-*` name of the request in lower case, from the headers and from the query. */
  amzNames(): Set<string> {
    const names = [...this.headerNames(), ...this.query.map(([name]) => name.toLowerCase())];
    return new Set(names.filter((name) => name.startsWith('x-amz-')));
  }

  /** Whether it is a form, whose fields carry the signature. */
  get isForm(): boolean {
    const posted = this.method === 'POST' && this.bucket !== null && this.key === null;
    return posted && /^multipart\/form-data\s*;/i.test(this.header('content-type') ?? '');
  }

  /** @throws Refusal NotImplemented, MethodNotAllowed */
  operation(): Operation {
    const foreign = this.#foreignName();
    if (foreign !== undefined) throw new Refusal('NotImplemented', { fields: { Header: foreign } });
    const operation = this.#routed();
    if (operation !== null) return operation;
    throw new Refusal('MethodNotAllowed', { fields: { Method: this.method } });
  }

  #foreignName(): string | undefined {
    const parameters = this.query.map(([name]) => name).filter((name) => !/^x-amz-/iu.test(name));
    return (
      parameters.find((name) => !PARAMETERS.has(name)) ??
      [...this.amzNames()].find((name) => !AMZ_NAMES.test(name))
    );
  }

  #routed(): Operation | null {
    if (this.bucket === null) return this.method === 'GET' ? 'ListBuckets' : null;
    return this.key === null ? this.#bucketOperation() : this.#objectOperation();
  }

  #bucketOperation(): Operation | null {
    for (const [name, operations] of Object.entries(SETTINGS)) {
      if (this.parameter(name) !== undefined) return operations[this.method] ?? null;
    }
    if (this.method === 'PUT') return 'CreateBucket';
    if (this.method === 'DELETE') return 'DeleteBucket';
    if (this.method === 'HEAD') return 'HeadBucket';
    if (this.isForm) return 'PostObject';
    if (this.method !== 'GET') return null;
    if (this.parameter('uploads') !== undefined) return 'ListMultipartUploads';
    if (this.parameter('list-type') === '2') return 'ListObjectsV2';
    throw new Refusal('NotImplemented', { message: 'Only version 2 of listing objects is implemented.' });
  }

  #objectOperation(): Operation | null {
    const ofUpload = this.parameter('uploadId') !== undefined;
    if (this.parameter('tagging') !== undefined) {
      if (this.method === 'GET') return 'GetObjectTagging';
      if (this.method === 'PUT') return 'PutObjectTagging';
      throw new Refusal('NotImplemented', { message: 'Tags cannot be deleted here.' });
    }
    if (this.method === 'PUT' && !ofUpload && this.parameter('partNumber') !== undefined) {
      throw new Refusal('InvalidArgument', { message: 'A part number needs an upload id.' });
    }
    if (this.method === 'PUT') return ofUpload ? 'UploadPart' : 'PutObject';
    if (this.method === 'DELETE') return ofUpload ? 'AbortMultipartUpload' : 'DeleteObject';
    if (this.method === 'POST' && this.parameter('uploads') !== undefined) return 'CreateMultipartUpload';
    if (this.method === 'POST' && this.parameter('restore') !== undefined) return 'RestoreObject';
    if (this.method === 'POST' && ofUpload) return 'CompleteMultipartUpload';
    if (this.method === 'GET' && ofUpload) return 'ListParts';
    if (this.method !== 'GET' && this.method !== 'HEAD') return null;
    if (this.parameter('partNumber') !== undefined) throw new Refusal('NotImplemented');
    return this.method === 'GET' ? 'GetObject' : 'HeadObject';
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return refuseUri();
  }
}

/** S3 reads a plus sign in a query as a space, and a name without a value as one with an empty value. */
function pairs(query: string): [string, string][] {
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const cut = pair.indexOf('=');
      const [name, value] = cut < 0 ? [pair, ''] : [pair.slice(0, cut), pair.slice(cut + 1)];
      return [decoded(name.replaceAll('+', ' ')), decoded(value.replaceAll('+', ' '))];
    });
}

function refuseUri(): never {
  throw new Refusal('InvalidURI');
}
