import { expiresAt, type ShareRecord } from '../history/share-record.ts';
import type { Holding } from '../share/sharing.ts';

/** What becomes of an upload that an earlier process has left: its link is over, a person had paused it, or it goes on. */
export type Fate = 'over' | 'paused' | 'goes-on';

/**
 * The uploads that an earlier process of the app has left, and what becomes of each. Uploads of the command are the
 * command's own, and those of a process that runs are that one's.
 * @param now milliseconds since 1970, by the server's clock
 */
export function leftBehind(
  unfinished: readonly ShareRecord[],
  holding: Holding,
  now: number,
): { readonly id: string; readonly fate: Fate }[] {
  return unfinished
    .filter(
      ({ holder, status }) =>
        holder?.startsWith('app-') && !(status === 'uploading' && holding.lives(holder)),
    )
    .map((record) => {
      if (expiresAt(record) <= now) return { id: record.id, fate: 'over' };
      return { id: record.id, fate: record.pausedBytes === undefined ? 'goes-on' : 'paused' };
    });
}
