/** One HTTP request as the sink sees it: what was said of the body, and how many bytes of it came. */
export interface SunkRequest {
  readonly method: string;
  /** Path and query, as they were sent. */
  readonly target: string;
  /** By lower-case name; of a repeated header the last. */
  readonly headers: ReadonlyMap<string, string>;
  /** Bytes of the body, chunked framing taken off. */
  readonly bodyBytes: number;
  /** The body's text where it is kept: of POST requests only, whose bodies are lists. */
  readonly text: string;
}

export interface RequestListener {
  /** The client waits for leave to send its body. */
  continue(): void;
  request(request: SunkRequest): void;
}

/** Where the reader stands: in a header, in a body of so many bytes more, or in chunked framing. */
type Place = 'head' | 'body' | 'chunk-size' | 'chunk' | 'chunk-end' | 'trailer';

const HEAD_END = Buffer.from('\r\n\r\n');
const LINE_END = Buffer.from('\r\n');

/**
 * Reads HTTP/1.1 requests from one connection and counts the bytes of their bodies without looking at them. Only what
 * S3 clients send is understood (RFC 9112): Content-Length, chunked bodies, Expect: 100-continue.
 */
export class RequestReader {
  readonly #listener: RequestListener;
  #place: Place = 'head';
  /** A head or a line that has not come whole yet; copied, as the buffer that is fed is used again. */
  #kept: Buffer = Buffer.alloc(0);
  #left = 0;
  #method = '';
  #target = '';
  #headers = new Map<string, string>();
  #bodyBytes = 0;
  #text: string[] = [];

  constructor(listener: RequestListener) {
    this.#listener = listener;
  }

  /** Takes what the socket gave; the buffer may be used again as soon as this returns. */
  feed(bytes: Buffer): void {
    for (let at = 0; at < bytes.length;) {
      at += this.#place === 'body' || this.#place === 'chunk' ? this.#skip(bytes, at) : this.#line(bytes, at);
    }
  }

  #skip(bytes: Buffer, at: number): number {
    const taken = Math.min(this.#left, bytes.length - at);
    if (this.#method === 'POST') this.#text.push(bytes.toString('latin1', at, at + taken));
    this.#bodyBytes += taken;
    this.#left -= taken;
    if (this.#left === 0) {
      if (this.#place === 'chunk') this.#place = 'chunk-end';
      else this.#finish();
    }
    return taken;
  }

  /** Takes a head or a line of chunked framing; what has not come whole is kept until more comes. */
  #line(bytes: Buffer, at: number): number {
    const before = this.#kept.length;
    const all = Buffer.concat([this.#kept, bytes.subarray(at)]);
    const mark = this.#place === 'head' ? HEAD_END : LINE_END;
    const end = all.indexOf(mark);
    if (end < 0) {
      this.#kept = all;
      return bytes.length - at;
    }
    this.#kept = Buffer.alloc(0);
    this.#understand(all.toString('latin1', 0, end));
    return end + mark.length - before;
  }

  #understand(line: string): void {
    if (this.#place === 'head') this.#begin(line);
    else if (this.#place === 'chunk-end') this.#place = 'chunk-size';
    else if (this.#place === 'chunk-size') {
      this.#left = Number.parseInt(line, 16);
      this.#place = this.#left === 0 ? 'trailer' : 'chunk';
    } else if (line === '') this.#finish();
  }

  #begin(head: string): void {
    const [first = '', ...lines] = head.split('\r\n');
    [this.#method = '', this.#target = ''] = first.split(' ');
    this.#headers = new Map(lines.map(nameAndValue));
    this.#bodyBytes = 0;
    this.#text = [];
    const chunked = this.#headers.get('transfer-encoding')?.toLowerCase() === 'chunked';
    this.#left = Number(this.#headers.get('content-length') ?? 0);
    if (this.#headers.get('expect')?.toLowerCase() === '100-continue') this.#listener.continue();
    if (chunked) this.#place = 'chunk-size';
    else if (this.#left > 0) this.#place = 'body';
    else this.#finish();
  }

  #finish(): void {
    this.#place = 'head';
    this.#listener.request({
      method: this.#method,
      target: this.#target,
      headers: this.#headers,
      bodyBytes: this.#bodyBytes,
      text: this.#text.join(''),
    });
  }
}

function nameAndValue(line: string): [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}
