import type { StoredObject } from './object-store.ts';
import { Refusal } from './refusals.ts';
import type { S3Request } from './request.ts';

/**
 * Whether the client's own copy still is good (304). RFC 9110, section 13.
 * @throws Refusal PreconditionFailed
 */
export function isUnchanged(request: S3Request, object: StoredObject): boolean {
  const match = request.header('if-match');
  const noneMatch = request.header('if-none-match');
  // HTTP dates know no milliseconds.
  const changedAt = Math.floor(object.lastModified / 1000) * 1000;
  const unmodifiedSince = Date.parse(request.header('if-unmodified-since') ?? '');
  const modifiedSince = Date.parse(request.header('if-modified-since') ?? '');
  if (match === undefined ? changedAt > unmodifiedSince : !names(match, object)) {
    throw new Refusal('PreconditionFailed', {
      fields: { Condition: match === undefined ? 'If-Unmodified-Since' : 'If-Match' },
    });
  }
  return noneMatch === undefined ? changedAt <= modifiedSince : names(noneMatch, object);
}

/**
 * Whether an upload may only take a free key: `If-None-Match: *`.
 * @throws Refusal NotImplemented for every other condition
 */
export function onlyIfAbsent(request: S3Request): boolean {
  const condition = request.header('if-none-match');
  if (request.header('if-match') !== undefined || (condition !== undefined && condition !== '*')) {
    throw new Refusal('NotImplemented', { fields: { Header: 'If-None-Match' } });
  }
  return condition === '*';
}

function names(condition: string, object: StoredObject): boolean {
  const etags = condition.split(',').map((etag) => etag.trim().replace(/^(?:W\/)?"|"$/g, ''));
  return etags.some((etag) => etag === '*' || etag === object.etag);
}
