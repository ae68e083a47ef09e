import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../../shared/clock.ts';
import type { Patience } from '../upload/ports.ts';

export const systemClock: Clock = { now: () => Date.now() };

/** Milliseconds of a clock that never runs backwards. */
export const steadyMs = () => performance.now();

export const systemPatience: Patience = {
  sleep: (ms, signal) => wait(ms, undefined, { signal }),
  random: () => Math.random(),
};
