import type { Outcome } from './ledger.ts';

/** Thrown where a request ends without an answer; says how its connection is closed. */
export class Ending extends Error {
  override readonly name = 'Ending';
  readonly outcome: Outcome;
  readonly how: 'RST' | 'FIN';

  constructor(outcome: Outcome, how: 'RST' | 'FIN') {
    super(`The request ended without an answer: ${outcome}.`);
    this.outcome = outcome;
    this.how = how;
  }
}

/** Thrown where the server is to see the end of a body before the end of the body. */
export class Truncation extends Error {
  override readonly name = 'Truncation';
}
