import type { ShareRow } from '../../shared/board.ts';

export type ShareAction =
  | ('copy' | 'pause' | 'resume' | 'cancel' | 'retry' | 'extend' | 'revoke' | 'details')
  // Of what somebody else is to upload: look for it, show how, invite anew, and wait no more.
  | ('look' | 'show' | 'invite' | 'forsake');

/**
 * What can be done with a share as it stands, the likeliest first.
 * @param now the server's clock, in milliseconds since 1970
 */
export function shareActions(row: ShareRow, now: number): readonly ShareAction[] {
  switch (row.standing.kind) {
    case 'uploading':
      return ['copy', 'pause', 'cancel', 'details'];
    case 'paused':
      return ['resume', 'copy', 'cancel', 'details'];
    case 'interrupted':
      return ['resume', 'cancel', 'details'];
    case 'live':
      // The object stays when its link has ended: it can still be linked anew, or be deleted.
      return now >= row.expiresAt || row.offer === 'signer-gone'
        ? ['extend', 'revoke', 'details']
        : ['copy', 'extend', 'revoke', 'details'];
    case 'awaited':
      return awaitedActions(row.standing.way, now >= row.expiresAt);
    case 'failed':
      return ['retry', 'details'];
    case 'cancelled':
    case 'revoked':
    case 'gone':
      return ['details'];
  }
}

/** Of a form the address alone is of no use: it is shown, and copied there. */
function awaitedActions(way: 'put' | 'form', hasEnded: boolean): readonly ShareAction[] {
  // An upload that was begun in time may come after the end; a new invitation leads to the same place.
  if (hasEnded) return ['look', 'invite', 'forsake', 'details'];
  const given: readonly ShareAction[] = way === 'put' ? ['copy', 'look', 'show'] : ['show', 'look'];
  return [...given, 'invite', 'forsake', 'details'];
}

/** What a key means on a share that has the focus; null where it means nothing there. */
export function actionOfKey(
  { key, ctrlKey, metaKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>,
  actions: readonly ShareAction[],
): ShareAction | null {
  const meant = meaningsOf(key, ctrlKey || metaKey);
  return meant.find((action) => actions.includes(action)) ?? null;
}

function meaningsOf(key: string, withCommand: boolean): readonly ShareAction[] {
  if (withCommand) return key.toLowerCase() === 'c' ? ['copy'] : [];
  switch (key) {
    case 'Enter':
      return ['copy', 'show', 'details'];
    case ' ':
      return ['pause', 'resume'];
    case 'Delete':
    case 'Backspace':
      return ['revoke'];
    default:
      return [];
  }
}
