import { describeTimeLeft } from '../../shared/expiry.ts';
import type { Link } from '../share/link.ts';

/** A link as `--json` prints it. */
export function linkJson(link: Link) {
  const { id, url, bucket, key, size, limitedBy } = link;
  return {
    id,
    url,
    bucket,
    key,
    size,
    signedAt: isoDate(link.signedAt),
    expiresAt: isoDate(link.expiresAt),
    requestedExpiresAt: isoDate(link.requestedExpiresAt),
    limitedBy,
  };
}

/** When a link ends, in words, and why it ends earlier than asked where it does. @param now milliseconds since 1970 */
export function describeEnd(link: Link, now: number): string {
  const end = `ends in ${describeTimeLeft(link.expiresAt - now)} (${localTime(link.expiresAt)})`;
  const asked = `you asked for ${localTime(link.requestedExpiresAt)}`;
  if (link.limitedBy === 'credentials') return `${end}, with the credentials that signed it; ${asked}`;
  if (link.limitedBy === 'restore')
    return `${end}, with the copy that was restored from the archive; ${asked}`;
  if (link.limitedBy === 'maximum') return `${end}, since no link lives longer than 7 days; ${asked}`;
  if (link.endUncertain) return `${end}, or with its session token, which does not tell when that is`;
  return end;
}

/** ISO 8601 in UTC, to the second: S3 counts in no finer one. @param at milliseconds since 1970 */
export function isoDate(at: number): string {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}

/** `2026-12-24 18:00:05` as the clock on the wall shows it. @param at milliseconds since 1970 */
export function localTime(at: number): string {
  const date = new Date(at);
  const two = (part: number) => String(part).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`;
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** `300 MiB`, `4.2 GiB`. */
export function describeBytes(bytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  const amount = bytes / 1024 ** power;
  return `${Number.isInteger(amount) ? amount : amount.toFixed(1)} ${UNITS[power] ?? 'B'}`;
}

/** A name or a key as a terminal may show it: its control characters could forge lines or colours. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '\u{fffd}');
}
