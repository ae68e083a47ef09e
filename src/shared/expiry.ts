import { SandglassError } from './errors.ts';

/**
 * The longest life of a SigV4 presigned URL, in seconds: 7 days.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html
 */
export const MAX_LIFE_SECONDS = 604_800;

/** What was asked for: a life in whole seconds, or a moment (milliseconds since 1970). */
export type RequestedLife =
  { readonly kind: 'seconds'; readonly seconds: number } | { readonly kind: 'until'; readonly at: number };

/** What made a link end earlier than asked. */
export type LimitedBy = null | 'credentials' | 'maximum' | 'restore';

/** When a link really ends. All moments are milliseconds since 1970, by the server's clock. */
export interface Expiry {
  /** The signing date, a whole second: SigV4 knows no finer one. */
  readonly signedAt: number;
  /** What goes into X-Amz-Expires: a whole number of seconds from 1 to 604800. */
  readonly expiresInSeconds: number;
  readonly expiresAt: number;
  readonly requestedExpiresAt: number;
  readonly limitedBy: LimitedBy;
}

/**
 * The true end of a link: the earliest of what was asked, 7 days, and the end of the credentials that sign.
 * A life in seconds over the maximum is refused; a moment beyond it is brought forward, and said to be.
 * @param now the server's clock, in milliseconds since 1970
 * @param credentialsEnd in milliseconds since 1970; undefined for key pairs that do not end
 * @param restoredUntil when the copy of an archived object is taken away again, in milliseconds since 1970; undefined
 * for what is not archived
 * @throws SandglassError expiry-invalid, credentials-expired, archived
 */
export function planExpiry(
  requested: RequestedLife,
  now: number,
  credentialsEnd?: number,
  restoredUntil?: number,
): Expiry {
  const signedAt = Math.floor(now / 1000) * 1000;
  const asked = requestedSeconds(requested, signedAt);
  const requestedExpiresAt = requested.kind === 'until' ? requested.at : signedAt + asked * 1000;
  const left = secondsUntil(credentialsEnd, signedAt);
  const restored = secondsUntil(restoredUntil, signedAt);
  if (left < 1) {
    throw new SandglassError(
      'credentials-expired',
      'These credentials have ended; a link signed now would be dead.',
      {
        next: 'Renew them (for single sign-on: aws sso login), then try again.',
      },
    );
  }
  if (restored < 1) {
    throw new SandglassError('archived', 'The restored copy of this archived object is gone again.', {
      next: 'Restore it once more, for as long as the link is to live; then make the link.',
    });
  }
  const expiresInSeconds = Math.min(asked, MAX_LIFE_SECONDS, left, restored);
  return {
    signedAt,
    expiresInSeconds,
    expiresAt: signedAt + expiresInSeconds * 1000,
    requestedExpiresAt,
    limitedBy: expiresInSeconds === asked ? null : limitOf(expiresInSeconds, left, restored),
  };
}

function secondsUntil(end: number | undefined, from: number): number {
  return end === undefined ? Infinity : Math.floor((end - from) / 1000);
}

function limitOf(seconds: number, credentials: number, restored: number): LimitedBy {
  if (seconds === MAX_LIFE_SECONDS) return 'maximum';
  return seconds === credentials ? 'credentials' : seconds === restored ? 'restore' : null;
}

function requestedSeconds(requested: RequestedLife, signedAt: number): number {
  if (requested.kind === 'seconds') return checkedSeconds(requested.seconds);
  const seconds = Math.floor((requested.at - signedAt) / 1000);
  if (Number.isNaN(seconds) || seconds < 1) {
    throw new SandglassError('expiry-invalid', 'That moment has passed already.', {
      next: 'Give a date and time in the future, or a duration such as 12h.',
    });
  }
  return seconds;
}

/**
 * The presigner itself accepts -1, 0, NaN and fractions, and S3 refuses the link only when it is opened.
 * @throws SandglassError expiry-invalid
 */
export function checkedSeconds(seconds: number): number {
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= MAX_LIFE_SECONDS) return seconds;
  const what =
    seconds > MAX_LIFE_SECONDS
      ? 'A presigned link lives 7 days (604800 seconds) at the most.'
      : 'A link lives a whole number of seconds, 1 at the least.';
  throw new SandglassError('expiry-invalid', what, {
    next: 'Ask for 1 second to 7 days, such as 90s, 12h or 7d.',
  });
}

const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/**
 * Reads `90s 15m 12h 7d`, or a date and time (`2026-12-24 18:00`, local unless it names a zone).
 * @throws SandglassError expiry-invalid
 */
export function parseLife(text: string): RequestedLife {
  const trimmed = text.trim();
  const duration = /^(\d+)([smhd])$/.exec(trimmed);
  if (duration) {
    return {
      kind: 'seconds',
      seconds: checkedSeconds(Number(duration[1]) * (UNIT_SECONDS[duration[2] ?? ''] ?? NaN)),
    };
  }
  const at = parseMoment(trimmed);
  if (at !== null) return { kind: 'until', at };
  throw new SandglassError('expiry-invalid', `“${trimmed}” is neither a duration nor a date and time.`, {
    next: 'Write a duration such as 90s, 15m, 12h or 7d, or a moment such as 2026-12-24T18:00.',
  });
}

function parseMoment(text: string): number | null {
  const moment = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)(Z|[+-]\d{2}:\d{2})?$/.exec(text);
  if (!moment) return null;
  const [, day = '', time = '', zone = ''] = moment;
  const at = Date.parse(`${day}T${time}${zone}`);
  const midnight = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(at) || Number.isNaN(midnight)) return null;
  // Date.parse lets 31 February roll over into March; a link must not end on a day nobody named.
  return new Date(midnight).toISOString().startsWith(day) ? at : null;
}

/** What days, hours, minutes and seconds are called after a number. */
export type UnitNames = Readonly<Record<'d' | 'h' | 'min' | 's', string>>;

const UNIT_NAMES: UnitNames = { d: 'd', h: 'h', min: 'min', s: 's' };

/** `2 h 14 min`, `45 s`, `6 d 23 h`: the two largest units of what is left, rounded down. @param ms milliseconds */
export function describeTimeLeft(ms: number, names = UNIT_NAMES): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const units: [number, string][] = [
    [Math.floor(seconds / 86_400), names.d],
    [Math.floor((seconds % 86_400) / 3600), names.h],
    [Math.floor((seconds % 3600) / 60), names.min],
    [seconds % 60, names.s],
  ];
  const first = units.findIndex(([amount]) => amount > 0);
  if (first === -1) return `0 ${names.s}`;
  return units
    .slice(first, first + 2)
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(' ');
}
