import { curlLine } from '../share/curl-line.ts';
import type { UploadInvitation } from '../share/invitations.ts';
import { isoDate, linkJson, localTime } from './link-output.ts';
import type { Terminal } from './terminal.ts';

/** An invitation as `--json` prints it. */
export function invitationJson(invitation: UploadInvitation) {
  const { id, url, bucket, key, signedAt, expiresAt, requestedExpiresAt, limitedBy } = linkJson(invitation);
  const { terms, sent } = invitation;
  const where = { id, url, bucket, key };
  const when = { signedAt, expiresAt, requestedExpiresAt, limitedBy };
  const curl = curlLine(invitation);
  const { contentType } = terms;
  if (terms.way === 'put') return { ...where, method: 'PUT', headers: sent, contentType, curl, ...when };
  const { minBytes: minSize, maxBytes: maxSize } = terms;
  return { ...where, method: 'POST', fields: sent, contentType, minSize, maxSize, curl, ...when };
}

/** The address, the fields of a form, and the line for a shell, each on a line of its own. */
export function printInvitation(terminal: Terminal, invitation: UploadInvitation, json = false): void {
  if (json) {
    terminal.out(JSON.stringify({ invitations: [invitationJson(invitation)] }));
    return;
  }
  terminal.out(invitation.url);
  if (invitation.terms.way === 'form') terminal.out(JSON.stringify(invitation.sent));
  terminal.out(curlLine(invitation));
}

/** That nothing takes back what was given out; empty where the invitation has ended. @param now milliseconds since 1970 */
export function stillOpen(uploadEndsAt: number | undefined, now: number): string {
  if (uploadEndsAt === undefined || uploadEndsAt <= now) return '';
  return (
    `Whoever was invited may still upload until ${localTime(uploadEndsAt)}: ` +
    'only rotating the key that signed the invitation ends it sooner.'
  );
}

/** What an invitation says of itself as JSON of a row. */
export function invitedJson(record: { readonly invitation?: UploadInvitation['terms'] | undefined }): object {
  const { invitation } = record;
  if (invitation === undefined) return {};
  return { invitation: { way: invitation.way, endsAt: isoDate(invitation.uploadEndsAt) } };
}
