/** An element of an XML answer: its name, and text or further elements inside. */
export type XmlNode = readonly [name: string, content: string | number | boolean | readonly XmlNode[]];

/** What goes back to the client, before it is written to the wire. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** A text is sent with its length; chunks need a `Content-Length` among the headers. */
  readonly body: string | AsyncIterable<Uint8Array> | null;
}

export interface XmlAnswer extends Answer {
  readonly body: string;
}

/** What an `<Error>` document tells; `fields` are its further elements. */
export interface ErrorReport {
  readonly code: string;
  readonly status: number;
  readonly message: string;
  readonly fields: Readonly<Record<string, string | number>>;
}

export const S3_NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** An answer without a body. */
export function bare(status: number, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers, body: null };
}

/** A 200 with an XML document in S3's namespace. */
export function xml(root: string, content: readonly XmlNode[]): XmlAnswer {
  return xmlAnswer(200, `<${root} xmlns="${S3_NAMESPACE}">${content.map(written).join('')}</${root}>`);
}

/** The `<Error>` document, which unlike all others has no namespace. */
export function errorAnswer(error: ErrorReport, resource: string, requestId: string): XmlAnswer {
  const content: XmlNode[] = [
    ['Code', error.code],
    ['Message', error.message],
    ...Object.entries(error.fields),
    ['Resource', resource],
    ['RequestId', requestId],
  ];
  return xmlAnswer(error.status, written(['Error', content]));
}

/** A time in milliseconds as S3's documents write it. */
export function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

function xmlAnswer(status: number, root: string): XmlAnswer {
  const headers = { 'Content-Type': 'application/xml' };
  return { status, headers, body: `<?xml version="1.0" encoding="UTF-8"?>\n${root}` };
}

function written([name, content]: XmlNode): string {
  const inner = typeof content === 'object' ? content.map(written).join('') : escaped(String(content));
  return `<${name}>${inner}</${name}>`;
}

/** Control characters are escaped too: a parser may fold a bare carriage return in a key into a line feed. */
function escaped(text: string): string {
  return text.replace(/[&<>"]|\p{Cc}/gu, (character) => `&#x${character.charCodeAt(0).toString(16)};`);
}
