import { randomBytes } from 'node:crypto';
import type { ShareRecord } from '../history/share-record.ts';
import { planParts } from '../upload/part-plan.ts';

type Journal = NonNullable<ShareRecord['journal']>;

/** How a file is to be cut that nobody has sent yet, and a mark of its own. @param size bytes */
export function newJournal(size: number, uploadMark = randomBytes(16).toString('hex')): Journal {
  return { partSize: planParts(size).partSize, uploadMark };
}

/** The random piece of a share's key, 22 characters: the bytes of its mark, so that a record tells whether it has one. */
export function keyRandom(uploadMark: string): string {
  return Buffer.from(uploadMark, 'hex').toString('base64url');
}

/**
 * From when on whatever is uploaded to the share's key is the share's own, in milliseconds since 1970 by the server's
 * clock; null where chance did not make the key, and others may upload to it too.
 */
export function ownSince(record: Pick<ShareRecord, 'key' | 'journal' | 'sharedAt'>): number | null {
  const random = keyRandom(record.journal?.uploadMark ?? '');
  return random !== '' && record.key.includes(random) ? record.sharedAt : null;
}

/** How the file was cut, as long as it has the size it had. @param sizeNow bytes */
export function journalFor(
  { journal, size }: Pick<ShareRecord, 'journal' | 'size'>,
  sizeNow: number,
): Journal {
  if (journal !== null && size === sizeNow) return journal;
  return newJournal(sizeNow, journal?.uploadMark);
}
