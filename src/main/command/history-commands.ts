import type { Command } from 'commander';
import { asSandglassError, SandglassError } from '../../shared/errors.ts';
import { describeTimeLeft } from '../../shared/expiry.ts';
import { expiresAt, type ShareRecord } from '../history/share-record.ts';
import { isAwaited, type UploadInvitation } from '../share/invitations.ts';
import type { Link } from '../share/link.ts';
import type { Cancelled } from '../share/links.ts';
import type { CommandContext, Rooms } from './context.ts';
import { invitedJson, printInvitation, stillOpen } from './invitation-output.ts';
import { addLifeOptions, lifeOf, type LifeFlags } from './life-option.ts';
import { throwFirst } from './failures.ts';
import { describeBytes, describeEnd, isoDate, linkJson, localTime, printable } from './link-output.ts';

interface ListFlags {
  readonly limit: string;
  readonly json?: boolean;
}

const USUAL_LIFE = '24h';
const STILL_THERE =
  'The bucket keeps versions: its bytes stay until they are deleted there, and links to one version of it work until their own end.';

/** The commands that work on what was shared: list, copy, extend, revoke, cancel. */
export function addHistoryCommands(program: Command, context: CommandContext): void {
  program
    .command('list')
    .description('show what was shared, newest first')
    .option('--limit <number>', 'how many at the most', '100')
    .option('--json', 'print one JSON object')
    .action((flags: ListFlags) => listShares(context, flags));
  program
    .command('copy')
    .description('print the link of a share again, letter for letter')
    .argument('<id>', 'the share’s id, or how it begins')
    .option('--json', 'print one JSON object')
    .action(async (id: string, flags: { json?: boolean }) => {
      const rooms = await context.openRooms();
      const { links, history } = rooms;
      const link = (await arrivedSince(rooms, id)) ?? (await links.copy(id));
      printLink(context, link, flags.json, context.clock.now());
      if (!isInvitation(link) && history.find(link.id).status !== 'live') {
        context.terminal.say(
          'Its upload has not ended yet, or was broken off: the link works once the file is up.',
        );
      }
    });
  addLifeOptions(
    program
      .command('extend')
      .description('print a new link to the same object; the old one keeps its own end'),
    USUAL_LIFE,
  )
    .argument('<id>', 'the share’s id, or how it begins')
    .option('--json', 'print one JSON object')
    .action(async (id: string, flags: LifeFlags & { json?: boolean }) => {
      const life = lifeOf(flags, USUAL_LIFE);
      const { links, history } = await context.openRooms();
      const before = history.find(id);
      const link = await links.extend(before.id, life);
      printLink(context, link, flags.json, link.signedAt);
      if (expiresAt(before) > context.clock.now()) context.terminal.say(stillWorks(before));
    });
  addEndingCommands(program, context);
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html */
function stillWorks(before: ShareRecord): string {
  return `The link that was given out before works until ${localTime(expiresAt(before))} all the same; only deleting the object (sandglass revoke ${before.id}), or rotating the key that signed it, ends it sooner.`;
}

function addEndingCommands(program: Command, context: CommandContext): void {
  program
    .command('revoke')
    .description('delete the object, which ends every link to it')
    .argument('<id>', 'the share’s id, or how it begins')
    .option('--yes', 'do not ask')
    .action(async (id: string, flags: { yes?: boolean }) => {
      const { links, history } = await context.openRooms();
      const record = history.find(id);
      if (!flags.yes) await askBeforeDeleting(context, record);
      const { did } = await links.revoke(record.id);
      context.terminal.say(
        `${printable(record.name)} is deleted from “${record.location.bucket}”; its links are dead.`,
      );
      if (did === 'hidden') context.terminal.say(STILL_THERE);
      sayStillOpen(context, record);
    });
  program
    .command('cancel')
    .description('end an upload that is under way or was interrupted')
    .argument('<id...>', 'ids of shares, or how they begin')
    .action(async (ids: string[]) => {
      await cancelShares(context, ids);
    });
}

const LEFT: Readonly<Record<Cancelled['left'], (id: string) => string>> = {
  nothing: () => 'nothing of it is in the bucket.',
  object: (id) => `the file had arrived already; to delete it: sandglass revoke ${id}.`,
  unknown: () => 'its parts are dropped.',
};

function describeCancelled(record: ShareRecord, left: Cancelled['left']): string {
  if (record.status !== 'awaited') return `the upload is cancelled; ${LEFT[left](record.id)}`;
  return left === 'object' ? `is awaited no more; ${LEFT.object(record.id)}` : 'is awaited no more.';
}

/** Neither deleting nor forgetting takes an invitation back. */
function sayStillOpen({ terminal, clock }: CommandContext, { invitation }: ShareRecord): void {
  const open = stillOpen(invitation?.uploadEndsAt, clock.now());
  if (open !== '') terminal.say(open);
}

/** Each has its turn, whatever became of the one before. @throws SandglassError the first failure */
async function cancelShares(context: CommandContext, ids: readonly string[]): Promise<void> {
  const { links } = await context.openRooms();
  const failures: SandglassError[] = [];
  for (const id of ids) {
    try {
      const { record, left } = await links.cancel(id);
      context.terminal.say(`${printable(record.name)}: ${describeCancelled(record, left)}`);
      sayStillOpen(context, record);
    } catch (error) {
      failures.push(asSandglassError(error));
    }
  }
  throwFirst(context, failures);
}

async function askBeforeDeleting({ terminal }: CommandContext, record: ShareRecord): Promise<void> {
  const question = `Delete ${printable(record.key)} from “${record.location.bucket}”? [y/N] `;
  const answer = terminal.interactive ? await terminal.ask(question, false) : '';
  if (/^y(es)?$/i.test(answer.trim())) return;
  throw new SandglassError('bad-usage', 'Nothing was deleted.', {
    next: terminal.interactive ? 'Answer y to delete.' : 'Where nobody can be asked, say --yes.',
  });
}

/** A link to what somebody else has uploaded meanwhile; null where it is still awaited, or nobody can look. */
async function arrivedSince({ history, links }: Rooms, id: string): Promise<Link | null> {
  const record = history.find(id);
  if (!isAwaited(record) || record.invitation.way === 'form') return null;
  const [link = null] = await links.arrivals.of(record.id).catch(() => []);
  return link;
}

function isInvitation(link: Link): link is UploadInvitation {
  return 'terms' in link;
}

function printLink({ terminal }: CommandContext, link: Link, json: boolean | undefined, now: number): void {
  if (isInvitation(link)) {
    printInvitation(terminal, link, json);
    terminal.say(`${printable(link.name)}: still awaited; the invitation ${describeEnd(link, now)}.`);
    return;
  }
  terminal.out(json ? JSON.stringify({ links: [linkJson(link)] }) : link.url);
  terminal.say(`${printable(link.name)}: the link ${describeEnd(link, now)}.`);
}

async function listShares(context: CommandContext, flags: ListFlags): Promise<void> {
  const limit = Number(flags.limit);
  if (!Number.isInteger(limit) || limit < 1) {
    throw new SandglassError('bad-usage', '--limit takes a whole number.', { next: 'Write --limit 500.' });
  }
  const { history } = await context.openRooms();
  const { terminal } = context;
  const [records, more] = [history.list(limit), history.count() - limit];
  if (flags.json) terminal.out(JSON.stringify({ shares: records.map(recordJson) }));
  if (records.length === 0) terminal.say('Nothing was shared yet.');
  if (!flags.json) for (const record of records) terminal.out(listLine(record, context.clock.now()));
  if (more > 0) terminal.say(`There are ${more} more; --limit ${limit + more} shows them all.`);
}

function listLine(record: ShareRecord, now: number): string {
  const size = record.size === null ? '' : describeBytes(record.size);
  return [record.id, describeStatus(record, now).padEnd(20), size.padStart(10), printable(record.name)].join(
    '  ',
  );
}

function describeStatus(record: ShareRecord, now: number): string {
  const left = expiresAt(record) - now;
  if (record.status === 'awaited') return left > 0 ? `awaited, ${describeTimeLeft(left)}` : 'never arrived';
  if (record.status !== 'live') return record.status;
  return left > 0 ? `${describeTimeLeft(left)} left` : 'ended';
}

function recordJson(record: ShareRecord) {
  return {
    id: record.id,
    name: record.name,
    status: record.status,
    bucket: record.location.bucket,
    key: record.key,
    size: record.size,
    signedAt: isoDate(record.signedAt),
    expiresAt: isoDate(expiresAt(record)),
    requestedExpiresAt: isoDate(record.requestedExpiresAt),
    limitedBy: record.limitedBy,
    ...invitedJson(record),
  };
}
