import type { ShareStanding } from '../../shared/board.ts';

/** How much of all that is under way has been sent, from 0 to 1; null where nothing is. */
export function overallProgress(standings: readonly ShareStanding[]): number | null {
  let [sent, total] = [0, 0];
  for (const standing of standings) {
    if (standing.kind !== 'uploading' && standing.kind !== 'paused') continue;
    sent += standing.sentBytes;
    total += standing.totalBytes;
  }
  return standings.length === 0 ? null : sent / Math.max(1, total);
}
