/**
 * Counts each byte of an upload once. A part that is sent again starts from nothing, but what a person was shown
 * never runs backwards: it waits until the part has caught up.
 */
export class ProgressMeter {
  readonly #inFlight = new Map<number, number>();
  #settled = 0;
  #shown = 0;

  /** More bytes of a part have gone out. */
  sent(partNumber: number, bytes: number): void {
    this.#inFlight.set(partNumber, (this.#inFlight.get(partNumber) ?? 0) + bytes);
  }

  /** The part failed or was stopped; its bytes do not count. */
  forget(partNumber: number): void {
    this.#inFlight.delete(partNumber);
  }

  /** The server has the part, of so many bytes. */
  settle(partNumber: number, bytes: number): void {
    this.#inFlight.delete(partNumber);
    this.#settled += bytes;
  }

  /** Bytes sent, to be shown. */
  get bytes(): number {
    let inFlight = 0;
    for (const bytes of this.#inFlight.values()) inFlight += bytes;
    this.#shown = Math.max(this.#shown, this.#settled + inFlight);
    return this.#shown;
  }
}
