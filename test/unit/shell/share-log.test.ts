import { describe, expect, it } from 'vitest';
import { shareRowOf } from '../../../src/main/board/share-rows.ts';
import type { BoardListener } from '../../../src/main/board/share-news.ts';
import { logShares } from '../../../src/main/shell/share-log.ts';
import type { ShareStanding } from '../../../src/shared/board.ts';
import { logLine } from '../../../src/shared/log.ts';
import { recordOf } from '../board/records.ts';

const ID = 'a1b2c3d4e5';
const failure = { code: 'unreachable', message: 'canary is away.', next: 'canary', requestId: 'TX1' };
const sending = { sentBytes: 1, totalBytes: 9, bytesPerSecond: null, secondsLeft: null };
const uploading: ShareStanding = { kind: 'uploading', ...sending, restarted: false, waits: false };

function scene() {
  const lines: string[] = [];
  const listeners: BoardListener[] = [];
  logShares(
    { listen: (listener) => listeners.push(listener) },
    { write: (...given) => lines.push(logLine(0, ...given).slice(25)) },
  );
  const row = (standing: ShareStanding, id = ID) =>
    shareRowOf(recordOf(id, { name: 'canary.pdf' }), standing);
  return {
    lines,
    changes: (standing: ShareStanding, id?: string) => {
      listeners[0]!.rowsChanged([row(standing, id)]);
    },
    ends: (standing: ShareStanding) => {
      listeners[0]!.ended(row(standing));
    },
  };
}

describe('a share in the log', () => {
  it('is told at each change of where it stands, and not at each of its bytes', () => {
    const { lines, changes, ends } = scene();
    changes(uploading);
    changes({ ...uploading, sentBytes: 5, bytesPerSecond: 7 });
    changes({ kind: 'paused', sentBytes: 5, totalBytes: 9, reason: failure });
    changes({ kind: 'paused', sentBytes: 5, totalBytes: 9, reason: failure });
    changes({ ...uploading, restarted: true });
    ends({ kind: 'live', probe: { kind: 'works' } });
    changes({ kind: 'live', probe: { kind: 'works' } });
    expect(lines).toEqual([
      `info  share uploading share=${ID} bytes=9`,
      `warn  share paused share=${ID} code=unreachable request=TX1`,
      `info  share uploading share=${ID} bytes=9 restarted=true`,
      `info  share live share=${ID} link=works`,
    ]);
  });

  it.each<readonly [ShareStanding, string]>([
    [{ kind: 'failed', failure }, `warn  share failed share=${ID} code=unreachable request=TX1`],
    [{ kind: 'failed', failure: null }, `info  share failed share=${ID}`],
    [
      { kind: 'live', probe: { kind: 'dead', failure } },
      `warn  share live share=${ID} link=dead code=unreachable request=TX1`,
    ],
    [{ kind: 'paused', ...sending, reason: null }, `info  share paused share=${ID}`],
    [{ kind: 'cancelled' }, `info  share cancelled share=${ID}`],
  ])('is told by codes and request ids alone: %o', (standing, line) => {
    const { lines, ends } = scene();
    ends(standing);
    expect(lines).toEqual([line]);
  });

  it.each(['refused', 'server-busy', 'internal'])('holds no sentence of a failure: %s', (code) => {
    const { lines, ends } = scene();
    ends({ kind: 'failed', failure: { ...failure, code, message: 'Etwas ging schief.' } });
    expect(lines).toEqual([`warn  share failed share=${ID} code=${code} request=TX1`]);
  });

  it('is known while it changes, and forgotten once very many others have changed since', () => {
    const { lines, changes } = scene();
    const ids = Array.from({ length: 5_000 }, (_, place) => place.toString(16).padStart(10, '0'));
    for (const id of ids) changes(uploading, id);
    changes(uploading, ids[0]);
    expect(lines).toHaveLength(5_000);
    changes(uploading, ID);
    changes(uploading, ids[0]);
    expect(lines).toHaveLength(5_001);
    changes(uploading, ids[1]);
    expect(lines).toHaveLength(5_002);
  });
});
