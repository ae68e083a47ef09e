import type { Socket } from 'node:net';

/** Ten segments, as a Linux connection begins (RFC 6928). */
const FIRST_WINDOW_BYTES = 10 * 1_460;
/** What fits into Linux's usual largest send buffer of 4 MiB (net.ipv4.tcp_wmem) beside its own bookkeeping. */
const LARGEST_WINDOW_BYTES = 3 * 1024 ** 2;
/** A connection that was silent for longer begins small again (net.ipv4.tcp_slow_start_after_idle), milliseconds. */
const IDLE_MS = 250;

/**
 * One direction of a connection over a long line that loses nothing. Each chunk arrives a constant time after it was
 * sent, and no more bytes are under way than TCP's window would let: it starts small, grows with every byte that is
 * acknowledged, and ends at what Linux's buffers hold. Without that, one connection would be as good as many.
 */
export class DelayedWay {
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #oneWayMs: number;
  #window = FIRST_WINDOW_BYTES;
  #underWay = 0;
  #lastSent = performance.now();

  /** @param oneWayMs milliseconds from one end to the other */
  constructor(from: Socket, to: Socket, oneWayMs: number) {
    this.#from = from;
    this.#to = to;
    this.#oneWayMs = oneWayMs;
  }

  open(): void {
    this.#from.on('data', (chunk: Buffer) => {
      this.#send(chunk);
    });
    this.#from.on('end', () => setTimeout(() => this.#to.end(), this.#oneWayMs));
    this.#from.resume();
  }

  #send(chunk: Buffer): void {
    const now = performance.now();
    if (this.#underWay === 0 && now - this.#lastSent > IDLE_MS) this.#window = FIRST_WINDOW_BYTES;
    this.#lastSent = now;
    this.#underWay += chunk.length;
    if (this.#underWay >= this.#window) this.#from.pause();
    setTimeout(() => {
      if (this.#to.destroyed) return;
      // Acknowledged once the far end has taken it, a way back later.
      this.#to.write(chunk, () => {
        setTimeout(() => {
          this.#acknowledge(chunk.length);
        }, this.#oneWayMs);
      });
    }, this.#oneWayMs);
  }

  #acknowledge(bytes: number): void {
    this.#underWay -= bytes;
    this.#window = Math.min(LARGEST_WINDOW_BYTES, this.#window + bytes);
    if (this.#underWay < this.#window) this.#from.resume();
  }
}
