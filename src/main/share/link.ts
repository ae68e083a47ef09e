import type { LimitedBy } from '../../shared/expiry.ts';
import { expiresAt, type ShareRecord } from '../history/share-record.ts';

/** A link as it is given out. The URL is a bearer secret: it is shown and copied, never stored or logged. */
export interface Link {
  /** The share's id in the history. */
  readonly id: string;
  readonly url: string;
  readonly name: string;
  readonly bucket: string;
  readonly key: string;
  /** Bytes; null where nobody asked the server. */
  readonly size: number | null;
  /** Moments are milliseconds since 1970, by the server's clock. */
  readonly signedAt: number;
  readonly expiresAt: number;
  readonly requestedExpiresAt: number;
  readonly limitedBy: LimitedBy;
  /** True where the signing token does not tell its end, so that the link may end sooner than it says. */
  readonly endUncertain: boolean;
}

export function linkOf(record: ShareRecord, url: string, endUncertain: boolean): Link {
  const { id, name, key, size, signedAt, requestedExpiresAt, limitedBy } = record;
  return {
    id,
    url,
    name,
    bucket: record.location.bucket,
    key,
    size,
    signedAt,
    expiresAt: expiresAt(record),
    requestedExpiresAt,
    limitedBy,
    endUncertain,
  };
}
