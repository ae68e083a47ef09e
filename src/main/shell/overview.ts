import type { ShareStanding } from '../../shared/board.ts';

/** How many files are on their way, those that wait for the network among them: what a person has paused stays so. */
export function countUnderWay(standings: readonly ShareStanding[]): number {
  return standings.filter((standing) => standing.kind === 'uploading' || isWaiting(standing)).length;
}

function isWaiting(standing: ShareStanding): boolean {
  return standing.kind === 'paused' && standing.reason !== null;
}

/** Whether there are uploads, and a person has paused all of them: what waits for the network is not paused. */
export function isAllPaused(standings: readonly ShareStanding[]): boolean {
  return (
    standings.length > 0 &&
    standings.every((standing) => standing.kind === 'paused' && standing.reason === null)
  );
}
