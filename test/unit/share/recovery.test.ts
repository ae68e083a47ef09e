import { describe, expect, it, vi } from 'vitest';
import { Nudge, PatientRecovery, type Outlook } from '../../../src/main/share/recovery.ts';
import type { ErrorCode } from '../../../src/shared/errors.ts';
import { quiet } from '../upload/script.ts';
import { failure } from './scripted-sharing.ts';

const failed = (code: ErrorCode) => ({ code, message: 'Scripted.' });
const away = () => Promise.reject(failure('unreachable'));
const never = new AbortController().signal;

/** Time passes at once unless the test holds it; nothing outside works unless the test says so. */
function scene(waitsFor = 300_000, outlook: Partial<Outlook> = {}) {
  const waits: number[] = [];
  const held = { on: false };
  const sleep = (ms: number, signal: AbortSignal) => {
    signal.throwIfAborted();
    waits.push(ms);
    if (!held.on) return Promise.resolve();
    return new Promise<void>((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        reject(signal.reason as Error);
      });
    });
  };
  const nudge = new Nudge();
  const time = { now: 0 };
  const ports = {
    askServer: vi.fn<Outlook['askServer']>(outlook.askServer ?? away),
    renewCredentials: vi.fn<Outlook['renewCredentials']>(outlook.renewCredentials ?? away),
    reopenFile: vi.fn<Outlook['reopenFile']>(outlook.reopenFile ?? away),
  };
  const recovery = new PatientRecovery(
    { patience: { sleep }, nudge, now: () => time.now, waitsFor: () => waitsFor },
    ports,
  );
  return { recovery, waits, held, nudge, time, ...ports };
}

describe('a recovery', () => {
  it('looks after one second, then after twice as long each time, up to thirty seconds', async () => {
    const { recovery, waits, askServer } = scene();
    askServer.mockImplementation(() => (askServer.mock.calls.length < 8 ? away() : Promise.resolve()));
    expect(await recovery.recovered(failed('unreachable'), never)).toBe(true);
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  });

  it('gives up after its time, looking once more at its very end', async () => {
    const { recovery, waits, askServer } = scene(10_000);
    expect(await recovery.recovered(failed('unreachable'), never)).toBe(false);
    expect(waits).toEqual([1_000, 2_000, 4_000, 3_000]);
    expect(askServer).toHaveBeenCalledTimes(4);
  });

  it('does not even look where nobody waits for such a failure', async () => {
    const { recovery, waits, askServer } = scene(0);
    expect(await recovery.recovered(failed('unreachable'), never)).toBe(false);
    expect([waits, askServer.mock.calls]).toEqual([[], []]);
  });

  it('asks how long to wait for this very failure', async () => {
    const waitsFor = vi.fn(() => 0);
    const recovery = new PatientRecovery(
      { patience: { sleep: () => Promise.resolve() }, nudge: new Nudge(), now: () => 0, waitsFor },
      { askServer: away, renewCredentials: away, reopenFile: away },
    );
    await recovery.recovered(failed('file-missing'), never);
    expect(waitsFor.mock.calls).toEqual([[failed('file-missing')]]);
  });

  it('looks at once where it is nudged', async () => {
    const { recovery, waits, held, nudge, askServer } = scene(Infinity);
    held.on = true;
    const recovered = recovery.recovered(failed('unreachable'), never);
    await quiet();
    expect(askServer).not.toHaveBeenCalled();
    nudge.now();
    await quiet();
    expect(askServer).toHaveBeenCalledTimes(1);
    askServer.mockResolvedValue(null);
    nudge.now();
    expect(await recovered).toBe(true);
    expect(waits).toEqual([1_000, 2_000]);
  });

  it('ends where it is stopped, though it is nudged as well', async () => {
    const { recovery, held, nudge, askServer } = scene();
    held.on = true;
    const stop = new AbortController();
    const recovered = recovery.recovered(failed('unreachable'), stop.signal);
    await quiet();
    stop.abort(new Error('stopped'));
    nudge.now();
    await expect(recovered).rejects.toThrow('stopped');
    expect(askServer).not.toHaveBeenCalled();
  });

  it.each<readonly [ErrorCode, keyof Outlook]>([
    ['unreachable', 'askServer'],
    ['connection-lost', 'askServer'],
    ['server-busy', 'askServer'],
    ['file-missing', 'reopenFile'],
    ['file-unreadable', 'reopenFile'],
  ])('from %s goes by %s alone', async (code, look) => {
    const world = scene(300_000, { [look]: () => Promise.resolve() });
    expect(await world.recovery.recovered(failed(code), never)).toBe(true);
    const { askServer, renewCredentials, reopenFile } = world;
    const looked = { askServer, renewCredentials, reopenFile };
    for (const [name, mock] of Object.entries(looked))
      expect(mock).toHaveBeenCalledTimes(name === look ? 1 : 0);
  });

  it.each<ErrorCode>(['credentials-expired', 'no-credentials', 'keychain-locked'])(
    'from %s fetches the credentials anew, and believes them once the server does',
    async (code) => {
      const { recovery, renewCredentials, askServer } = scene();
      renewCredentials.mockRejectedValueOnce(failure('no-credentials')).mockResolvedValue(true);
      askServer.mockRejectedValueOnce(failure('credentials-expired')).mockResolvedValue(null);
      expect(await recovery.recovered(failed(code), never)).toBe(true);
      expect([renewCredentials.mock.calls.length, askServer.mock.calls.length]).toEqual([3, 2]);
    },
  );

  it.each<ErrorCode>(['access-denied', 'no-such-key', 'file-changed', 'credentials-refused', 'internal'])(
    'goes on where %s shows: the upload is to meet that',
    async (code) => {
      const { recovery, waits } = scene(300_000, { askServer: () => Promise.reject(failure(code)) });
      expect(await recovery.recovered(failed('unreachable'), never)).toBe(true);
      expect(waits).toHaveLength(1);
    },
  );
});

describe('a nudge', () => {
  it('wakes all who wait, and nobody who has stopped waiting', () => {
    const nudge = new Nudge();
    const [first, second] = [vi.fn(), vi.fn()];
    const forget = nudge.next(first);
    nudge.next(second);
    forget();
    nudge.now();
    expect([first.mock.calls.length, second.mock.calls.length]).toEqual([0, 1]);
  });
});
