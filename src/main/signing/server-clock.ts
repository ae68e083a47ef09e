import type { Clock } from '../../shared/clock.ts';

/** A Date header tells whole seconds only; differences below this many milliseconds are its own coarseness. */
const COARSENESS_MS = 2_000;

/** A shift of this many milliseconds shows in a countdown, and may make a short link dead. */
const NOTEWORTHY_MS = 30_000;

/**
 * Tells the server's time. S3 refuses what is signed more than 15 minutes off, and a link's life is measured by
 * the server's clock alone, so every answer's Date header teaches the offset between it and this computer's clock.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html#RESTAuthenticationTimeStamp
 */
export class ServerClock implements Clock {
  readonly #local: Clock;
  #offset = 0;

  constructor(local: Clock) {
    this.#local = local;
  }

  /** Milliseconds since 1970 as the server counts them; this computer's clock until a server was heard. */
  now(): number {
    return this.#local.now() + this.#offset;
  }

  /** How far the server's clock is ahead, in milliseconds. */
  get offset(): number {
    return this.#offset;
  }

  /** Whether the offset has moved so far since it was this that what was signed then must be signed again. */
  movedSince(offset: number): boolean {
    return Math.abs(this.#offset - offset) > NOTEWORTHY_MS;
  }

  /**
   * Call when a request leaves; call what it gives with the answer's Date header, and the offset is learned. It tells
   * whether the request was signed by a clock that has proved wrong. What is no date is ignored.
   */
  asking(): (date: string | null | undefined) => boolean {
    const sentAt = this.#local.now();
    const before = this.#offset;
    return (date) => {
      this.#learn(Date.parse(date ?? ''), sentAt);
      return this.movedSince(before);
    };
  }

  /** @param told milliseconds since 1970, or NaN @param sentAt when the request left, by this computer's clock */
  #learn(told: number, sentAt: number): void {
    if (Number.isNaN(told)) return;
    // The answer was dated between the request's leaving and now, in a second of which it tells only the beginning.
    const [least, most] = [told - this.#local.now(), told + 1000 - sentAt];
    if (least <= this.#offset && this.#offset <= most) return;
    const offset = Math.round((least + most) / 2);
    this.#offset = Math.abs(offset) < COARSENESS_MS ? 0 : offset;
  }
}
