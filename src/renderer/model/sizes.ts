export const SIZE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;
export type SizeUnit = (typeof SIZE_UNITS)[number];

/** A size as it is told: three digits at the most, in decimal units as S3's bills count them. */
export interface ToldSize {
  readonly amount: number;
  /** Digits behind the point. */
  readonly digits: number;
  readonly unit: SizeUnit;
}

/**
 * @param bytes a size or, for a speed, the bytes of one second
 * @param unit the one to tell it in, so that “12 of 200 MB” need not name two
 */
export function toldSize(bytes: number, unit: SizeUnit = largestUnit(bytes)): ToldSize {
  const amount = bytes / 1000 ** SIZE_UNITS.indexOf(unit);
  return { amount, digits: unit === 'B' || amount >= 100 ? 0 : amount >= 10 ? 1 : 2, unit };
}

/** The unit in which a size has the fewest digits before the point. @param bytes */
export function largestUnit(bytes: number): SizeUnit {
  // 999,600 bytes would be told as “1000 kB” if it were rounded in the smaller unit.
  const power = bytes < 999.5 ? 0 : Math.floor(Math.log10(bytes * 1.0005) / 3);
  return SIZE_UNITS[Math.min(power, SIZE_UNITS.length - 1)] ?? 'B';
}
