import { createHash } from 'node:crypto';
import type { UploadInvitation } from './invitations.ts';

/** The field that says of what type a file is: S3 does not look at what the browser says of the file itself. */
const TYPE_FIELD = 'Content-Type';

/** What a person chooses from where a form takes all types of a kind; a page without scripts cannot look at the file. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  image: ['jpeg', 'png', 'gif', 'webp', 'avif', 'heic', 'svg+xml', 'tiff'],
  audio: ['mpeg', 'mp4', 'ogg', 'wav', 'flac'],
  video: ['mp4', 'webm', 'quicktime', 'x-matroska'],
  text: ['plain', 'csv', 'html', 'markdown'],
  application: ['pdf', 'zip', 'json', 'octet-stream'],
};

const STYLE = [
  'body { font: 1rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 3rem auto; padding: 0 1rem; }',
  'label, button { display: block; margin: 1rem 0; }',
  'button { font: inherit; padding: 0.4rem 1.2rem; }',
].join('\n');

export interface PageWords {
  /** When the form ends, for the reader. */
  readonly ends: string;
  /** The limits, in words; empty where there are none. */
  readonly limits: string;
}

/**
 * A page that a person opens to upload a file, in one file, without scripts, and with a policy that lets it load
 * nothing and send to the bucket alone. It holds what any form of the kind holds: the signed policy, which whoever has
 * the page may use.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTForms.html
 */
export function uploadPage({ url, sent, name, terms }: UploadInvitation, words: PageWords): string {
  const choosesType = terms.contentType?.endsWith('/*') ?? false;
  const hidden = Object.entries(sent)
    .filter(([field]) => !(choosesType && field === TYPE_FIELD))
    .map(([field, value]) => `<input type="hidden" name="${escaped(field)}" value="${escaped(value)}">`);
  const accept = terms.contentType === null ? '' : ` accept="${escaped(terms.contentType)}"`;
  return `${[
    '<!doctype html>',
    '<html lang="en">',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${escaped(contentPolicy(url))}">`,
    '<meta name="referrer" content="no-referrer">',
    '<meta name="viewport" content="width=device-width">',
    `<title>Upload to ${escaped(name)}</title>`,
    `<style>${STYLE}</style>`,
    `<h1>Upload to ${escaped(name)}</h1>`,
    `<p>${escaped([words.limits, words.ends].filter(Boolean).join(' '))}</p>`,
    `<form method="post" enctype="multipart/form-data" action="${escaped(url)}">`,
    ...hidden,
    ...(choosesType ? [typeChoice(terms.contentType ?? '')] : []),
    // What follows the file is not read.
    `<label>File <input type="file" name="file" required${accept}></label>`,
    '<button>Upload</button>',
    '</form>',
    '<p>Stay here until the server answers with the file’s address: then it has arrived.</p>',
    '</html>',
  ].join('\n')}\n`;
}

function contentPolicy(url: string): string {
  const style = createHash('sha256').update(STYLE).digest('base64');
  return `default-src 'none'; style-src 'sha256-${style}'; form-action ${new URL(url).origin}`;
}

function typeChoice(contentType: string): string {
  const [kind = ''] = contentType.split('/');
  const options = (KINDS[kind] ?? []).map((subtype) => `<option>${escaped(`${kind}/${subtype}`)}</option>`);
  if (options.length > 0)
    return `<label>Type <select name="${TYPE_FIELD}">${options.join('')}</select></label>`;
  const value = escaped(`${kind}/`);
  return `<label>Type <input name="${TYPE_FIELD}" value="${value}" required pattern="${value}.+"></label>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
