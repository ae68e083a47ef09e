import { describe, expect, it, vi } from 'vitest';
import type { BoardListener } from '../../../src/main/board/share-news.ts';
import { followBoard, type Followers } from '../../../src/main/shell/board-follower.ts';
import type { ShareRow, ShareStanding } from '../../../src/shared/board.ts';
import { HandTimer } from '../board/hand-timer.ts';

const row = { standing: { kind: 'uploading', sentBytes: 1, totalBytes: 4 } } as ShareRow;

function scene() {
  const time = new HandTimer();
  const underWay = vi.fn<() => ShareStanding[]>(() => [row.standing]);
  const listeners: BoardListener[] = [];
  const push = vi.fn<(name: string, push: unknown) => void>();
  const setProgress = vi.fn<(fraction: number | null) => void>();
  const ended = vi.fn<(row: ShareRow) => void>();
  const arrived = vi.fn<(rows: readonly ShareRow[]) => void>();
  const [refreshTray, changed] = [vi.fn<() => void>(), vi.fn<() => void>()];
  const followers = { window: { push, setProgress }, notices: { ended, arrived }, refreshTray, changed };
  const shares = { underWay, listen: (listener: BoardListener) => listeners.push(listener) };
  followBoard(shares, {
    ...(followers as unknown as Followers),
    later: time.later,
  });
  return { time, underWay, push, setProgress, ended, arrived, refreshTray, changed, tell: listeners[0]! };
}

describe('what happens to shares', () => {
  it('reaches the window, the taskbar, the tray and the notices', () => {
    const { tell, push, setProgress, underWay, ended, changed, refreshTray, time } = scene();
    tell.rowsChanged([row]);
    expect(push.mock.calls).toEqual([['sharesChanged', { rows: [row] }]]);
    expect(setProgress.mock.calls).toEqual([[0.25]]);
    expect(changed).not.toHaveBeenCalled();
    underWay.mockReturnValue([]);
    tell.ended(row);
    expect(ended.mock.calls).toEqual([[row]]);
    expect(changed).toHaveBeenCalledOnce();
    time.pass(1_000);
    expect(setProgress).toHaveBeenLastCalledWith(null);
    expect(refreshTray).toHaveBeenCalledTimes(2);
    tell.listed();
    expect(push).toHaveBeenLastCalledWith('sharesListed', {});
    expect(changed).toHaveBeenCalledTimes(2);
  });

  it('is told in a notice where others have uploaded', () => {
    const { tell, arrived } = scene();
    tell.arrived?.([row]);
    expect(arrived.mock.calls).toEqual([[[row]]]);
  });

  it('four hundred times in a moment is drawn a few times in the tray, on the taskbar and on the board', () => {
    const { tell, ended, setProgress, refreshTray, changed, time } = scene();
    for (let count = 0; count < 400; count += 1) tell.ended(row);
    time.pass(10_000);
    expect([setProgress, refreshTray, changed].map(({ mock }) => mock.calls.length)).toEqual([2, 2, 2]);
    expect(ended).toHaveBeenCalledTimes(400);
  });
});
