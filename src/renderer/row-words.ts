import type { Failure, ShareRow } from '../shared/board.ts';
import { tellMoment, tellProgress, tellSize, tellSpeed, tellTime } from './telling.ts';
import { words } from './words.ts';

/** How a line is to be read: at ease, as a warning, as a failure, or as over. */
export type Tone = 'calm' | 'good' | 'warning' | 'failure' | 'over';

export interface RowLine {
  readonly text: string;
  readonly tone: Tone;
  /** Why something is as it is: that may take two lines, for a reason that is cut short is none. */
  readonly isReason?: boolean;
}

/**
 * What a row says beneath its name, line by line.
 * @param now the server's clock, in milliseconds since 1970
 * @param wasCopied whether this window has put its link on the clipboard
 */
export function rowLines(row: ShareRow, now: number, wasCopied = false): readonly RowLine[] {
  const { standing } = row;
  switch (standing.kind) {
    case 'uploading':
      return standing.restarted
        ? [{ text: words.standing.restarted, tone: 'warning' }]
        : [{ text: wasCopied ? words.standing.copiedEarly : words.standing.worksLater, tone: 'calm' }];
    case 'paused':
      return standing.reason
        ? [{ ...failed(standing.reason, words.standing.pausedBecause), tone: 'warning' }]
        : [{ text: words.standing.paused, tone: 'over' }];
    case 'interrupted':
      return [{ text: words.standing.interrupted, tone: 'warning' }];
    case 'live':
      return liveLines(row, standing.probe, now);
    case 'failed':
      return standing.failure
        ? [failed(standing.failure, words.standing.failedBecause)]
        : [{ text: words.standing.failed, tone: 'failure' }];
    case 'cancelled':
      return [{ text: joined(words.standing.cancelled, sizeOf(row)), tone: 'over' }];
    case 'revoked':
      return [{ text: words.standing.revoked, tone: 'over' }];
  }
}

/** What can be done about a failure that the row tells of; null where it tells of none, or nothing can. */
export function rowAdvice({ standing }: ShareRow): string | null {
  if (standing.kind === 'failed') return standing.failure?.next ?? null;
  if (standing.kind === 'paused') return standing.reason?.next ?? null;
  return standing.kind === 'live' && standing.probe.kind === 'dead' ? standing.probe.failure.next : null;
}

type Probe = Extract<ShareRow['standing'], { kind: 'live' }>['probe'];

function liveLines(row: ShareRow, probe: Probe, now: number): readonly RowLine[] {
  if (now >= row.expiresAt) {
    return [
      { text: joined(words.standing.ended(tellMoment(row.expiresAt, now)), sizeOf(row)), tone: 'over' },
    ];
  }
  const left = words.time.left(tellTime(row.expiresAt - now));
  const limit = row.limitedBy && words.standing.limitedBy[row.limitedBy];
  const first: RowLine = { text: joined(left, sizeOf(row), limit), tone: 'calm' };
  return probe.kind === 'dead' ? [first, failed(probe.failure, words.standing.dead)] : [first];
}

/** What stands below a progress bar: bytes, and speed and time left once they can be told. */
export function progressWords(
  standing: Extract<ShareRow['standing'], { kind: 'uploading' | 'paused' }>,
): string {
  const progress = tellProgress(standing.sentBytes, standing.totalBytes);
  if (standing.kind === 'paused') return progress;
  if (standing.waits) return joined(progress, words.standing.waits);
  if (standing.sentBytes >= standing.totalBytes) return joined(progress, words.standing.finishing);
  if (standing.bytesPerSecond === null) return joined(progress, words.standing.starting);
  const left = standing.secondsLeft === null ? null : words.time.left(tellTime(standing.secondsLeft * 1000));
  return joined(progress, tellSpeed(standing.bytesPerSecond), left);
}

function failed({ message }: Failure, sentence: (why: string) => string): RowLine {
  return { text: sentence(message), tone: 'failure', isReason: true };
}

function sizeOf(row: ShareRow): string | null {
  return row.size === null ? null : tellSize(row.size);
}

function joined(...parts: readonly (string | null)[]): string {
  return parts.filter((part) => part !== null).join(' · ');
}
