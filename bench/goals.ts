import { netSeconds, ratio, wallSeconds, type Quantity } from './comparison.ts';
import type { Rounds } from './paired-rounds.ts';
import { US } from './rivals/sandglass.ts';

/** Something that was to be reached, and what was. */
export interface Goal {
  readonly asked: string;
  readonly found: string;
  readonly met: boolean | null;
}

/** The most that a quantity may come to. */
export function atMost(asked: string, value: number, limit: number, unit: string): Goal {
  return { asked, found: `${value.toFixed(1)} ${unit}`, met: value <= limit };
}

/**
 * We are at least so many times as fast as a rival. Whole runs decide; what is left without starting is told beside
 * it, so that nobody seems fast for starting fast.
 */
export function timesAsFast(rounds: Rounds, rival: string, times: number): Goal {
  const whole = ratio(rounds, rival, US, wallSeconds);
  const net = ratio(rounds, rival, US, netSeconds);
  const asked = `at least ${times} × the throughput of ${rival}`;
  if (whole === null || net === null) return { asked, found: 'not measured', met: null };
  const found = `${whole.toFixed(2)} × (${Number.isNaN(net) ? 'nearly all of it' : `${net.toFixed(2)} × without`} start-up)`;
  return { asked, found, met: whole >= times };
}

/** We take at most such a share of what a rival takes. */
export function shareOf(rounds: Rounds, rival: string, share: number, what: string, of: Quantity): Goal {
  const found = ratio(rounds, US, rival, of);
  const asked = `at most ${share} × the ${what} of ${rival}`;
  if (found === null) return { asked, found: 'not measured', met: null };
  return { asked, found: `${found.toFixed(2)} ×`, met: found <= share };
}
