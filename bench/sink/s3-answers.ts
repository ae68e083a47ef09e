import { ObjectLedger, etagFor } from './object-ledger.ts';
import type { SunkRequest } from './request-reader.ts';

export interface SinkAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Where the bench asks what arrived (GET) and has it forgotten (DELETE); no bucket has such a name. */
export const LEDGER_PATH = '/.ledger';
const REGION = 'us-east-1';
const LIST_PAGE = 1_000;
/** aws-chunked framing and trailers: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html */
const FRAMING_SHARE = 0.01;
const FRAMING_BYTES = 1_024;

/** Answers just enough of S3, by path, for uploads: nothing is checked but sizes, and nothing is kept but the books. */
export class S3Answers {
  readonly #ledger = new ObjectLedger();

  answer(request: SunkRequest): SinkAnswer {
    const { pathname, searchParams: query } = new URL(request.target, 'http://sink');
    if (pathname === LEDGER_PATH) return this.#books(request.method);
    if (/^\/[^/]*\/?$/.test(pathname)) return bucketAnswer(request.method);
    const uploadId = query.get('uploadId');
    if (uploadId !== null) return this.#inUpload(request, pathname, uploadId, query);
    switch (request.method) {
      case 'PUT':
        return this.#put(request, pathname);
      case 'POST':
        return xml('InitiateMultipartUploadResult', {
          Bucket: bucketOf(pathname),
          Key: keyOf(pathname),
          UploadId: this.#ledger.create(pathname, request.headers),
        });
      case 'HEAD':
      case 'GET':
        return this.#head(pathname);
      case 'DELETE':
        this.#ledger.objects.delete(pathname);
        return { status: 204 };
      default:
        return refusal(405, 'MethodNotAllowed');
    }
  }

  #books(method: string): SinkAnswer {
    if (method === 'DELETE') this.#ledger.clear();
    return { status: 200, body: JSON.stringify(this.#ledger.total) };
  }

  #put(request: SunkRequest, path: string): SinkAnswer {
    const size = decodedBytes(request);
    if (size === null) return refusal(400, 'IncompleteBody');
    const etag = etagFor(request.headers.get('content-md5'));
    this.#ledger.objects.set(path, { size, etag, headers: request.headers });
    return { status: 200, headers: { ETag: etag } };
  }

  #head(path: string): SinkAnswer {
    const object = this.#ledger.objects.get(path);
    if (!object) return refusal(404, 'NoSuchKey');
    const kept = [...object.headers].filter(([name]) =>
      /^(x-amz-meta-|content-(type|disposition)$)/.test(name),
    );
    const modified = new Date().toUTCString();
    return {
      status: 200,
      headers: {
        ...Object.fromEntries(kept),
        ETag: object.etag,
        'Last-Modified': modified,
        'Content-Length': String(object.size),
      },
    };
  }

  #inUpload(request: SunkRequest, path: string, uploadId: string, query: URLSearchParams): SinkAnswer {
    const upload = this.#ledger.uploads.get(uploadId);
    if (upload?.path !== path) return refusal(404, 'NoSuchUpload');
    switch (request.method) {
      case 'PUT': {
        const size = decodedBytes(request);
        if (size === null) return refusal(400, 'IncompleteBody');
        const etag = etagFor(request.headers.get('content-md5'));
        upload.parts.set(Number(query.get('partNumber')), { size, etag });
        return { status: 200, headers: { ETag: etag } };
      }
      case 'POST':
        return this.#complete(request, path, uploadId);
      case 'GET':
        return this.#parts(path, uploadId, Number(query.get('part-number-marker') ?? 0));
      default:
        this.#ledger.uploads.delete(uploadId);
        return { status: 204 };
    }
  }

  #complete(request: SunkRequest, path: string, uploadId: string): SinkAnswer {
    const listed = [...request.text.matchAll(/<PartNumber>\s*(\d+)/g)].map(([, digits]) => Number(digits));
    const object = this.#ledger.complete(uploadId, listed);
    if (!object) return refusal(400, 'InvalidPart');
    return xml('CompleteMultipartUploadResult', {
      Bucket: bucketOf(path),
      Key: keyOf(path),
      ETag: object.etag,
    });
  }

  #parts(path: string, uploadId: string, marker: number): SinkAnswer {
    const parts = [...(this.#ledger.uploads.get(uploadId)?.parts ?? [])].sort(([a], [b]) => a - b);
    const page = parts.filter(([partNumber]) => partNumber > marker).slice(0, LIST_PAGE);
    const last = page.at(-1)?.[0] ?? marker;
    const more = parts.some(([partNumber]) => partNumber > last);
    const rows = page.map(
      ([partNumber, { size, etag }]) =>
        `<Part><PartNumber>${partNumber}</PartNumber><ETag>${etag}</ETag><Size>${size}</Size></Part>`,
    );
    const facts = { Bucket: bucketOf(path), Key: keyOf(path), UploadId: uploadId };
    const paging = { NextPartNumberMarker: String(last), IsTruncated: String(more) };
    return xml('ListPartsResult', { ...facts, ...paging }, rows.join(''));
  }
}

function bucketAnswer(method: string): SinkAnswer {
  if (method !== 'GET') return { status: 200, headers: { 'x-amz-bucket-region': REGION } };
  return xml('ListBucketResult', { Name: 'bench', KeyCount: '0', IsTruncated: 'false' });
}

/** Bytes of the body that the client meant; null where fewer or more came than it announced. */
function decodedBytes({ headers, bodyBytes }: SunkRequest): number | null {
  const announced = headers.get('x-amz-decoded-content-length');
  if (announced === undefined) return bodyBytes;
  const decoded = Number(announced);
  const framed = decoded + decoded * FRAMING_SHARE + FRAMING_BYTES;
  return bodyBytes >= decoded && bodyBytes <= framed ? decoded : null;
}

function refusal(status: number, code: string): SinkAnswer {
  return { status, body: `<Error><Code>${code}</Code><Message>${code}</Message></Error>` };
}

function xml(name: string, facts: Readonly<Record<string, string>>, rest = ''): SinkAnswer {
  const lines = Object.entries(facts).map(([tag, value]) => `<${tag}>${escaped(value)}</${tag}>`);
  const body = `<?xml version="1.0" encoding="UTF-8"?><${name}>${lines.join('')}${rest}</${name}>`;
  return { status: 200, headers: { 'Content-Type': 'application/xml' }, body };
}

function escaped(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

function bucketOf(path: string): string {
  return path.split('/')[1] ?? '';
}

function keyOf(path: string): string {
  return decodeURIComponent(path.split('/').slice(2).join('/'));
}
