import { SandglassError } from '../../shared/errors.ts';
import { expiresAt, type ShareRecord } from '../history/share-record.ts';

/** Whether there is, or will be, an object behind the link. @throws SandglassError share-not-live */
export function assertThere(record: ShareRecord): void {
  if (record.status === 'live' || record.status === 'uploading') return;
  const why = {
    awaited: 'nobody has uploaded it yet',
    interrupted: 'its upload was interrupted',
    failed: 'its upload failed',
    cancelled: 'its upload was cancelled',
    revoked: 'its object was deleted',
    gone: 'its object was deleted when the link ended',
  }[record.status];
  throw new SandglassError('share-not-live', `There is nothing behind this link: ${why}.`, {
    next: 'Share the file again.',
  });
}

/** @param now milliseconds since 1970, by the server's clock @throws SandglassError share-not-live */
export function assertCopyable(record: ShareRecord, now: number): void {
  assertThere(record);
  if (now < expiresAt(record)) return;
  throw new SandglassError('share-not-live', 'This link has ended.', {
    next: 'Extend it for a new one to the same object.',
    command: `That is: sandglass extend ${record.id}.`,
  });
}

/** @throws SandglassError share-not-live for a form, which may have brought many objects, or none */
export function assertRevocable({ id, status, invitation }: ShareRecord): void {
  if (status !== 'awaited' || invitation?.way !== 'form') return;
  throw new SandglassError('share-not-live', 'A form cannot be taken back by deleting anything.', {
    next: 'Stop awaiting its files, and revoke those that have arrived; only rotating the key that signed it ends it before its time.',
    command: `That is: sandglass cancel ${id}.`,
  });
}

export function linkOver({ name }: ShareRecord): SandglassError {
  return new SandglassError('share-not-live', `The link to “${name}” has ended.`, {
    next: 'Share the file anew.',
  });
}

export function nothingToSend(record: ShareRecord): SandglassError {
  return new SandglassError('share-not-live', `There is no file to send again for “${record.name}”.`, {
    next: 'Share it again.',
  });
}

export function beingSent({ name }: ShareRecord): SandglassError {
  return new SandglassError('share-not-live', `“${name}” is being sent already.`, {
    next: 'Wait for it, or cancel it first.',
  });
}
