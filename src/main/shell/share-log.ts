import type { ShareRow, ShareStanding } from '../../shared/board.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import type { Log, LogFields } from '../../shared/log.ts';
import type { ShareBoard } from '../board/share-board.ts';

/** Their sentences say what S3 said, in words of its own that were checked; others are told by their code alone. */
const TELLING: ReadonlySet<string> = new Set<ErrorCode>(['refused', 'server-busy', 'internal']);

/** Writes down where each share stands whenever that changes: its id, never its name, its bucket or its key. */
export function logShares(shares: Pick<ShareBoard, 'listen'>, log: Log): void {
  const last = new Map<string, string>();
  const note = ({ id, standing }: ShareRow) => {
    const facts = factsOf(standing);
    const now = [standing.kind, ...Object.values(facts)].join(' ');
    if (last.get(id) === now) return;
    last.set(id, now);
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
  failure: { readonly code: string; readonly message: string; readonly requestId: string | null } | null,
): LogFields {
  if (!failure) return {};
  const { code, requestId: request, message } = failure;
  return { code, request, ...(TELLING.has(code) && { said: message }) };
}
