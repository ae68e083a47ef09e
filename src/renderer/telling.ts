import type { LifeChoice, LifePreview } from '../shared/board.ts';
import type { Language } from '../shared/words/language.ts';
import { dayDistance } from './model/day-distance.ts';
import { largestUnit, toldSize, type SizeUnit } from './model/sizes.ts';
import { timePieces } from './model/time-left.ts';
import { words } from './words.ts';

const hoursOf = (language?: Language) =>
  new Intl.DateTimeFormat(language, { hour: 'numeric' }).resolvedOptions().hourCycle ?? 'h23';

/** Twelve or twenty-four hours as the system has it; but twelve only in a language that counts so. */
function hourCycleIn(language: Language): 'h11' | 'h12' | 'h23' | 'h24' {
  const own = hoursOf(language);
  return own === 'h23' ? own : hoursOf();
}

/** How numbers and moments are written in one language. */
function formatsOf(language: Language) {
  const hourCycle = hourCycleIn(language);
  const moment = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, options);
  return {
    clockFace: moment({ hour: 'numeric', minute: '2-digit', hourCycle }),
    weekday: moment({ weekday: 'short' }),
    dayOfYear: moment({ day: 'numeric', month: 'short' }),
    fullDay: moment({ day: 'numeric', month: 'short', year: 'numeric' }),
    seconds: moment({ dateStyle: 'medium', timeStyle: 'medium', hourCycle }),
    decimals: [0, 1, 2].map(
      (digits) =>
        new Intl.NumberFormat(language, { minimumFractionDigits: 0, maximumFractionDigits: digits }),
    ),
  };
}

const known = new Map<Language, ReturnType<typeof formatsOf>>();

/** Those of the language in use: each is worked out once, for a list asks for them at every turn. */
function formats(): ReturnType<typeof formatsOf> {
  const { language } = words;
  const found = known.get(language) ?? formatsOf(language);
  known.set(language, found);
  return found;
}

/** `2 h 14 min`. @param ms milliseconds */
export function tellTime(ms: number): string {
  return timePieces(ms)
    .map(([amount, unit]) => `${amount} ${words.time.units[unit]}`)
    .join(' ');
}

/** `18:04` today, else with its day. @param at and @param now in milliseconds since 1970 */
export function tellMoment(at: number, now: number): string {
  const { clockFace, weekday, dayOfYear, fullDay } = formats();
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
  return formats().seconds.format(at);
}

/** `12.3 MB`. @param bytes a size */
export function tellSize(bytes: number): string {
  const { amount, digits, unit } = toldSize(bytes);
  return `${formats().decimals[digits]?.format(amount) ?? amount} ${unit}`;
}

/** `12.3 of 200 MB`. Both in bytes. */
export function tellProgress(sent: number, total: number): string {
  const unit = largestUnit(total);
  return words.time.bytesOf(amountIn(sent, unit), amountIn(total, unit), unit);
}

function amountIn(bytes: number, unit: SizeUnit): string {
  const { amount, digits } = toldSize(bytes, unit);
  return formats().decimals[digits]?.format(amount) ?? String(amount);
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
  return formats().decimals[0]?.format(number) ?? String(number);
}

/** When a link signed now would end, and why not when asked. @param now milliseconds since 1970 */
export function tellPreview(preview: LifePreview, now: number): string {
  const end = tellMoment(preview.expiresAt, now);
  const asked = tellMoment(preview.requestedExpiresAt, now);
  const sentence =
    preview.limitedBy === null || end === asked
      ? words.life.ends(end)
      : {
          credentials: words.life.endsWithCredentials,
          maximum: words.life.endsAtMaximum,
          restore: words.endings.restored,
        }[preview.limitedBy](end, asked);
  return preview.endUncertain ? `${sentence}, ${words.life.uncertain}` : sentence;
}
