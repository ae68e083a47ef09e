/** Where the sand stands in a glass 24 wide and 32 high, whose bulbs reach from 4 to 16 and from 16 to 28. */
export interface SandSurface {
  /** The upper sand's surface; 16, the neck, when all has run through. */
  readonly upper: number;
  /** The lower sand's surface; 28, the floor, while none has. */
  readonly lower: number;
}

export const NECK = 16;
export const BULB = 12;

/** Steps in which a glass is drawn: finer ones could not be seen, and would only cost. */
export const STEPS = 96;

/**
 * A bulb is taken as a triangle, in which the area grows with the square of the height: so the surface sinks slowly
 * at first and fast at the end, as it does in a real glass.
 * @param fraction what is left, from 1 to 0
 */
export function sandSurface(fraction: number): SandSurface {
  const height = BULB * Math.sqrt(Math.min(1, Math.max(0, fraction)));
  return { upper: round(NECK - height), lower: round(NECK + height) };
}

/** The fraction as it is drawn. The last grain lies there until the very end. */
export function drawnFraction(fraction: number): number {
  return Math.ceil(fraction * STEPS) / STEPS;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
