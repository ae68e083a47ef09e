import { describe, expect, it, vi } from 'vitest';
import { Share } from '../../../src/main/share/share.ts';
import type { ShareLog } from '../../../src/main/share/sharing.ts';
import type { Upload } from '../../../src/main/upload/upload.ts';
import { SandglassError, type ErrorCode } from '../../../src/shared/errors.ts';
import type { TransferState } from '../../../src/shared/transfer-state.ts';
import { linkTo } from '../board/scripted-share.ts';
import { failure } from './scripted-sharing.ts';

const ID = 'a000000000';
const LINK = linkTo(ID);
const failed = (code: ErrorCode, kept = false): TransferState => ({
  kind: 'failed',
  failure: { code, message: `Scripted: ${code}.`, next: 'Do this.', requestId: 'TX1' },
  kept,
});
const DONE: TransferState = { kind: 'done', size: 1 };

interface Ending {
  readonly end: TransferState;
  /** The upload as it is left. */
  readonly leftover?: boolean;
  readonly mayExist?: boolean;
  readonly settles?: boolean;
  readonly isOpen?: boolean;
  readonly discard?: () => Promise<boolean>;
  readonly sweep?: () => Promise<void>;
  /** What could not be put right after it. */
  readonly mend?: SandglassError | null;
}

/** A share whose upload comes to this end. */
function scene(ending: Ending) {
  const {
    end,
    leftover = false,
    mayExist = false,
    settles = true,
    isOpen = true,
    discard,
    sweep,
    mend = null,
  } = ending;
  const lines: string[] = [];
  const upload = {
    ...{ leftover, mayExist, progress: { state: end, sentBytes: 0, totalBytes: 1 } },
    run: () => Promise.resolve(end),
    cancel: () => lines.push('cancel'),
    interrupt: () => lines.push('interrupt'),
  };
  const log = {
    settle: vi.fn<ShareLog['settle']>(() => settles),
    isOpen: vi.fn<ShareLog['isOpen']>(() => isOpen),
    setPaused: vi.fn<ShareLog['setPaused']>(),
  };
  const share = new Share(LINK, {
    ...{ upload: upload as unknown as Upload, log },
    file: {
      close: () => {
        lines.push('close');
        return Promise.resolve();
      },
    } as ConstructorParameters<typeof Share>[1]['file'],
    discard: () => {
      lines.push('discard');
      return discard?.() ?? Promise.resolve(true);
    },
    sweep: () => {
      lines.push('sweep');
      return sweep?.() ?? Promise.resolve();
    },
    forgetRegion: () => {
      lines.push('forget region');
      return Promise.resolve();
    },
    resign: () => Promise.resolve(null),
    mend: () => {
      lines.push('mend');
      return Promise.resolve(mend);
    },
    ended: () => lines.push('ended'),
  });
  return { share, lines, log };
}

const thrown = async (share: Share) => {
  const error: unknown = await share.upload().then(
    () => null,
    (reason: unknown) => reason,
  );
  return error as { code: ErrorCode; message: string; next?: string; command?: string };
};

