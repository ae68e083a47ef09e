import { randomBytes } from 'node:crypto';
import type { ShareRecord } from '../history/share-record.ts';
import { planParts } from '../upload/part-plan.ts';

/** How the file was cut, as long as it has the size it had. @param sizeNow bytes */
export function journalFor(
  { journal, size }: Pick<ShareRecord, 'journal' | 'size'>,
  sizeNow: number,
): NonNullable<ShareRecord['journal']> {
  if (journal !== null && size === sizeNow) return journal;
  const uploadMark = journal?.uploadMark ?? randomBytes(16).toString('hex');
  return { partSize: planParts(sizeNow).partSize, uploadMark };
}
