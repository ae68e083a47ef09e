/** Units in which a person counts a link's life, in seconds. */
export const LIFE_UNITS = [60, 3600, 86_400] as const;
export type LifeUnit = (typeof LIFE_UNITS)[number];

const WEEK_SECONDS = 604_800;

/** Seconds from a typed amount; null where no link lives so long, or it is no amount. */
export function lifeInSeconds(amount: string, unit: LifeUnit): number | null {
  const seconds = /^\s*\d{1,5}\s*$/.test(amount) ? Number(amount) * unit : 0;
  return seconds >= 60 && seconds <= WEEK_SECONDS ? seconds : null;
}
