import type { Command } from 'commander';
import { asSandglassError, SandglassError } from '../../shared/errors.ts';
import { describeTimeLeft } from '../../shared/expiry.ts';
import { expiresAt, type ShareRecord } from '../history/share-record.ts';
import type { Link } from '../share/link.ts';
import type { Cancelled } from '../share/links.ts';
import type { CommandContext } from './context.ts';
import { addLifeOptions, lifeOf, type LifeFlags } from './life-option.ts';
import { throwFirst } from './failures.ts';
import { describeBytes, describeEnd, isoDate, linkJson, printable } from './link-output.ts';

interface ListFlags {
  readonly limit: string;
  readonly json?: boolean;
}

const USUAL_LIFE = '24h';

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
      const { links, history } = await context.openRooms();
      const link = await links.copy(id);
      printLink(context, link, flags.json, context.clock.now());
      if (history.find(link.id).status !== 'live') {
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
      const { links } = await context.openRooms();
      const link = await links.extend(id, life);
      printLink(context, link, flags.json, link.signedAt);
    });
  addEndingCommands(program, context);
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
      await links.revoke(record.id);
      context.terminal.say(
        `${printable(record.name)} is deleted from “${record.location.bucket}”; its links are dead.`,
      );
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

/** Each has its turn, whatever became of the one before. @throws SandglassError the first failure */
async function cancelShares(context: CommandContext, ids: readonly string[]): Promise<void> {
  const { links } = await context.openRooms();
  const failures: SandglassError[] = [];
  for (const id of ids) {
    try {
      const { record, left } = await links.cancel(id);
      context.terminal.say(`${printable(record.name)}: the upload is cancelled; ${LEFT[left](record.id)}`);
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

function printLink({ terminal }: CommandContext, link: Link, json: boolean | undefined, now: number): void {
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
  if (record.status !== 'live') return record.status;
  const left = expiresAt(record) - now;
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
  };
}
