import type { Failure, ShareRow } from '../shared/board.ts';
import { namedIn } from './model/shown-name.ts';
import { spokenMoment } from './model/time-left.ts';
import { tellExactly, tellMoment, tellProgress, tellSize, tellSpeed, tellTime } from './telling.ts';
import { words } from './words.ts';

/** How a line is to be read: at ease, as a warning, as a failure, or as over. */
export type Tone = 'calm' | 'good' | 'warning' | 'failure' | 'over';

export interface RowLine {
  readonly text: string;
  readonly tone: Tone;
  /** Why something is as it is: that may take two lines, for a reason that is cut short is none. */
  readonly isReason?: boolean;
  /** Whether a new link is offered beside it. */
  readonly offersLink?: boolean;
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
      return liveLines(row, standing, now);
    case 'awaited':
      return awaitedLines(standing, now);
    case 'failed':
      return standing.failure
        ? [failed(standing.failure, words.standing.failedBecause)]
        : [{ text: words.standing.failed, tone: 'failure' }];
    case 'cancelled':
      return [{ text: joined(words.standing.cancelled, sizeOf(row)), tone: 'over' }];
    case 'revoked':
      return [
        { text: standing.isHidden ? words.endings.revokedHidden : words.standing.revoked, tone: 'over' },
      ];
    case 'gone': {
      const { gone } = words.endings;
      return [{ text: gone[standing.how ?? 'underWay'](tellMoment(row.expiresAt, now)), tone: 'over' }];
    }
  }
}

/**
 * A row in one breath, as a screen reader says it: what changes many times a minute is left out.
 * @param now the server's clock, in milliseconds since 1970
 * @param wasCopied whether this window has put its link on the clipboard
 */
export function rowSummary(row: ShareRow, now: number, wasCopied: boolean): string {
  const { standing } = row;
  const end = standing.kind === 'awaited' ? standing.uploadEndsAt : row.expiresAt;
  const works = standing.kind === 'live' && standing.probe.kind === 'works' && now < end;
  const lines = rowLines(row, spokenMoment(end, now), wasCopied).map(({ text }) => text);
  return [namedIn(row.name), ...(works ? [words.standing.works] : []), ...lines].join('. ');
}

/** What can be done about a failure that the row tells of; null where it tells of none, or nothing can. */
export function rowAdvice({ standing, atEnd }: ShareRow): string | null {
  if (standing.kind === 'failed') return standing.failure?.next ?? null;
  if (standing.kind === 'paused') return standing.reason?.next ?? null;
  if (standing.kind === 'awaited') return standing.trouble?.next ?? null;
  if (atEnd?.failure) return joinedAdvice(atEnd.failure.next);
  if (standing.kind !== 'live') return null;
  return (standing.probe.kind === 'dead' ? standing.probe.failure : standing.remark)?.next ?? null;
}

function joinedAdvice(next: string | null): string {
  return [next, words.endings.triedAgain].filter((part) => part !== null).join(' ');
}

type Awaited = Extract<ShareRow['standing'], { kind: 'awaited' }>;
type Live = Extract<ShareRow['standing'], { kind: 'live' }>;

function liveLines(row: ShareRow, { probe, remark }: Live, now: number): readonly RowLine[] {
  if (now >= row.expiresAt) {
    const over = joined(words.standing.ended(tellMoment(row.expiresAt, now)), sizeOf(row), endOf(row, now));
    return [{ text: over, tone: 'over' }, ...aside(row)];
  }
  const left = words.time.left(tellTime(row.expiresAt - now));
  const limit = row.limitedBy && words.standing.limitedBy[row.limitedBy];
  const first: RowLine = { text: joined(left, sizeOf(row), limit, endOf(row, now)), tone: 'calm' };
  if (probe.kind === 'dead') return [first, failed(probe.failure, words.standing.dead)];
  if (row.offer !== undefined) return [first, ...aside(row)];
  return remark ? [first, { text: remark.message, tone: 'warning', isReason: true }] : [first];
}

/** What becomes of the object with its link; null where it stays. */
function endOf({ atEnd, expiresAt }: ShareRow, now: number): string | null {
  const goneAt = atEnd?.goneAt ?? null;
  if (goneAt === null) return null;
  if (now < expiresAt && goneAt <= expiresAt) return words.endings.thenDeleted;
  // An older link was given out that lives longer.
  return now < goneAt ? words.endings.deletedLater(tellMoment(goneAt, now)) : words.endings.toBeDeleted;
}

/** What is to be said beside how long the link lives. */
function aside({ atEnd, offer }: ShareRow): readonly RowLine[] {
  if (atEnd?.failure) return [{ ...failed(atEnd.failure, words.endings.notDeletedYet), tone: 'warning' }];
  if (atEnd?.isOurs === false) return [{ text: words.endings.notOurs, tone: 'warning' }];
  return offer ? [{ text: words.endings.offer[offer], tone: 'warning', offersLink: true }] : [];
}

/** Who may upload till when; or that nobody may any more. */
function awaitedLines({ way, uploadEndsAt, trouble }: Awaited, now: number): readonly RowLine[] {
  const { awaited } = words.standing;
  const unseen = trouble ? [{ ...failed(trouble, awaited.unseen), tone: 'warning' as const }] : [];
  const end = tellMoment(uploadEndsAt, now);
  if (now >= uploadEndsAt) return [{ text: awaited.ended[way](end), tone: 'over' }, ...unseen];
  const left = words.time.left(tellTime(uploadEndsAt - now));
  const first: RowLine = { text: joined(awaited.waits[way], left), tone: 'calm' };
  return [first, ...(trouble ? unseen : [{ text: awaited.who[way](end), tone: 'calm' as const }])];
}

/** For the details, what becomes of the object with its link, or became of it; null where the share did not upload it. */
export function tellEnd({ atEnd, standing }: ShareRow): string | null {
  const { details } = words.endings;
  if (standing.kind === 'gone') return standing.how === null ? null : details[standing.how];
  if (!atEnd || standing.kind === 'revoked' || standing.kind === 'cancelled') return null;
  if (!atEnd.isOurs) return details.notOurs;
  return atEnd.goneAt === null ? details.stays : details.goes(tellExactly(atEnd.goneAt));
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

/** That deleting takes no invitation back; null where none lives. @param now the server's clock, in milliseconds since 1970 */
export function stillInvited({ invitedUntil }: ShareRow, now: number): string | null {
  if (invitedUntil === undefined || invitedUntil <= now) return null;
  return words.revoke.stillInvited(tellMoment(invitedUntil, now));
}

/** What revoking does, and what it does not end. @param now as above */
export function tellRevoking(row: ShareRow, now: number): string {
  const what = words.revoke.body(namedIn(row.key), row.bucket);
  return [what, stillInvited(row, now) ?? []].flat().join(' ');
}
