import { describe, expect, it } from 'vitest';
import type { Patience } from '../../../src/main/upload/ports.ts';
import {
  aftermathOf,
  MAX_ATTEMPTS,
  MAX_UNREACHABLE,
  retryDelay,
  withRetries,
} from '../../../src/main/upload/retry-policy.ts';
import { SandglassError, type ErrorCode } from '../../../src/shared/errors.ts';

const AGAIN = { code: 'server-busy', retryable: true } as const;
const AWAY = { code: 'unreachable', retryable: true } as const;
const busy = () => new SandglassError('server-busy', 'Busy.', { retryable: true });

/** Waits for nothing, and remembers how long it should have. */
function patience(random = 0.5): Patience & { readonly delays: number[] } {
  const delays: number[] = [];
  return {
    delays,
    random: () => random,
    sleep: (ms) => {
      delays.push(ms);
      return Promise.resolve();
    },
  };
}

/** Fails with each error in turn, then succeeds. */
function failing(...errors: Error[]) {
  let attempts = 0;
  const request = () => {
    attempts++;
    const error = errors.shift();
    return error ? Promise.reject(error) : Promise.resolve('done');
  };
  return { request, attempts: () => attempts };
}

describe('the delay before another attempt', () => {
  it.each([
    [1, 499],
    [2, 999],
    [3, 1998],
    [4, 3996],
    [5, 7992],
  ])('after attempt %d is %d ms at the most', (attempt, most) => {
    expect(retryDelay(AGAIN, attempt, 0.999)).toBe(most);
  });

  it('is anything from nothing up, so that many do not come back together', () => {
    expect(retryDelay(AGAIN, 3, 0)).toBe(0);
    expect(retryDelay(AGAIN, 3, 0.25)).toBe(500);
  });

  it('is never longer than ten seconds', () => {
    for (let attempt = 1; attempt < MAX_ATTEMPTS; attempt++) {
      expect(retryDelay(AGAIN, attempt, 0.999999)).toBeLessThanOrEqual(10_000);
    }
  });

  it('does not exist after the last attempt, nor where another would change nothing', () => {
    expect(retryDelay(AGAIN, MAX_ATTEMPTS, 0.5)).toBeNull();
    expect(retryDelay(AGAIN, MAX_ATTEMPTS + 1, 0.5)).toBeNull();
    expect(retryDelay({ code: 'access-denied', retryable: false }, 1, 0.5)).toBeNull();
  });
});

describe('without any connection', () => {
  it('a request is sent a few times only: the upload waits for the network', () => {
    expect(retryDelay(AWAY, MAX_UNREACHABLE - 1, 0.5)).not.toBeNull();
    expect(retryDelay(AWAY, MAX_UNREACHABLE, 0.5)).toBeNull();
    expect(MAX_UNREACHABLE).toBeLessThan(MAX_ATTEMPTS);
  });
});

describe('after a failure that no retry has mended, an upload', () => {
  it.each<readonly [ErrorCode, string]>([
    ...(['unreachable', 'connection-lost', 'server-busy'] as const).map((code) => [code, 'wait'] as const),
    ...(['credentials-expired', 'no-credentials', 'keychain-locked'] as const).map(
      (code) => [code, 'wait'] as const,
    ),
    ...(['file-missing', 'file-unreadable'] as const).map((code) => [code, 'wait'] as const),
    ['upload-gone', 'start-over'],
    ['cancelled', 'cancelled'],
    ...(['access-denied', 'no-such-bucket', 'credentials-refused', 'file-changed'] as const).map(
      (code) => [code, 'fail'] as const,
    ),
    ...(['key-taken', 'upload-incomplete', 'refused', 'disk-full', 'clock-skewed', 'internal'] as const).map(
      (code) => [code, 'fail'] as const,
    ),
  ])('that is %s is to %s', (code, aftermath) => {
    expect(aftermathOf(code)).toBe(aftermath);
  });
});

describe('a request with retries', () => {
  const never = new AbortController().signal;

  it('that succeeds is sent once, without any wait', async () => {
    const { request, attempts } = failing();
    const time = patience();
    expect(await withRetries(request, time, never)).toBe('done');
    expect([attempts(), time.delays]).toEqual([1, []]);
  });

  it('is sent again until it succeeds', async () => {
    const { request, attempts } = failing(busy(), busy());
    const time = patience();
    expect(await withRetries(request, time, never)).toBe('done');
    expect([attempts(), time.delays]).toEqual([3, [250, 500]]);
  });

  it('tells of each failure that is followed by another attempt, and of no other', async () => {
    const told: string[] = [];
    const { request } = failing(busy(), new SandglassError('access-denied', 'No.'));
    const run = withRetries(request, patience(), never, ({ code }) => told.push(code));
    await expect(run).rejects.toThrow('No.');
    expect(told).toEqual(['server-busy']);
  });

  it('yields the last attempt’s error where none succeeds', async () => {
    const errors = Array.from({ length: MAX_ATTEMPTS + 2 }, busy);
    const last = errors[MAX_ATTEMPTS - 1];
    const { request, attempts } = failing(...errors);
    await expect(withRetries(request, patience(), never)).rejects.toBe(last);
    expect(attempts()).toBe(MAX_ATTEMPTS);
  });

  it.each([
    ['a refusal for good', new SandglassError('access-denied', 'No.')],
    ['an unexpected error', new TypeError('no such property')],
  ])('is not sent again after %s', async (_what, error) => {
    const { request, attempts } = failing(error);
    await expect(withRetries(request, patience(), never)).rejects.toBe(error);
    expect(attempts()).toBe(1);
  });

  it('is not sent again once it is stopped', async () => {
    const { request, attempts } = failing(busy());
    const time = patience();
    await expect(withRetries(request, time, AbortSignal.abort())).rejects.toThrow('Busy.');
    expect([attempts(), time.delays]).toEqual([1, []]);
  });

  it('ends with the waiting where that is broken off', async () => {
    const stop = new AbortController();
    const broken = new Error('broken off');
    const time: Patience = {
      random: () => 0.5,
      sleep: (_ms, signal) => {
        expect(signal).toBe(stop.signal);
        return Promise.reject(broken);
      },
    };
    const { request, attempts } = failing(busy());
    await expect(withRetries(request, time, stop.signal)).rejects.toBe(broken);
    expect(attempts()).toBe(1);
  });
});
