import { z } from 'zod';
import { ENDPOINT_VARIANTS } from '../../shared/endpoint-variant.ts';
import { invitation } from '../../shared/invitation.ts';
import { linkOverrides } from '../../shared/link-overrides.ts';
import { objectDescription } from '../../shared/object-description.ts';

/**
 * Where a share stands, as far as history knows: what was `uploading` when the process died still says so. What is
 * `awaited` somebody else was invited to upload, and has not been seen yet. What is `gone` was deleted because its link
 * had ended, as was chosen for it.
 */
export const SHARE_STATUSES = [
  ...(['uploading', 'live', 'interrupted', 'failed', 'cancelled', 'revoked'] as const),
  ...(['awaited', 'gone'] as const),
] as const;
export type ShareStatus = (typeof SHARE_STATUSES)[number];

/**
 * What became of an object that was to be taken away: it was deleted; only hidden, for the bucket keeps versions; found
 * gone already; or left alone, for it was not ours any more.
 */
export const REMOVALS = ['deleted', 'hidden', 'found-gone', 'not-ours'] as const;
export type Removal = (typeof REMOVALS)[number];

const origin = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('account'), name: z.string() }),
  z.strictObject({ kind: z.literal('profile'), name: z.string() }),
  z.strictObject({ kind: z.literal('environment') }),
  z.strictObject({ kind: z.literal('instance') }),
]);

const variants = z.array(z.enum(ENDPOINT_VARIANTS)).min(1).readonly();

/** Null where the column is; what cannot be read is refused with its whole row. */
const jsonOf = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .string()
    .transform((text) => schema.parse(JSON.parse(text)))
    .nullable();

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
    limited_by: z.enum(['credentials', 'maximum', 'restore']).nullable(),
    status: z.enum(SHARE_STATUSES),
    upload_id: z.string().nullable(),
    shared_at: z.number(),
    path: z.string().nullable(),
    part_size: z.number().nullable(),
    upload_mark: z.string().nullable(),
    holder: z.string().nullable(),
    version_id: z.string().nullable(),
    gone_at: z.number().nullable(),
    removal: z.enum(REMOVALS).nullable(),
    paused_bytes: z.number().nullable(),
    last_end: z.number().nullable(),
    endpoint_variants: z
      .string()
      .transform((text) => variants.parse(text.split(' ')))
      .nullable(),
    overrides: jsonOf(linkOverrides),
    invitation: jsonOf(invitation),
    description: jsonOf(objectDescription),
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
      ...(row.endpoint_variants === null ? {} : { variants: row.endpoint_variants }),
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
    /** The multipart upload that S3 may still hold parts for; UNHEARD_UPLOAD where it was begun and never told. */
    uploadId: row.upload_id,
    /** How the file is cut, in bytes, and the mark by which its object is known; null where nothing is uploaded. */
    journal: journalOf(row.part_size, row.upload_mark),
    /** The process that sends it, or did. */
    holder: row.holder,
    /** The one version that the link leads to; absent where it leads to the newest. */
    ...(row.version_id === null ? {} : { versionId: row.version_id }),
    /** When the object is to be deleted: at the end of the last link that was given out. Absent where it stays. */
    ...(row.gone_at === null ? {} : { goneAt: row.gone_at }),
    /** What became of the object; absent where nobody has taken it away. */
    ...(row.removal === null ? {} : { removal: row.removal }),
    /** When the last of its links ends, where an earlier one outlives the newest; else absent. See `lastEndOf`. */
    ...outliving(row.last_end, row.signed_at + row.expires_in_seconds * 1000),
    /** Bytes that had arrived when a person paused the upload; absent where nobody did. */
    ...(row.paused_bytes === null ? {} : { pausedBytes: row.paused_bytes }),
    sharedAt: row.shared_at,
    /** The file on disk; null for links to what was in the bucket already. */
    path: row.path,
    /** What the link itself chooses for its answer. */
    ...(row.overrides === null ? {} : { overrides: row.overrides }),
    /** What somebody else was invited to upload, also once it has arrived: the invitation may outlive that. */
    ...(row.invitation === null ? {} : { invitation: row.invitation }),
    /** What is stored with the object beside its name and type. */
    ...(row.description === null ? {} : { description: row.description }),
  }));

function journalOf(partSize: number | null, uploadMark: string | null) {
  return partSize === null || uploadMark === null ? null : { partSize, uploadMark };
}

function outliving(lastEnd: number | null, newestEnd: number): { readonly lastEnd?: number } {
  return lastEnd === null || lastEnd <= newestEnd ? {} : { lastEnd };
}

/** One share: everything needed to derive its link again, and nothing that would give the link away. */
export type ShareRecord = Readonly<z.output<typeof shareRow>>;

/** Stands for the id of an upload that was asked for and perhaps begun, though no answer has told it. */
export const UNHEARD_UPLOAD = '';

/** The share in a row; null where somebody else has written what cannot be read, which must not hide all others. */
export function readShare(row: unknown): ShareRecord | null {
  try {
    return shareRow.parse(row);
  } catch {
    return null;
  }
}

/** When the newest link ends, in milliseconds since 1970 by the server's clock. */
export function expiresAt(record: Pick<ShareRecord, 'signedAt' | 'expiresInSeconds'>): number {
  return record.signedAt + record.expiresInSeconds * 1000;
}

/** When the last link that was given out ends, in milliseconds since 1970 by the server's clock. */
export function lastEndOf(
  record: Pick<ShareRecord, 'signedAt' | 'expiresInSeconds'> & { readonly lastEnd?: number },
): number {
  return Math.max(record.lastEnd ?? 0, expiresAt(record));
}

export type Row = Record<string, string | number | null>;

/** What a new link changes. */
export const LINK_COLUMNS: readonly string[] =
  'signer signed_at expires_in_seconds requested_expires_at limited_by region'.split(' ');

/** The record as SQLite's named parameters. */
export function rowOf(record: ShareRecord): Row {
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
    part_size: record.journal?.partSize ?? null,
    upload_mark: record.journal?.uploadMark ?? null,
    holder: record.holder,
    version_id: record.versionId ?? null,
    gone_at: record.goneAt ?? null,
    removal: record.removal ?? null,
    paused_bytes: record.pausedBytes ?? null,
    last_end: lastEndOf(record),
    endpoint_variants: record.location.variants?.join(' ') ?? null,
    overrides: jsonOrNull(record.overrides),
    invitation: jsonOrNull(record.invitation),
    description: jsonOrNull(record.description),
  };
}

function jsonOrNull(value: object | undefined): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
