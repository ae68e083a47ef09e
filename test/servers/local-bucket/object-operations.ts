import { bare } from './answers.ts';
import type { Answer } from './answers.ts';
import { assertNotArchived } from './archive-operations.ts';
import { byteRange } from './byte-range.ts';
import { descriptionIn, headersOf } from './description.ts';
import type { Exchange } from './exchange.ts';
import { isUnchanged, onlyIfAbsent } from './preconditions.ts';

export async function putObject(exchange: Exchange): Promise<Answer> {
  const { request, bucket, key, body, objects, pieces, nowMs } = exchange;
  const description = descriptionIn(request);
  const condition = onlyIfAbsent(request);
  // Asked before the body is read, so that nobody sends gigabytes to a bucket that is not there.
  objects.objects(bucket);
  const piece = await pieces.receive(body.chunks());
  const { size, md5: etag } = piece;
  const object = { key, size, etag, lastModified: nowMs, description, pieces: [piece] };
  try {
    const { versionId } = await objects.put(bucket, object, condition);
    return bare(200, {
      ETag: `"${etag}"`,
      ...(versionId === undefined ? {} : { 'x-amz-version-id': versionId }),
    });
  } catch (error) {
    await pieces.discard([piece]);
    throw error;
  }
}

export function getObject(exchange: Exchange): Promise<Answer> {
  const { request, objects, bucket, key, nowMs } = exchange;
  assertNotArchived(objects.object(bucket, key, request.parameter('versionId')), nowMs);
  return Promise.resolve(objectAnswer(exchange, true));
}

export function headObject(exchange: Exchange): Promise<Answer> {
  return Promise.resolve(objectAnswer(exchange, false));
}

export async function deleteObject(exchange: Exchange): Promise<Answer> {
  const { request, bucket, key, objects, nowMs } = exchange;
  const versionId = request.parameter('versionId');
  if (versionId !== undefined) {
    await objects.deleteVersion(bucket, key, versionId);
    return bare(204, { 'x-amz-version-id': versionId });
  }
  const marker = await objects.delete(bucket, key, nowMs);
  return bare(204, marker === null ? {} : { 'x-amz-delete-marker': 'true', 'x-amz-version-id': marker });
}

function objectAnswer({ request, bucket, key, objects, pieces }: Exchange, withBody: boolean): Answer {
  const object = objects.object(bucket, key, request.parameter('versionId'));
  const headers = headersOf(object, request);
  if (isUnchanged(request, object)) return bare(304, { ETag: headers['ETag'] ?? '' });
  const range = byteRange(request.header('range'), object.size);
  const { first, last } = range ?? { first: 0, last: object.size - 1 };
  headers['Content-Length'] = String(last - first + 1);
  if (range !== null) headers['Content-Range'] = `bytes ${first}-${last}/${object.size}`;
  const status = range === null ? 200 : 206;
  return { status, headers, body: withBody ? pieces.read(object.pieces, first, last) : null };
}
