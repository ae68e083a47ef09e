import type { ShareRow } from '../../shared/board.ts';

export type ShareAction = 'copy' | 'pause' | 'resume' | 'cancel' | 'retry' | 'extend' | 'revoke' | 'details';

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
      return now >= row.expiresAt ? ['extend', 'revoke', 'details'] : ['copy', 'extend', 'revoke', 'details'];
    case 'failed':
      return ['retry', 'details'];
    case 'cancelled':
    case 'revoked':
      return ['details'];
  }
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
      return ['copy', 'details'];
    case ' ':
      return ['pause', 'resume'];
    case 'Delete':
    case 'Backspace':
      return ['revoke'];
    default:
      return [];
  }
}
