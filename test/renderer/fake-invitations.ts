import type { LifeChoice, ShareRow } from '../../src/shared/board.ts';
import type { ReadyInvitation } from '../../src/shared/invitation-view.ts';
import { done, preview, type FakeBridge, type Handlers } from './fake-bridge.ts';
import { awaited, share } from './shares.ts';

type InvitationRequests =
  | ('inviteByLink' | 'inviteByForm' | 'extendInvitation' | 'showInvitation')
  | ('copyInvitation' | 'saveUploadPage' | 'lookForArrivals');

/** Invites as main does: each makes a row that awaits; nothing ever arrives by itself. */
export function invitationHandlers(fake: FakeBridge): Pick<Handlers, InvitationRequests> {
  const made = (life: LifeChoice, name: string, given: Partial<ShareRow>, way: 'put' | 'form') => {
    const signedAt = Date.now();
    const { expiresAt } = preview(life, signedAt);
    const id = `${fake.rows.length}`.padStart(10, 'd');
    const row = share({
      ...{ id, name, signedAt, expiresAt, size: null, ...given },
      standing: awaited(expiresAt, way),
    });
    fake.rows = [row, ...fake.rows];
    return { ok: true, value: ready(row) } as const;
  };
  return {
    inviteByLink: ({ place, name, life }) => {
      const { bucket, prefix } = place ?? { bucket: 'family-album', prefix: '' };
      return made(life, name, { bucket, key: `${prefix}${name}` }, 'put');
    },
    inviteByForm: ({ place, folder, life }) => {
      const { bucket, prefix } = place ?? { bucket: 'family-album', prefix: '' };
      return made(life, folder || bucket, { bucket, key: `${prefix}${folder}/Xq3v/` }, 'form');
    },
    extendInvitation: ({ id }) => ({ ok: true, value: ready(rowWith(fake, id)) }),
    showInvitation: ({ id }) => ({ ok: true, value: ready(rowWith(fake, id)) }),
    copyInvitation: () => done,
    saveUploadPage: () => ({ ok: true, value: { saved: true } }),
    lookForArrivals: () => ({ ok: true, value: { arrived: 0 } }),
  };
}

function ready(row: ShareRow): ReadyInvitation {
  const { bucket, key, standing } = row;
  const at = `https://${bucket}.s3.eu-central-1.amazonaws.com/`;
  const signed = 'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date=20261124T010000Z&X-Amz-Signature=5161';
  const curl =
    standing.kind === 'awaited' && standing.way === 'form'
      ? `curl --fail-with-body --form-string 'key=${key}\${filename}' -F file=@FILE '${at}'`
      : `curl --fail-with-body -T FILE -H 'if-none-match: *' '${at}${key}?${signed}'`;
  return { row, curl, unchecked: null };
}

function rowWith(fake: FakeBridge, id: string): ShareRow {
  const row = fake.rows.find((each) => each.id === id);
  if (!row) throw new Error(`No share ${id}`);
  return row;
}
