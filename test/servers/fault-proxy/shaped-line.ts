import type { ProxyClock } from './clock.ts';

export interface LineOptions {
  /** For each direction, shared by all that is on the line. Default: no limit. */
  readonly bytesPerSecond?: number;
  /** How long a byte is under way, in milliseconds: half of a round trip. Default: 0. */
  readonly oneWayMs?: number;
  /**
   * How many bytes one request may have out before they are acknowledged, a round trip after they left. Default:
   * 4 MiB, as much as Linux lets a connection's send buffer grow (tcp_wmem).
   */
  readonly windowBytes?: number;
}

const PIECE_BYTES = 64 * 1024;
/** Timers are no finer than a millisecond, so the line may run so far ahead of the clock. */
const SLACK_MS = 5;
/** What a timer overslept is caught up, or a busy line would be narrower than it was told to be. */
const CATCH_UP_MS = 20;
/** A slow line hands over so much time's worth at once, not a whole chunk after a long silence. */
const PIECE_MS = 20;

/**
 * A line with a width and a length. Bytes are delayed by a constant, not one after the other, so that latency costs
 * no throughput beyond what the window costs on a real line. There is no slow start and no loss.
 */
export class ShapedLine {
  readonly oneWayMs: number;
  readonly #windowBytes: number;
  readonly #clock: ProxyClock;
  readonly #up = new Lane();
  readonly #down = new Lane();
  /** May be changed at any time; bytes that are under way keep their pace. */
  bytesPerSecond: number;

  constructor(clock: ProxyClock, options: LineOptions = {}) {
    this.#clock = clock;
    this.bytesPerSecond = options.bytesPerSecond ?? Infinity;
    this.oneWayMs = options.oneWayMs ?? 0;
    this.#windowBytes = options.windowBytes ?? 4 * 1024 ** 2;
  }

  /**
   * The same bytes at the line's pace. Where the line is long they leave at once, taken or not. Those that nobody
   * takes at the other end are lost. The signal ends it all.
   */
  carry(direction: 'up' | 'down', chunks: AsyncIterable<Buffer>, signal: AbortSignal): AsyncIterable<Buffer> {
    const paced = this.#paced(direction === 'up' ? this.#up : this.#down, chunks, signal);
    if (this.oneWayMs === 0) return paced;
    return new Flight(this.oneWayMs, this.#windowBytes, this.#clock).carry(paced, signal);
  }

  async *#paced(lane: Lane, chunks: AsyncIterable<Buffer>, signal: AbortSignal): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      for (let at = 0; at < chunk.length;) {
        const perPiece = Math.min(PIECE_BYTES, Math.ceil((this.bytesPerSecond * PIECE_MS) / 1000));
        const piece = chunk.subarray(at, at + perPiece);
        at += piece.length;
        await lane.pass(piece.length, this.bytesPerSecond, this.#clock, signal);
        yield piece;
      }
    }
  }
}

/** One direction of a line: one piece at a time, first come first served. */
class Lane {
  #freeAt = 0;
  #turn: Promise<void> = Promise.resolve();

  /** Settles when the piece has left. */
  async pass(bytes: number, bytesPerSecond: number, clock: ProxyClock, signal: AbortSignal): Promise<void> {
    if (bytesPerSecond === Infinity) return;
    const before = this.#turn;
    const left = before.then(async () => {
      signal.throwIfAborted();
      this.#freeAt = Math.max(this.#freeAt, clock.now() - CATCH_UP_MS) + (bytes * 1000) / bytesPerSecond;
      const ahead = this.#freeAt - clock.now();
      if (ahead > SLACK_MS) await clock.sleep(ahead, signal);
    });
    this.#turn = left.catch(() => undefined);
    await left;
  }
}

/** The bytes of one request that have left and have not arrived, or are not yet known to have arrived. */
class Flight {
  readonly #oneWayMs: number;
  readonly #windowBytes: number;
  readonly #clock: ProxyClock;
  readonly #inAir: { readonly piece: Buffer; readonly dueAt: number }[] = [];
  readonly #unacknowledged: { readonly bytes: number; readonly at: number }[] = [];
  #outBytes = 0;
  #allLeft = false;
  #isAbandoned = false;
  #tell: () => void = () => undefined;

  constructor(oneWayMs: number, windowBytes: number, clock: ProxyClock) {
    this.#oneWayMs = oneWayMs;
    this.#windowBytes = windowBytes;
    this.#clock = clock;
  }

  carry(pieces: AsyncIterable<Buffer>, signal: AbortSignal): AsyncIterable<Buffer> {
    const departed = this.#load(pieces, signal);
    // Told by `landed`, when what left before has landed.
    departed.catch(() => undefined);
    return this.#landed(departed, signal);
  }

  async #load(pieces: AsyncIterable<Buffer>, signal: AbortSignal): Promise<void> {
    try {
      for await (const piece of pieces) {
        signal.throwIfAborted();
        if (this.#isAbandoned) continue;
        await this.#room(piece.length, signal);
        const now = this.#clock.now();
        this.#inAir.push({ piece, dueAt: now + this.#oneWayMs });
        this.#unacknowledged.push({ bytes: piece.length, at: now + 2 * this.#oneWayMs });
        this.#outBytes += piece.length;
        this.#tell();
      }
    } finally {
      this.#allLeft = true;
      this.#tell();
    }
  }

  async *#landed(departed: Promise<void>, signal: AbortSignal): AsyncGenerator<Buffer> {
    try {
      for (;;) {
        const next = this.#inAir.shift();
        if (next !== undefined) {
          const ahead = next.dueAt - this.#clock.now();
          if (ahead > 0) await this.#clock.sleep(ahead, signal);
          yield next.piece;
        } else if (this.#allLeft) break;
        else await new Promise<void>((resolve) => (this.#tell = resolve));
      }
      await departed;
    } finally {
      this.#isAbandoned = true;
    }
  }

  async #room(bytes: number, signal: AbortSignal): Promise<void> {
    for (;;) {
      const now = this.#clock.now();
      while ((this.#unacknowledged[0]?.at ?? Infinity) <= now) {
        this.#outBytes -= this.#unacknowledged.shift()?.bytes ?? 0;
      }
      const [first] = this.#unacknowledged;
      if (first === undefined || this.#outBytes + bytes <= this.#windowBytes) return;
      await this.#clock.sleep(first.at - now, signal);
    }
  }
}
