import type { UploadInvitation } from './invitations.ts';

/** What the person who uploads writes the name of their file, and where a form takes all types of a kind its type, in place of. */
const FILE = 'FILE';
const TYPE = 'TYPE';

/**
 * The line for a shell of POSIX's kind by which somebody else uploads, with everything that was signed. Whoever has it
 * may upload: it is as secret as the invitation itself.
 * https://curl.se/docs/manpage.html
 */
export function curlLine({ url, terms, sent }: UploadInvitation): string {
  if (terms.way === 'put') {
    const headers = Object.entries(sent).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`);
    // The target's name is not the file's: curl would append that only where the address ends with a slash.
    return ['curl --fail-with-body', `-T ${FILE}`, ...headers, quoted(url)].join(' ');
  }
  // --form-string takes a value as it is, where -F would read a file for one that begins with @ or <.
  const fields = Object.entries(sent).map(([name, value]) => {
    const chosen = name === 'Content-Type' && value.endsWith('/') ? TYPE : '';
    return `--form-string ${quoted(`${name}=${value}${chosen}`)}`;
  });
  return ['curl --fail-with-body', ...fields, `-F file=@${FILE}`, quoted(url)].join(' ');
}

/** One word for the shell, whatever is in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
