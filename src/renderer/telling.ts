import type { LifeChoice, LifePreview } from '../shared/board.ts';
import { dayDistance } from './model/day-distance.ts';
import { largestUnit, toldSize, type SizeUnit } from './model/sizes.ts';
import { timePieces } from './model/time-left.ts';
import { words } from './words.ts';

/** Twelve or twenty-four hours as the system has it, whatever the language of the words. */
const hourCycle =
  new Intl.DateTimeFormat(undefined, { hour: 'numeric' }).resolvedOptions().hourCycle ?? 'h23';
const clockFace = new Intl.DateTimeFormat(words.language, { hour: 'numeric', minute: '2-digit', hourCycle });
const weekday = new Intl.DateTimeFormat(words.language, { weekday: 'short' });
const dayOfYear = new Intl.DateTimeFormat(words.language, { day: 'numeric', month: 'short' });
const fullDay = new Intl.DateTimeFormat(words.language, { day: 'numeric', month: 'short', year: 'numeric' });
const seconds = new Intl.DateTimeFormat(words.language, {
  dateStyle: 'medium',
  timeStyle: 'medium',
  hourCycle,
});
const decimals = [0, 1, 2].map(
  (digits) =>
    new Intl.NumberFormat(words.language, { minimumFractionDigits: 0, maximumFractionDigits: digits }),
);

/** `2 h 14 min`. @param ms milliseconds */
export function tellTime(ms: number): string {
  return timePieces(ms)
    .map(([amount, unit]) => `${amount} ${words.time.units[unit]}`)
    .join(' ');
}

/** `18:04` today, else with its day. @param at and @param now in milliseconds since 1970 */
export function tellMoment(at: number, now: number): string {
  const time = clockFace.format(at);
  switch (dayDistance(at, now)) {
    case 'today':
      return time;
    case 'tomorrow':
      return words.time.tomorrow(time);
    case 'yesterday':
      return words.time.yesterday(time);
    case 'this-week':
      return `${weekday.format(at)} ${time}`;
    case 'this-year':
      return `${dayOfYear.format(at)} ${time}`;
    case 'other-year':
      return `${fullDay.format(at)} ${time}`;
  }
}

/** The whole date with its seconds, for details. @param at milliseconds since 1970 */
export function tellExactly(at: number): string {
  return seconds.format(at);
}

/** `12.3 MB`. @param bytes a size */
export function tellSize(bytes: number): string {
  const { amount, digits, unit } = toldSize(bytes);
  return `${decimals[digits]?.format(amount) ?? amount} ${unit}`;
}

/** `12.3 of 200 MB`. Both in bytes. */
export function tellProgress(sent: number, total: number): string {
  const unit = largestUnit(total);
  return words.time.bytesOf(amountIn(sent, unit), amountIn(total, unit), unit);
}

function amountIn(bytes: number, unit: SizeUnit): string {
  const { amount, digits } = toldSize(bytes, unit);
  return decimals[digits]?.format(amount) ?? String(amount);
}

/** `8.1 MB/s`. @param bytes of one second */
export function tellSpeed(bytes: number): string {
  return words.time.perSecond(tellSize(bytes));
}

/** A choice as its button reads. @param now milliseconds since 1970 */
export function tellLife(life: LifeChoice, now: number): string {
  if (life.kind === 'until') return tellMoment(life.at, now);
  const usual: Readonly<Record<number, string>> = words.life.seconds;
  return usual[life.seconds] ?? words.life.otherSeconds(tellTime(life.seconds * 1000));
}

/** `10,000`. */
export function tellNumber(number: number): string {
  return decimals[0]?.format(number) ?? String(number);
}

/** When a link signed now would end, and why not when asked. @param now milliseconds since 1970 */
export function tellPreview(preview: LifePreview, now: number): string {
  const end = tellMoment(preview.expiresAt, now);
  const asked = tellMoment(preview.requestedExpiresAt, now);
  const sentence =
    preview.limitedBy === null || end === asked
      ? words.life.ends(end)
      : preview.limitedBy === 'credentials'
        ? words.life.endsWithCredentials(end, asked)
        : words.life.endsAtMaximum(end, asked);
  return preview.endUncertain ? `${sentence}, ${words.life.uncertain}` : sentence;
}
