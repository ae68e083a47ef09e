import { describe, expect, it } from 'vitest';
import type { ShareRow, ShareStanding } from '../../../src/shared/board.ts';
import { overallProgress } from '../../../src/main/board/overall-progress.ts';

const rows = (...standings: ShareStanding[]) => standings.map((standing) => ({ standing }) as ShareRow);
const uploading = (sentBytes: number, totalBytes: number): ShareStanding => ({
  ...{ kind: 'uploading', sentBytes, totalBytes },
  ...{ bytesPerSecond: null, secondsLeft: null },
});

describe('the progress of all that is under way', () => {
  it('is none where nothing is', () => {
    expect(overallProgress([])).toBeNull();
  });

  it('goes by bytes, paused uploads among them', () => {
    const paused: ShareStanding = { kind: 'paused', sentBytes: 0, totalBytes: 100, reason: null };
    expect(overallProgress(rows(uploading(50, 100), uploading(100, 200), paused))).toBe(150 / 400);
  });

  it('of empty files is no number that a taskbar could not show', () => {
    expect(overallProgress(rows(uploading(0, 0)))).toBe(0);
  });
});
