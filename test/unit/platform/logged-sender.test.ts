import { expect, it } from 'vitest';
import { LoggedSender } from '../../../src/main/platform/logged-sender.ts';
import { SandglassError } from '../../../src/shared/errors.ts';
import { logLine, type Log } from '../../../src/shared/log.ts';

const REQUEST = {
  url: 'https://canary.s3.amazonaws.com/canary?X-Amz-Signature=1',
  headers: {},
  bucket: 'canary',
};

function scene(put: () => Promise<{ etag: string; encrypted: boolean }>) {
  const lines: string[] = [];
  const times = [100, 350];
  const log: Log = { write: (...given) => void lines.push(logLine(0, ...given).slice(25)) };
  const sender = new LoggedSender({ put }, log, () => times.shift() ?? 0);
  return { lines, sender };
}

it('a request that fails is written down with its code, and fails all the same', async () => {
  const message = 'The server could not take the request now (SlowDown).';
  const busy = new SandglassError('server-busy', message, { retryable: true, requestId: 'TX1' });
  const { lines, sender } = scene(() => Promise.reject(busy));
  await expect(sender.put(REQUEST, [], new AbortController().signal)).rejects.toBe(busy);
  expect(lines).toEqual([
    `warn  request failed code=server-busy retryable=true ms=250 request=TX1 said=${message}`,
  ]);
});

it('an error that nobody expected is written down with its name, its code and what it said', async () => {
  const broken = Object.assign(new TypeError('canary is no function'), { code: 'ERR_X', stack: '' });
  const { lines, sender } = scene(() => Promise.reject(broken));
  await expect(sender.put(REQUEST, [], new AbortController().signal)).rejects.toBe(broken);
  expect(lines).toEqual([
    'warn  request failed name=TypeError code=ERR_X retryable=false ms=250 said=canary is no function',
  ]);
});

it('a request that succeeds, or that a person has ended, is not written down', async () => {
  const good = scene(() => Promise.resolve({ etag: '"e"', encrypted: false }));
  expect(await good.sender.put(REQUEST, [], new AbortController().signal)).toEqual({
    etag: '"e"',
    encrypted: false,
  });
  const ended = scene(() => Promise.reject(new Error('aborted')));
  await expect(ended.sender.put(REQUEST, [], AbortSignal.abort())).rejects.toThrow('aborted');
  expect([good.lines, ended.lines]).toEqual([[], []]);
});
