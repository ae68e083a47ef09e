import type { UploadInvitation } from './invitations.ts';
import type { PageWords } from './upload-page.ts';

const UNITS = {
  /** As S3's consoles and most people count. */
  1000: ['B', 'kB', 'MB', 'GB'],
  1024: ['B', 'KiB', 'MiB', 'GiB'],
} as const;

/** What may be uploaded, in a sentence. */
export function describeLimits({ terms }: Pick<UploadInvitation, 'terms'>): string {
  const { contentType } = terms;
  const type = contentType === null ? 'Any type of file' : `Files of type ${contentType}`;
  if (terms.way === 'put') return `${type}.`;
  const least = terms.minBytes > 0 ? `from ${describeLimit(terms.minBytes)} ` : '';
  return `${type}, ${least}up to ${describeLimit(terms.maxBytes)} each.`;
}

/** What the page of a form says to those who open it. */
export function pageWords(invitation: Pick<UploadInvitation, 'terms' | 'expiresAt'>): PageWords {
  const end = new Date(invitation.expiresAt).toISOString().slice(0, 19).replace('T', ' ');
  return { ends: `This form works until ${end} UTC.`, limits: describeLimits(invitation) };
}

/** In the units in which it was asked for: in those that tell it without a point. @param bytes a limit */
function describeLimit(bytes: number): string {
  const [decimal, binary] = [inUnits(bytes, 1000), inUnits(bytes, 1024)];
  return decimal.power > binary.power ? decimal.text : binary.text;
}

function inUnits(bytes: number, base: keyof typeof UNITS): { readonly power: number; readonly text: string } {
  let [amount, power] = [bytes, 0];
  while (amount >= base && amount % base === 0 && power < 3) [amount, power] = [amount / base, power + 1];
  return { power, text: `${amount} ${UNITS[base][power] ?? 'B'}` };
}
