import { describe, expect, it, vi } from 'vitest';
import { Share } from '../../../src/main/share/share.ts';
import type { ShareLog } from '../../../src/main/share/sharing.ts';
import type { Upload } from '../../../src/main/upload/upload.ts';
import { transition, type TransferEvent, type TransferState } from '../../../src/shared/transfer-state.ts';
import { linkTo } from '../board/scripted-share.ts';
import { failure } from './scripted-sharing.ts';

const ID = 'a000000000';
const PLAN = { size: 100, partSize: 10, partCount: 10 };
const COURSE = { plan: PLAN, uploadId: 'u1', partsDone: 3, restarts: 0 };
const UPLOADING: TransferState = { kind: 'uploading', ...COURSE };

/** A share whose upload stands so, and moves as the real one does. */
function scene(state: TransferState) {
  // More has gone out than has arrived.
  const progress = { state, sentBytes: 42, totalBytes: PLAN.size };
  const moves = (event: TransferEvent) => () => {
    progress.state = transition(progress.state, event).state;
  };
  const upload = {
    ...{ progress, leftover: false, mayExist: false },
    ...{
      pause: moves({ type: 'pause' }),
      resume: moves({ type: 'resume' }),
      interrupt: moves({ type: 'interrupt' }),
    },
  };
  const log = {
    settle: vi.fn<ShareLog['settle']>(() => true),
    isOpen: vi.fn<ShareLog['isOpen']>(() => true),
    setPaused: vi.fn<ShareLog['setPaused']>(),
  };
  const parts = { upload: upload as unknown as Upload, log };
  const share = new Share(linkTo(ID), parts as unknown as ConstructorParameters<typeof Share>[1]);
  return { share, log, progress };
}

describe('what a person paused', () => {
  it.each<[string, TransferState, number]>([
    ['while it is sent', UPLOADING, 30],
    ['before its turn has come', { kind: 'queued', paused: false, uploadId: null }, 0],
    ['while it is being begun', { kind: 'preparing', paused: false, ...COURSE, partsDone: 0 }, 0],
    ['when it is almost done', { ...UPLOADING, plan: { ...PLAN, size: 97 }, partsDone: 10 }, 97],
    [
      'while it waits for the network',
      { kind: 'paused', stage: 'uploading', reason: { code: 'unreachable', message: 'Away.' }, ...COURSE },
      30,
    ],
  ])('is remembered as paused, with the bytes that have arrived: %s', (_when, state, bytes) => {
    const { share, log } = scene(state);
    share.pause();
    expect(log.setPaused.mock.calls).toEqual([[ID, bytes]]);
  });

  it('is remembered as going on once it does', () => {
    const { share, log } = scene(UPLOADING);
    share.pause();
    share.resume();
    expect(log.setPaused).toHaveBeenLastCalledWith(ID, null);
  });

  it('is remembered with what has arrived by the end of the process', () => {
    const { share, log, progress } = scene(UPLOADING);
    share.pause();
    progress.state = transition(progress.state, { type: 'part-sent' }).state;
    share.interrupt();
    expect(log.setPaused).toHaveBeenLastCalledWith(ID, 40);
    expect(log.settle.mock.calls).toEqual([[ID, 'interrupted']]);
  });

  it('is paused, though the history cannot be written', () => {
    const { share, log, progress } = scene(UPLOADING);
    log.setPaused.mockImplementation(() => {
      throw failure('disk-full');
    });
    share.pause();
    expect(progress.state.kind).toBe('paused');
  });
});

describe('what nobody paused', () => {
  it.each<[string, TransferState]>([
    ['is sent', UPLOADING],
    [
      'waits for the network',
      { kind: 'paused', stage: 'uploading', reason: { code: 'unreachable', message: 'Away.' }, ...COURSE },
    ],
  ])('is not remembered as paused where the process ends while it %s', (_what, state) => {
    const { share, log } = scene(state);
    share.interrupt();
    expect(log.setPaused).not.toHaveBeenCalled();
  });

  it('is not remembered as paused where the object is just being made, for then a pause means nothing', () => {
    const { share, log } = scene({ kind: 'completing', ...COURSE });
    share.pause();
    expect(log.setPaused.mock.calls).toEqual([[ID, null]]);
  });
});
