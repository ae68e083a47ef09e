import type { Occasion } from './occasion.ts';

/** Which way the trouble strikes: on the way to the server, or on the way back. */
export type Way = 'request' | 'answer';

/** An answer's headers by name. A name in the wrong case still means the same header. */
export type HeaderValues = Readonly<Record<string, string>>;

/**
 * What the line, or somebody on it, does to one request. Bytes are bytes of the body. A cut that lies behind the
 * body's end strikes one byte before it: the one that was cut never has it whole.
 */
export type Fault =
  /** Waits: before anything of the request is forwarded, or with the server's answer in hand. */
  | { readonly kind: 'delay'; readonly way: Way; readonly ms: number }
  | { readonly kind: 'delay'; readonly way: Way; readonly until: Promise<unknown> }
  /** A line of its own for this request: so many bytes a second for its body, and so long for each way. */
  | { readonly kind: 'throttle'; readonly bytesPerSecond?: number; readonly oneWayMs?: number }
  /**
   * Takes so many bytes (default: none) and then reads nothing more until the promise settles; default: until the
   * client goes away. The server never has the whole body before. To withhold the answer to what the server does
   * have, delay the answer.
   */
  | { readonly kind: 'stall'; readonly afterBodyBytes?: number; readonly until?: Promise<unknown> }
  /** Slow loris: the whole answer, head included, in pieces of so many bytes (default: 1), one in every `everyMs`. */
  | { readonly kind: 'trickle'; readonly everyMs: number; readonly bytes?: number }
  /**
   * RST to the client. In the request: the server gets so many bytes (default: none) and an RST too. In the answer:
   * the client gets the head and so many bytes; of an answer without a body it gets nothing.
   */
  | { readonly kind: 'reset'; readonly way: Way; readonly afterBodyBytes?: number }
  /**
   * FIN in the middle. In the request: the server sees its end after so many bytes, and the client gets what the
   * server says to that. In the answer: the client gets the head and so many bytes, or nothing as above.
   */
  | { readonly kind: 'truncate'; readonly way: Way; readonly afterBodyBytes: number }
  /** Flips one bit of the byte at this place in the request's body (the last byte where the body is shorter). */
  | { readonly kind: 'flip'; readonly atByte: number }
  /**
   * Answers by itself; the server hears nothing. `drained` (default: true): takes in the whole body first. Where it
   * is false it answers at once and throws away what still comes.
   */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers?: HeaderValues;
      readonly body?: string;
      readonly drained?: boolean;
    }
  /** Changes the server's answer. The length is set right by itself where the body is changed. */
  | {
      readonly kind: 'rewrite';
      readonly status?: number;
      readonly set?: HeaderValues;
      readonly remove?: readonly string[];
      readonly body?: string | ((body: string) => string);
    }
  /** Waits until the server has done as it was asked, then resets the client's connection without an answer. */
  | { readonly kind: 'swallow' };

export type FaultKind = Fault['kind'];

/** Decides for each request what goes wrong; several faults work together. Null where nothing does. What it
 * throws is nobody's to catch and ends the test run. */
export type FaultScript = (occasion: Occasion) => Fault | readonly Fault[] | null;

/** The faults that strike one request. */
export class Faults {
  readonly all: readonly Fault[];

  constructor(decided: ReturnType<FaultScript>) {
    this.all = decided === null ? [] : isList(decided) ? decided : [decided];
  }

  /** The first of a kind; of those that strike on either way, the first on that way. */
  find<Kind extends FaultKind>(kind: Kind, way?: Way): Extract<Fault, { kind: Kind }> | undefined {
    return this.all.find(
      (fault): fault is Extract<Fault, { kind: Kind }> =>
        fault.kind === kind && (way === undefined || !('way' in fault) || fault.way === way),
    );
  }
}

function isList(decided: Fault | readonly Fault[]): decided is readonly Fault[] {
  return Array.isArray(decided);
}
