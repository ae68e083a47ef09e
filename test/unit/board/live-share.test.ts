import { describe, expect, it, vi } from 'vitest';
import { LiveShare } from '../../../src/main/board/live-share.ts';
import type { LinkProbe } from '../../../src/main/share/links.ts';
import { failure, linkTo, NOON, ScriptedShare, SIZE, urlOf } from './scripted-share.ts';

const course = {
  ...{ plan: { size: SIZE, partSize: SIZE, partCount: 1 }, uploadId: 'u1' },
  ...{ partsDone: 0, restarts: 0 },
};

function scene() {
  const time = { now: NOON };
  const changed = vi.fn<() => void>();
  const share = new ScriptedShare(linkTo('a000000000'));
  const live = new LiveShare(share.asShare, { now: () => time.now }, changed);
  const answer = Promise.withResolvers<number | null>();
  const size = vi.fn<LinkProbe['size']>(() => answer.promise);
  const sends = (bytes: number, at: number) => {
    time.now = NOON + at;
    share.sends(bytes);
  };
  return { time, share, live, changed, sends, answer, size, probe: { size } };
}

describe('a share under way', () => {
  it('is uploading with nothing known of its speed at first', () => {
    const { live } = scene();
    expect(live.standing).toEqual({
      ...{ kind: 'uploading', sentBytes: 0, totalBytes: SIZE },
      ...{ bytesPerSecond: null, secondsLeft: null, restarted: false, waits: true },
    });
    expect(live.end).toBeNull();
  });

  it('tells its bytes, its speed and the seconds that are left, and calls back at every change', () => {
    const { live, changed, sends } = scene();
    sends(0, 0);
    sends(250, 500);
    expect(live.standing).toEqual({
      ...{ kind: 'uploading', sentBytes: 250, totalBytes: SIZE },
      ...{ bytesPerSecond: 500, secondsLeft: 1.5, restarted: false, waits: false },
    });
    expect(changed).toHaveBeenCalledTimes(2);
  });

  it('is paused where its upload is, and forgets its speed by that', () => {
    const { live, share, sends } = scene();
    sends(0, 0);
    sends(250, 500);
    share.pauses(250);
    expect(live.standing).toEqual({ kind: 'paused', sentBytes: 250, totalBytes: SIZE, reason: null });
    expect(live.end).toBeNull();
    sends(250, 60_000);
    expect(live.standing).toMatchObject({ kind: 'uploading', bytesPerSecond: null, secondsLeft: null });
    sends(300, 61_000);
    expect(live.standing).toMatchObject({ bytesPerSecond: 50, secondsLeft: 14 });
  });

  it('is paused as soon as that is asked, though its upload is still being begun', () => {
    const { live, share } = scene();
    share.moves({ kind: 'preparing', paused: false, ...course }, 0);
    expect(live.standing).toMatchObject({ kind: 'uploading' });
    share.moves({ kind: 'preparing', paused: true, ...course }, 0);
    expect(live.standing).toEqual({ kind: 'paused', sentBytes: 0, totalBytes: SIZE, reason: null });
    expect(live.end).toBeNull();
  });

  it('is paused as soon as that is asked, though it waits for its turn', () => {
    const { live, share } = scene();
    share.moves({ kind: 'queued', paused: false, uploadId: null }, 0);
    expect(live.standing).toMatchObject({ kind: 'uploading', waits: true });
    share.moves({ kind: 'queued', paused: true, uploadId: null }, 0);
    expect(live.standing).toMatchObject({ kind: 'paused', reason: null });
  });

  it('tells what it waits for, in words that may be shown', () => {
    const { live, share } = scene();
    share.pauses(250, { code: 'unreachable', message: 'Away.', requestId: 'TX1' });
    expect(live.standing).toEqual({
      ...{ kind: 'paused', sentBytes: 250, totalBytes: SIZE },
      reason: { code: 'unreachable', message: 'Away.', next: null, requestId: 'TX1' },
    });
  });

  it('says that it is sent anew where the server had lost it', () => {
    const { live, share } = scene();
    share.moves({ kind: 'uploading', ...course }, 10);
    expect(live.standing).toMatchObject({ restarted: false });
    share.moves({ kind: 'preparing', paused: false, ...course, restarts: 1 }, 0);
    expect(live.standing).toMatchObject({ kind: 'uploading', restarted: true });
  });

  it('fades to no speed where nothing moves, though nothing is told', () => {
    const { live, sends, time } = scene();
    sends(0, 0);
    sends(500, 1_000);
    time.now = NOON + 61_000;
    const { bytesPerSecond } = live.standing as { bytesPerSecond: number };
    expect(bytesPerSecond).toBeLessThan(1);
  });

  it('is still uploading while the object is being made', () => {
    const { live, share } = scene();
    share.moves({ kind: 'completing', ...course, partsDone: 1 }, SIZE);
    expect(live.standing).toMatchObject({ kind: 'uploading', sentBytes: SIZE });
    expect(live.end).toBeNull();
  });
});

