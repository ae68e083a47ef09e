import type { ShareRow, ShareStanding } from '../../shared/board.ts';
import type { Log, LogFields } from '../../shared/log.ts';
import type { ShareBoard } from '../board/share-board.ts';

/** Of so many shares is known what was written down last; of those that rest longest it is forgotten first. */
const MOST_KNOWN = 5_000;

/**
 * Writes down where each share stands whenever that changes: its id, never its name, its bucket or its key. Failures are
 * told by code and request id, for their sentences are in the language of the window.
 */
export function logShares(shares: Pick<ShareBoard, 'listen'>, log: Log): void {
  const last = new Map<string, string>();
  const note = ({ id, standing }: ShareRow) => {
    const facts = factsOf(standing);
    const now = [standing.kind, ...Object.values(facts)].join(' ');
    const before = last.get(id);
    last.delete(id);
    last.set(id, now);
    for (const resting of last.keys()) {
      if (last.size <= MOST_KNOWN) break;
      last.delete(resting);
    }
    if (before === now) return;
    log.write(facts.code === undefined ? 'info' : 'warn', `share ${standing.kind}`, { share: id, ...facts });
  };
  shares.listen({
    rowsChanged: (rows) => {
      rows.forEach(note);
    },
    listed: () => undefined,
    ended: note,
  });
}

function factsOf(standing: ShareStanding): LogFields {
  switch (standing.kind) {
    case 'uploading': {
      const { totalBytes: bytes, waits, restarted } = standing;
      return { bytes, ...(waits && { waits }), ...(restarted && { restarted }) };
    }
    case 'paused':
      return failureFacts(standing.reason);
    case 'live':
      return standing.probe.kind === 'dead'
        ? { link: 'dead', ...failureFacts(standing.probe.failure) }
        : { link: standing.probe.kind };
    case 'failed':
      return failureFacts(standing.failure);
    default:
      return {};
  }
}

function failureFacts(
  failure: { readonly code: string; readonly requestId: string | null } | null,
): LogFields {
  return failure ? { code: failure.code, request: failure.requestId } : {};
}