describe('a share', () => {
  it('is live once its upload is done', async () => {
    const { share, lines, log } = scene({ end: DONE });
    await share.upload();
    expect(log.settle.mock.calls).toEqual([[ID, 'live']]);
    expect([lines, share.remark]).toEqual([['mend', 'sweep', 'ended', 'close'], null]);
  });

  it('is live, and says what is not as it was asked for', async () => {
    const mend = new SandglassError('access-denied', 'Its tags are missing.');
    const { share, log } = scene({ end: DONE, mend });
    await share.upload();
    expect(log.settle.mock.calls).toEqual([[ID, 'live']]);
    expect(share.remark).toBe(mend);
  });

  it('that was cancelled by another process before its turn is cancelled here', async () => {
    const { share, lines } = scene({ end: { kind: 'cancelled' }, isOpen: false, settles: false });
    expect(await thrown(share)).toMatchObject({ code: 'cancelled' });
    expect(lines[0]).toBe('cancel');
  });

  it('whose row was ended while its last byte was sent is cancelled, and its object is deleted', async () => {
    const { share, lines } = scene({ end: DONE, settles: false, mayExist: true });
    expect(await thrown(share)).toMatchObject({
      code: 'cancelled',
      message: 'The upload was cancelled; nothing of it is left.',
    });
    expect(lines).toContain('discard');
  });

  it.each<readonly [string, () => Promise<boolean>]>([
    ['is not allowed', () => Promise.resolve(false)],
    ['fails', () => Promise.reject(failure('unreachable'))],
  ])('says how to delete what may be there where deleting it %s', async (_what, discard) => {
    const { share } = scene({ end: { kind: 'cancelled' }, mayExist: true, discard });
    expect((await thrown(share)).command).toContain(`sandglass revoke ${ID}`);
  });

  it('says that parts are left, and by what they are dropped', async () => {
    const { share, lines } = scene({ end: { kind: 'cancelled' }, leftover: true, mayExist: true });
    expect((await thrown(share)).command).toContain(`sandglass cancel ${ID}`);
    expect(lines).not.toContain('discard');
  });

  it('that has failed says why, and what to do', async () => {
    const { share, log, lines } = scene({ end: failed('access-denied') });
    expect(await thrown(share)).toMatchObject({
      ...{ code: 'access-denied', message: 'Scripted: access-denied.', next: 'Do this.', requestId: 'TX1' },
    });
    expect(log.settle.mock.calls).toEqual([[ID, 'failed']]);
    expect(lines).toEqual(['sweep', 'ended', 'close']);
  });

  it('that waited in vain keeps what has arrived, is interrupted, and says how to go on', async () => {
    const { share, log, lines } = scene({ end: failed('unreachable', true), mayExist: true });
    expect(await thrown(share)).toMatchObject({
      ...{ code: 'unreachable', requestId: 'TX1' },
      next: 'Do this. What has arrived stays.',
      command: `To go on: sandglass resume ${ID}.`,
    });
    expect(log.settle.mock.calls).toEqual([[ID, 'interrupted']]);
    expect(lines).not.toContain('discard');
    expect(lines).not.toContain('sweep');
  });

  it('sweeps nothing while parts are left, which the next start drops', async () => {
    const { share, lines } = scene({ end: { kind: 'cancelled' }, leftover: true });
    await thrown(share);
    expect(lines).not.toContain('sweep');
  });

  it('works though what may have come late cannot be swept now', async () => {
    const { share } = scene({ end: DONE, sweep: () => Promise.reject(failure('unreachable')) });
    await expect(share.upload()).resolves.toBeUndefined();
  });

  it('that the server has lost because another process ended it was cancelled', async () => {
    const { share } = scene({ end: failed('upload-gone'), settles: false });
    expect(await thrown(share)).toMatchObject({ code: 'cancelled' });
  });

  it('that the server has lost by itself has failed', async () => {
    const { share } = scene({ end: failed('upload-gone') });
    expect(await thrown(share)).toMatchObject({ code: 'upload-gone' });
  });

  it('asks for the region anew where that proved wrong, and only then', async () => {
    const wrong = scene({ end: failed('wrong-region') });
    await thrown(wrong.share);
    expect(wrong.lines).toContain('forget region');
    const other = scene({ end: failed('access-denied') });
    await thrown(other.share);
    expect(other.lines).not.toContain('forget region');
  });

  it('that the process ends says how to go on and how to drop it, and leaves its row to the interrupt', async () => {
    const { share, log } = scene({ end: { kind: 'interrupted' } });
    const error = await thrown(share);
    expect([error.code, log.settle.mock.calls]).toEqual(['interrupted', []]);
    expect(error.command).toContain(`sandglass resume ${ID}`);
    expect(error.command).toContain(`sandglass cancel ${ID}`);
  });
});

describe('an interrupt', () => {
  it('is written into the history at once, for the process may not live to see the end', () => {
    const { share, log, lines } = scene({ end: { kind: 'interrupted' } });
    share.interrupt();
    expect([lines, log.settle.mock.calls]).toEqual([['interrupt'], [[ID, 'interrupted']]]);
  });

  it('is written nowhere while the object is being made', () => {
    const plan = { size: 1, partSize: 1, partCount: 1 };
    const { share, log } = scene({
      end: { kind: 'completing', plan, uploadId: null, partsDone: 1, restarts: 0 },
    });
    share.interrupt();
    expect(log.settle).not.toHaveBeenCalled();
  });
});
