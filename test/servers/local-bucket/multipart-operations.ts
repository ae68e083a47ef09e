import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import { bare, timestamp, xml } from './answers.ts';
import type { Answer, XmlNode } from './answers.ts';
import { descriptionIn } from './description.ts';
import type { Exchange } from './exchange.ts';
import { byBytes, countParameter, pageSize } from './listing.ts';
import type { NamedPart, Upload } from './multipart-store.ts';
import { onlyIfAbsent } from './preconditions.ts';
import { Refusal } from './refusals.ts';
import type { S3Request } from './request.ts';

const LARGEST_PART_NUMBER = 10_000;
/** Enough for 10,000 parts with checksums. */
const LARGEST_DOCUMENT_BYTES = 4 * 1024 * 1024;

const completeDocument = z.object({
  CompleteMultipartUpload: z.object({
    Part: z.array(z.object({ PartNumber: z.string().regex(/^\d+$/), ETag: z.string() })).min(1),
  }),
});

export async function createMultipartUpload(exchange: Exchange): Promise<Answer> {
  const { request, bucket, key, uploads, nowMs, forgetsTags } = exchange;
  const { tags, ...described } = descriptionIn(request);
  const description = forgetsTags || tags === undefined ? described : { ...described, tags };
  const upload = await uploads.create(bucket, key, description, nowMs);
  return xml('InitiateMultipartUploadResult', [
    ['Bucket', bucket],
    ['Key', key],
    ['UploadId', upload.id],
  ]);
}

export async function uploadPart({
  request,
  bucket,
  key,
  body,
  uploads,
  pieces,
  nowMs,
}: Exchange): Promise<Answer> {
  const id = uploadIdOf(request);
  const number = partNumberOf(request);
  // Asked before the body is read: an upload that is gone takes no bytes.
  uploads.parts(bucket, key, id);
  const piece = await pieces.receive(body.chunks());
  try {
    await uploads.addPart(bucket, key, id, { number, piece, lastModified: nowMs });
  } catch (error) {
    await pieces.discard([piece]);
    throw error;
  }
  return bare(200, { ETag: `"${piece.md5}"` });
}

export async function completeMultipartUpload(exchange: Exchange): Promise<Answer> {
  const { request, bucket, key, body, uploads, nowMs } = exchange;
  const named = partsNamedIn(await body.text(LARGEST_DOCUMENT_BYTES));
  const where = { bucket, key, id: uploadIdOf(request) };
  const etag = await uploads.complete(where, named, { onlyIfAbsent: onlyIfAbsent(request), nowMs });
  return xml('CompleteMultipartUploadResult', [
    ['Location', `/${bucket}/${key}`],
    ['Bucket', bucket],
    ['Key', key],
    ['ETag', `"${etag}"`],
  ]);
}

export async function abortMultipartUpload({ request, bucket, key, uploads }: Exchange): Promise<Answer> {
  await uploads.abort(bucket, key, uploadIdOf(request));
  return bare(204);
}

export function listParts({ request, bucket, key, uploads }: Exchange): Promise<Answer> {
  const id = uploadIdOf(request);
  const size = pageSize(request, 'max-parts');
  const marker = countParameter(request, 'part-number-marker', 0);
  const rest = uploads.parts(bucket, key, id).filter(({ number }) => number > marker);
  const page = rest.slice(0, size);
  return Promise.resolve(
    xml('ListPartsResult', [
      ['Bucket', bucket],
      ['Key', key],
      ['UploadId', id],
      ['PartNumberMarker', marker],
      ['NextPartNumberMarker', page.at(-1)?.number ?? 0],
      ['MaxParts', size],
      ['IsTruncated', rest.length > page.length],
      ...page.map(({ number, piece, lastModified }): XmlNode => {
        const known: XmlNode[] = [
          ['ETag', `"${piece.md5}"`],
          ['Size', piece.size],
        ];
        return ['Part', [['PartNumber', number], ['LastModified', timestamp(lastModified)], ...known]];
      }),
    ]),
  );
}

export function listMultipartUploads({ request, bucket, uploads }: Exchange): Promise<Answer> {
  const prefix = request.parameter('prefix') ?? '';
  const size = pageSize(request, 'max-uploads');
  const all = uploads.uploads(bucket).filter(({ key }) => key.startsWith(prefix));
  const rest = all.slice(firstAfterMarkers(all, request));
  const page = rest.slice(0, size);
  const last = page.at(-1);
  return Promise.resolve(
    xml('ListMultipartUploadsResult', [
      ['Bucket', bucket],
      ['Prefix', prefix],
      ['NextKeyMarker', last?.key ?? ''],
      ['NextUploadIdMarker', last?.id ?? ''],
      ['MaxUploads', size],
      ['IsTruncated', rest.length > page.length],
      ...page.map(({ key, id, startedAt }): XmlNode => {
        return [
          'Upload',
          [
            ['Key', key],
            ['UploadId', id],
            ['Initiated', timestamp(startedAt)],
          ],
        ];
      }),
    ]),
  );
}

/** Without an upload id the marker passes over all uploads of its key. */
function firstAfterMarkers(all: readonly Upload[], request: S3Request): number {
  const key = request.parameter('key-marker') ?? '';
  const id = request.parameter('upload-id-marker') ?? '';
  if (key === '') return 0;
  const exact = all.findIndex((upload) => upload.key === key && upload.id === id);
  return exact >= 0 ? exact + 1 : all.filter((upload) => byBytes(upload.key, key) <= 0).length;
}

function uploadIdOf(request: S3Request): string {
  return request.parameter('uploadId') ?? '';
}

function partNumberOf(request: S3Request): number {
  const value = request.parameter('partNumber') ?? '';
  const number = /^\d{1,6}$/.test(value) ? Number(value) : 0;
  if (number >= 1 && number <= LARGEST_PART_NUMBER) return number;
  throw new Refusal('InvalidArgument', {
    message: `Part number must be an integer between 1 and ${LARGEST_PART_NUMBER}, inclusive`,
    fields: { ArgumentName: 'partNumber', ArgumentValue: value },
  });
}

function partsNamedIn(document: string): NamedPart[] {
  const parser = new XMLParser({
    parseTagValue: false,
    isArray: (name) => name === 'Part',
    htmlEntities: true,
  });
  try {
    const { CompleteMultipartUpload: list } = completeDocument.parse(parser.parse(document));
    return list.Part.map(({ PartNumber, ETag }) => {
      return { number: Number(PartNumber), etag: ETag.replace(/^"|"$/g, '') };
    });
  } catch {
    throw new Refusal('MalformedXML');
  }
}
