import { bare } from './answers.ts';
import type { Answer } from './answers.ts';
import type { Exchange } from './exchange.ts';
import type { StoredObject } from './object-store.ts';
import { Refusal } from './refusals.ts';

const DAY_MS = 86_400_000;
const LARGEST_DOCUMENT_BYTES = 64 * 1024;
const ARCHIVES: ReadonlySet<string> = new Set(['GLACIER', 'DEEP_ARCHIVE']);
const CLASSES: ReadonlySet<string> = new Set([
  ...['STANDARD', 'STANDARD_IA', 'ONEZONE_IA', 'INTELLIGENT_TIERING', 'REDUCED_REDUNDANCY', 'GLACIER_IR'],
  ...ARCHIVES,
]);

/** The storage class of an upload, as it is given back: S3 does not mention STANDARD. @throws Refusal InvalidStorageClass */
export function storageClassHeader(asked: string | undefined): Record<string, string> {
  if (asked === undefined) return {};
  if (!CLASSES.has(asked)) throw new Refusal('InvalidStorageClass');
  return asked === 'STANDARD' ? {} : { 'x-amz-storage-class': asked };
}

export function storageClassOf({ description }: StoredObject): string {
  return description.headers['x-amz-storage-class'] ?? 'STANDARD';
}

/**
 * Refuses to give out an object that lies in an archive, unless a copy of it is restored.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects.html
 * @throws Refusal InvalidObjectState
 */
export function assertNotArchived(object: StoredObject, nowMs: number): void {
  const storageClass = storageClassOf(object);
  if (!ARCHIVES.has(storageClass)) return;
  const until = /expiry-date="([^"]+)"/.exec(object.description.headers['x-amz-restore'] ?? '')?.[1];
  if (until !== undefined && Date.parse(until) > nowMs) return;
  throw new Refusal('InvalidObjectState', { fields: { StorageClass: storageClass } });
}

/**
 * Restores a copy for some days: at once where the tier is Expedited, else it stays under way, since nobody waits for
 * hours in a test.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_RestoreObject.html
 */
export async function restoreObject({ bucket, key, body, objects, nowMs }: Exchange): Promise<Answer> {
  const document = await body.text(LARGEST_DOCUMENT_BYTES);
  const object = objects.object(bucket, key);
  if (!ARCHIVES.has(storageClassOf(object))) {
    throw new Refusal('InvalidObjectState', {
      message: 'Restore is not allowed for the object’s current storage class',
    });
  }
  const days = Number(/<Days>(\d{1,5})<\/Days>/.exec(document)?.[1] ?? NaN);
  if (!(days >= 1)) throw new Refusal('MalformedXML');
  // A copy stays until the midnight of UTC that follows.
  const until = new Date(Math.ceil((nowMs + days * DAY_MS) / DAY_MS) * DAY_MS).toUTCString();
  const restore = document.includes('<Tier>Expedited</Tier>')
    ? `ongoing-request="false", expiry-date="${until}"`
    : 'ongoing-request="true"';
  const headers = { ...object.description.headers, 'x-amz-restore': restore };
  await objects.describe(bucket, { ...object, description: { ...object.description, headers } });
  return bare(202);
}
