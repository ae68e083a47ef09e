import { asSandglassError, type SandglassError } from '../../shared/errors.ts';
import type { Patience } from './ports.ts';

/** How often one request is sent at the most. */
export const MAX_ATTEMPTS = 6;
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
  error: Pick<SandglassError, 'retryable'>,
  attempt: number,
  random: number,
): number | null {
  if (!error.retryable || attempt >= MAX_ATTEMPTS) return null;
  return Math.floor(random * Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** attempt));
}

/**
 * Sends a request until it succeeds or the policy says that it never will.
 * @throws what the last attempt threw; at once where the signal aborts while waiting
 */
export async function withRetries<T>(
  request: () => Promise<T>,
  patience: Patience,
  signal: AbortSignal,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await request();
    } catch (error) {
      const delay = retryDelay(asSandglassError(error), attempt, patience.random());
      if (delay === null || signal.aborted) throw error;
      await patience.sleep(delay, signal);
    }
  }
}
