/** The computer's own clock, passed in so that tests own time. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}
