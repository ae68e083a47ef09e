/** What keeps an object from being downloaded at once. */
export type Archive =
  /** It can be downloaded. */
  | { readonly kind: 'none' }
  /** Nobody can download it until a copy is restored; `isComing` where that was asked for already. */
  | { readonly kind: 'archived'; readonly isComing: boolean }
  /** A copy can be downloaded until that moment, in milliseconds since 1970. */
  | { readonly kind: 'restored'; readonly until: number };

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html#sc-glacier */
const ARCHIVE_CLASSES: ReadonlySet<string> = new Set(['GLACIER', 'DEEP_ARCHIVE']);

/**
 * Whether objects of this storage class lie in an archive. S3 Glacier Instant Retrieval (GLACIER_IR) does not; of
 * INTELLIGENT_TIERING only the object itself can tell.
 */
export function isArchiveClass(storageClass: string): boolean {
  return ARCHIVE_CLASSES.has(storageClass);
}

/**
 * Reads what S3 says of one object: its storage class, x-amz-archive-status, and x-amz-restore, such as
 * `ongoing-request="false", expiry-date="Fri, 21 Dec 2012 00:00:00 GMT"`. A restored object of an Intelligent-Tiering
 * archive moves back for good, so that its x-amz-restore names no date.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
 */
export function archiveOf(
  storageClass: string | undefined,
  archiveStatus: string | undefined,
  restore: string | undefined,
): Archive {
  const isArchived = isArchiveClass(storageClass ?? '') || (archiveStatus ?? '') !== '';
  if (!isArchived) return { kind: 'none' };
  const until = restoredUntil(restore);
  if (until !== null) return { kind: 'restored', until };
  return { kind: 'archived', isComing: /ongoing-request="true"/.test(restore ?? '') };
}

/** The moment at which a restored copy is taken away, in milliseconds since 1970; null where there is none. */
export function restoredUntil(restore: string | undefined): number | null {
  const told = /ongoing-request="false",\s*expiry-date="([^"]{1,64})"/.exec(restore ?? '')?.[1];
  const until = Date.parse(told ?? '');
  return Number.isNaN(until) ? null : until;
}
