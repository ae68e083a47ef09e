import type { Rounds, Turn } from './paired-rounds.ts';
import { median } from './statistics.ts';

/** A run of which starting is nearly all says nothing of what comes after it. */
const LEAST_SHARE = 0.1;

export type Quantity = (turn: Turn) => number;

export const wallSeconds: Quantity = ({ whole }) => whole.seconds;
export const cpuSeconds: Quantity = ({ whole }) => whole.cpuSeconds;
/** What is left of a turn once starting, and asking for one byte, is taken off; NaN where that is hardly anything. */
export const netSeconds: Quantity = ({ whole, startUp }) => {
  const net = whole.seconds - startUp.seconds;
  return net < LEAST_SHARE * whole.seconds ? NaN : net;
};
export const peakMib: Quantity = ({ whole }) => whole.peakMib;

/**
 * How many times as much of it the one took as the other: the median of the ratios of turns of the same round.
 * Null where one of them did not take part.
 */
export function ratio(rounds: Rounds, one: string, other: string, quantity: Quantity): number | null {
  const [left, right] = [rounds.turns.get(one), rounds.turns.get(other)];
  if (!left || !right) return null;
  return median(left.map((turn, round) => quantity(turn) / quantity(right[round]!)));
}
