import { z } from 'zod';

/** Where a share stands, as far as history knows: what was `uploading` when the process died still says so. */
export const SHARE_STATUSES = ['uploading', 'live', 'interrupted', 'failed', 'cancelled', 'revoked'] as const;
export type ShareStatus = (typeof SHARE_STATUSES)[number];

const origin = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('account'), name: z.string() }),
  z.strictObject({ kind: z.literal('profile'), name: z.string() }),
  z.strictObject({ kind: z.literal('environment') }),
  z.strictObject({ kind: z.literal('instance') }),
]);

/** One row as SQLite gives it, made into what the app speaks of. */
const shareRow = z
  .object({
    id: z.string(),
    name: z.string(),
    size: z.number().nullable(),
    bucket: z.string(),
    key: z.string(),
    region: z.string(),
    endpoint: z.string().nullable(),
    path_style: z.number(),
    origin: z.string().transform((text) => origin.parse(JSON.parse(text))),
    signer: z.string(),
    signed_at: z.number(),
    expires_in_seconds: z.number(),
    requested_expires_at: z.number(),
    limited_by: z.enum(['credentials', 'maximum']).nullable(),
    status: z.enum(SHARE_STATUSES),
    upload_id: z.string().nullable(),
    shared_at: z.number(),
    path: z.string().nullable(),
  })
  .transform((row) => ({
    id: row.id,
    /** The file's own name, or the last piece of the key. */
    name: row.name,
    /** Bytes; null where nobody asked the server. */
    size: row.size,
    key: row.key,
    location: {
      bucket: row.bucket,
      region: row.region,
      ...(row.endpoint === null ? {} : { endpoint: row.endpoint }),
      pathStyle: row.path_style === 1,
    },
    origin: row.origin,
    /** Names the key that signed without telling it. */
    signer: row.signer,
    /** Moments are milliseconds since 1970, by the server's clock. */
    signedAt: row.signed_at,
    expiresInSeconds: row.expires_in_seconds,
    requestedExpiresAt: row.requested_expires_at,
    limitedBy: row.limited_by,
    status: row.status,
    /** The multipart upload that S3 may still hold parts for. */
    uploadId: row.upload_id,
    sharedAt: row.shared_at,
    /** The file on disk; null for links to what was in the bucket already. */
    path: row.path,
  }));

/** One share: everything needed to derive its link again, and nothing that would give the link away. */
export type ShareRecord = Readonly<z.output<typeof shareRow>>;

/** The share in a row; null where somebody else has written what cannot be read, which must not hide all others. */
export function readShare(row: unknown): ShareRecord | null {
  try {
    return shareRow.parse(row);
  } catch {
    return null;
  }
}

/** When the link ends, in milliseconds since 1970 by the server's clock. */
export function expiresAt(record: Pick<ShareRecord, 'signedAt' | 'expiresInSeconds'>): number {
  return record.signedAt + record.expiresInSeconds * 1000;
}

/** The record as SQLite's named parameters. */
export function rowOf(record: ShareRecord): Record<string, string | number | null> {
  return {
    id: record.id,
    name: record.name,
    size: record.size,
    bucket: record.location.bucket,
    key: record.key,
    region: record.location.region,
    endpoint: record.location.endpoint ?? null,
    path_style: record.location.pathStyle ? 1 : 0,
    origin: JSON.stringify(record.origin),
    signer: record.signer,
    signed_at: record.signedAt,
    expires_in_seconds: record.expiresInSeconds,
    requested_expires_at: record.requestedExpiresAt,
    limited_by: record.limitedBy,
    status: record.status,
    upload_id: record.uploadId,
    shared_at: record.sharedAt,
    path: record.path,
  };
}
