import type { ShareStanding } from '../../shared/board.ts';

/** How many files are on their way, or would be if nobody had paused them. */
export function countUnderWay(standings: readonly ShareStanding[]): number {
  return standings.filter(({ kind }) => kind === 'uploading' || kind === 'paused').length;
}

/** Whether there are uploads, and a person has paused all of them: what waits for the network is not paused. */
export function isAllPaused(standings: readonly ShareStanding[]): boolean {
  return (
    standings.length > 0 &&
    standings.every((standing) => standing.kind === 'paused' && standing.reason === null)
  );
}