describe('a share that has arrived', () => {
  it('is live and untried while its link is asked for a byte, then says that it works', async () => {
    const { live, share, probe, size, answer, changed } = scene();
    const run = live.run(probe);
    share.arrives();
    await vi.waitFor(() => {
      expect(size).toHaveBeenCalledWith(urlOf('a000000000'), 'films');
    });
    expect(live.standing).toEqual({ kind: 'live', probe: { kind: 'untried' } });
    const before = changed.mock.calls.length;
    answer.resolve(SIZE);
    await run;
    expect(live.standing).toEqual({ kind: 'live', probe: { kind: 'works' } });
    expect(changed).toHaveBeenCalledTimes(before + 1);
  });

  it('says what is not as it was asked for, whatever its link does', async () => {
    const { live, share, probe, answer } = scene();
    share.remark = failure('access-denied');
    const run = live.run(probe);
    share.arrives();
    answer.resolve(SIZE);
    await run;
    expect(live.standing).toEqual({
      ...{ kind: 'live', probe: { kind: 'works' } },
      remark: { code: 'access-denied', message: 'Scripted: access-denied.', next: null, requestId: null },
    });
  });

  it('says why its link is dead', async () => {
    const { live, share, probe, answer } = scene();
    const run = live.run(probe);
    share.arrives();
    answer.reject(failure('access-denied'));
    await run;
    expect(live.standing).toEqual({
      kind: 'live',
      probe: {
        kind: 'dead',
        failure: { code: 'access-denied', message: 'Scripted: access-denied.', next: null, requestId: null },
      },
    });
  });
});

describe('a share that has ended badly', () => {
  it('has failed with the reason, and its link is not tried', async () => {
    const { live, share, probe, size, changed } = scene();
    const run = live.run(probe);
    share.endsBadly('no-such-bucket');
    const before = changed.mock.calls.length;
    await run;
    expect(live.standing).toEqual({
      kind: 'failed',
      failure: { code: 'no-such-bucket', message: 'Scripted: no-such-bucket.', next: null, requestId: null },
    });
    expect([live.end?.kind, size.mock.calls, changed.mock.calls.length]).toEqual(['failed', [], before + 1]);
  });

  it('is cancelled where somebody cancelled it', async () => {
    const { live, share, probe, size } = scene();
    const run = live.run(probe);
    share.endsBadly('cancelled');
    await run;
    expect(live.standing).toEqual({ kind: 'cancelled' });
    expect([live.end?.kind, size.mock.calls]).toEqual(['cancelled', []]);
  });

  it('is not under way where the process interrupts it, and has come to no end of its own', async () => {
    const { live, share, probe, size } = scene();
    const run = live.run(probe);
    share.endsBadly('interrupted');
    await run;
    expect(live.end).toBeNull();
    expect(['failed', 'cancelled', 'live']).not.toContain(live.standing.kind);
    expect(size).not.toHaveBeenCalled();
  });
});
