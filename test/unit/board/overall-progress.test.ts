import { describe, expect, it } from 'vitest';
import type { ShareStanding } from '../../../src/shared/board.ts';
import { overallProgress } from '../../../src/main/board/overall-progress.ts';

const uploading = (sentBytes: number, totalBytes: number): ShareStanding => ({
  ...{ kind: 'uploading', sentBytes, totalBytes },
  ...{ bytesPerSecond: null, secondsLeft: null, restarted: false, waits: false },
});

describe('the progress of all that is under way', () => {
  it('is none where nothing is', () => {
    expect(overallProgress([])).toBeNull();
  });

  it('goes by bytes, paused uploads among them', () => {
    const paused: ShareStanding = { kind: 'paused', sentBytes: 0, totalBytes: 100, reason: null };
    expect(overallProgress([uploading(50, 100), uploading(100, 200), paused])).toBe(150 / 400);
  });

  it('does not count what has ended, though it is still being cleared away', () => {
    expect(overallProgress([uploading(50, 100), { kind: 'cancelled' }])).toBe(0.5);
  });

  it('of empty files is no number that a taskbar could not show', () => {
    expect(overallProgress([uploading(0, 0)])).toBe(0);
  });
});
