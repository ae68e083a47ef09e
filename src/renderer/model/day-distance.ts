/** Which words a moment needs beside its time of day. */
export type DayDistance = 'yesterday' | 'today' | 'tomorrow' | 'this-week' | 'this-year' | 'other-year';

/** By this computer's calendar. @param at and @param now in milliseconds since 1970 */
export function dayDistance(at: number, now: number): DayDistance {
  const days = Math.round((startOfDay(at) - startOfDay(now)) / 86_400_000);
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  if (days === -1) return 'yesterday';
  if (days > 0 && days < 7) return 'this-week';
  return new Date(at).getFullYear() === new Date(now).getFullYear() ? 'this-year' : 'other-year';
}

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** What a `datetime-local` field holds for a moment: local time, to the minute. @param at milliseconds since 1970 */
export function localFieldValue(at: number): string {
  const date = new Date(at);
  const two = (part: number) => String(part).padStart(2, '0');
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The moment that a `datetime-local` field means, in milliseconds since 1970; null while it is incomplete. */
export function momentOfField(value: string): number | null {
  const at = value === '' ? NaN : new Date(value).getTime();
  return Number.isNaN(at) ? null : at;
}
