export type TimeUnit = 'd' | 'h' | 'min' | 's';
export type TimePiece = readonly [amount: number, unit: TimeUnit];

/** How a countdown is told: plainly, as a warning, or as over. */
export type SandState = 'running' | 'last-tenth' | 'ended';

const SECONDS_ARE_TOLD_BELOW = 300;

/**
 * What is left in at most two units, rounded down. Seconds are told in the last five minutes only: a list in which
 * every line changes every second is no calm list.
 * @param ms milliseconds; less than nothing counts as nothing
 */
export function timePieces(ms: number): readonly TimePiece[] {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const days: TimePiece = [Math.floor(seconds / 86_400), 'd'];
  const hours: TimePiece = [Math.floor((seconds % 86_400) / 3600), 'h'];
  const minutes: TimePiece = [Math.floor((seconds % 3600) / 60), 'min'];
  const rest: TimePiece = [seconds % 60, 's'];
  if (seconds >= 86_400) return told(days, hours);
  if (seconds >= 3600) return told(hours, minutes);
  if (seconds >= SECONDS_ARE_TOLD_BELOW) return [minutes];
  return seconds >= 60 ? told(minutes, rest) : [rest];
}

function told(large: TimePiece, small: TimePiece): readonly TimePiece[] {
  return small[0] > 0 ? [large, small] : [large];
}

/**
 * The latest moment at which a countdown's words changed, so that nothing need be told anew until they do again.
 * All moments in milliseconds since 1970.
 */
export function lastToldMoment(expiresAt: number, now: number): number {
  const left = expiresAt - now;
  if (left <= 0) return expiresAt + Math.floor(-left / 60_000) * 60_000;
  const step = left >= (SECONDS_ARE_TOLD_BELOW + 60) * 1000 ? 60_000 : 1000;
  return expiresAt - (Math.floor(left / step) + 1) * step + 1;
}

/**
 * A moment near `now` at which a countdown reads in full minutes, the last of them until it ends: a screen reader may
 * say a name again whenever it changes. All moments in milliseconds since 1970.
 */
export function spokenMoment(expiresAt: number, now: number): number {
  const left = expiresAt - now;
  return left <= 0 ? now : expiresAt - Math.max(1, Math.floor(left / 60_000)) * 60_000;
}

/** The share of its life that a link still has, from 1 to 0. All moments in milliseconds since 1970. */
export function fractionLeft(signedAt: number, expiresAt: number, now: number): number {
  if (now >= expiresAt || expiresAt <= signedAt) return 0;
  return Math.min(1, (expiresAt - now) / (expiresAt - signedAt));
}

/** The second of the end counts as ended, as S3 servers do. */
export function sandState(fraction: number): SandState {
  if (fraction <= 0) return 'ended';
  return fraction <= 0.1 ? 'last-tenth' : 'running';
}
