import { asSandglassError, type ErrorCode, type SandglassError } from '../../shared/errors.ts';
import type { Patience } from './ports.ts';

/** How often one request is sent at the most. */
export const MAX_ATTEMPTS = 6;
/** Where there is no connection at all, more attempts would only pass the time: the upload waits for the network. */
export const MAX_UNREACHABLE = 3;
const FIRST_DELAY_MS = 250;
const MAX_DELAY_MS = 10_000;

/**
 * How many milliseconds to wait before the request is sent again, or null where that would change nothing.
 * Full jitter, so that many workers refused together do not come back together.
 * https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/
 * @param attempt how often the request was sent already, 1 at the least
 * @param random from 0 up to, but not, 1
 */
export function retryDelay(
  error: Pick<SandglassError, 'code' | 'retryable'>,
  attempt: number,
  random: number,
): number | null {
  const most = error.code === 'unreachable' ? MAX_UNREACHABLE : MAX_ATTEMPTS;
  if (!error.retryable || attempt >= most) return null;
  return Math.floor(random * Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** attempt));
}

/**
 * Sends a request until it succeeds or the policy says that it never will.
 * @param failing hears of each failure that is followed by another attempt
 * @throws what the last attempt threw; at once where the signal aborts while waiting
 */
export async function withRetries<T>(
  request: () => Promise<T>,
  patience: Patience,
  signal: AbortSignal,
  failing: (error: SandglassError) => void = () => undefined,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await request();
    } catch (error) {
      const typed = asSandglassError(error);
      const delay = retryDelay(typed, attempt, patience.random());
      if (delay === null || signal.aborted) throw error;
      failing(typed);
      await patience.sleep(delay, signal);
    }
  }
}

/** What becomes of an upload after a failure that no retry has mended. */
export type Aftermath = 'wait' | 'start-over' | 'cancelled' | 'fail';

/** What may come back by itself or by a person's hand: the network, a drive, a sign-in, an open keychain. */
const PASSING: ReadonlySet<ErrorCode> = new Set([
  ...(['unreachable', 'connection-lost', 'server-busy'] as const),
  ...(['credentials-expired', 'no-credentials', 'keychain-locked'] as const),
  ...(['file-missing', 'file-unreadable'] as const),
]);

export function aftermathOf(code: ErrorCode): Aftermath {
  if (PASSING.has(code)) return 'wait';
  if (code === 'upload-gone') return 'start-over';
  return code === 'cancelled' ? 'cancelled' : 'fail';
}

/** The name of what caused a `connection-lost` where nothing moved any more, in either direction. */
export const SILENCE = 'SilenceError';

/**
 * Whether a failure says that the server, or the line, has too much at once. As in TCP silence counts as that: parts that
 * starve each other until they are cut would be sent all over again, by as many as before. A reset says nothing of it.
 * https://www.rfc-editor.org/rfc/rfc5681#section-3.1
 */
export function saysTooMuch({ code, cause }: Pick<SandglassError, 'code' | 'cause'>): boolean {
  return code === 'server-busy' || (cause instanceof Error && cause.name === SILENCE);
}
