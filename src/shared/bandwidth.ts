import { SandglassError } from './errors.ts';

/** From a minute of the day on, by this computer's clock, so many bytes a second; null for as many as there are. */
export interface BandwidthStep {
  readonly fromMinute: number;
  readonly bytesPerSecond: number | null;
}

/** What uploads may take of the line, by the time of day, earliest first. None at all means no limit. */
export type BandwidthPlan = readonly BandwidthStep[];

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };
const SPEED = /^(?:off|(\d+(?:\.\d+)?)([kmg]?)(?:i?b?(?:\/s)?)?)$/i;
const TIME = /^([01]?\d|2[0-3]):([0-5]\d)$/;

/** The limit at a moment, in bytes a second; null for none. Before the first step of a day the last one holds. */
export function limitAt(plan: BandwidthPlan, now: Date): number | null {
  const minute = now.getHours() * 60 + now.getMinutes();
  const begun = plan.findLast(({ fromMinute }) => fromMinute <= minute);
  return (begun ?? plan.at(-1))?.bytesPerSecond ?? null;
}

/**
 * Reads `2M` (bytes a second; k, M and G are powers of 1024), `off`, or a timetable as rclone writes it:
 * `08:00,512k 19:00,off`.
 * https://rclone.org/docs/#bwlimit-bwtimetable
 * @throws SandglassError bad-usage
 */
export function parseBandwidth(text: string): BandwidthPlan {
  const entries = text.trim().split(/\s+/);
  const [only = ''] = entries;
  if (entries.length === 1 && !only.includes(',')) {
    const bytesPerSecond = parseSpeed(only, text);
    return bytesPerSecond === null ? [] : [{ fromMinute: 0, bytesPerSecond }];
  }
  const plan = entries.map((entry): BandwidthStep => {
    const [time = '', speed = '', ...others] = entry.split(',');
    const [, hours, minutes] = TIME.exec(time) ?? [];
    if (hours === undefined || others.length > 0) throw unreadable(text);
    return { fromMinute: Number(hours) * 60 + Number(minutes), bytesPerSecond: parseSpeed(speed, text) };
  });
  return plan.sort((a, b) => a.fromMinute - b.fromMinute);
}

/** The text that `parseBandwidth` reads as this plan. */
export function describeBandwidth(plan: BandwidthPlan): string {
  const [first] = plan;
  if (!first) return 'off';
  if (plan.length === 1) return speedText(first.bytesPerSecond);
  return plan
    .map(({ fromMinute, bytesPerSecond }) => {
      const hours = String(Math.floor(fromMinute / 60)).padStart(2, '0');
      const minutes = String(fromMinute % 60).padStart(2, '0');
      return `${hours}:${minutes},${speedText(bytesPerSecond)}`;
    })
    .join(' ');
}

function speedText(bytesPerSecond: number | null): string {
  if (bytesPerSecond === null) return 'off';
  const unit = ['g', 'm', 'k'].find((one) => bytesPerSecond % (UNITS[one] ?? 1) === 0) ?? '';
  return `${bytesPerSecond / (UNITS[unit] ?? 1)}${unit === 'k' ? 'k' : unit.toUpperCase()}`;
}

function parseSpeed(speed: string, whole: string): number | null {
  const match = SPEED.exec(speed);
  if (!match) throw unreadable(whole);
  const [, amount, unit = ''] = match;
  if (amount === undefined) return null;
  const bytesPerSecond = Math.round(Number(amount) * (UNITS[unit.toLowerCase()] ?? 1));
  if (bytesPerSecond < 1) throw unreadable(whole);
  return bytesPerSecond;
}

function unreadable(text: string): SandglassError {
  return new SandglassError('bad-usage', `“${text}” is no speed.`, {
    next: 'Write bytes a second such as 512k or 2M, off, or a timetable: 08:00,512k 19:00,off.',
  });
}
