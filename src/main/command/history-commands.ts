import type { Command } from 'commander';
import { SandglassError } from '../../shared/errors.ts';
import { describeTimeLeft } from '../../shared/expiry.ts';
import { expiresAt, type ShareRecord } from '../history/share-record.ts';
import type { Link } from '../share/link.ts';
import type { CommandContext } from './context.ts';
import { addLifeOptions, lifeOf, type LifeFlags } from './life-option.ts';
import { describeBytes, describeEnd, isoDate, linkJson } from './link-output.ts';

const USUAL_LIFE = '24h';

/** The commands that work on what was shared: list, copy, extend, revoke, cancel. */
export function addHistoryCommands(program: Command, context: CommandContext): void {
  program
    .command('list')
    .description('show what was shared, newest first')
    .option('--json', 'print one JSON object')
    .action(async (flags: { json?: boolean }) => {
      await listShares(context, flags.json === true);
    });
  program
    .command('copy')
    .description('print the link of a share again, letter for letter')
    .argument('<id>', 'the share’s id, or how it begins')
    .option('--json', 'print one JSON object')
    .action(async (id: string, flags: { json?: boolean }) => {
      const { links } = await context.openRooms();
      printLink(context, await links.copy(id), flags.json, context.clock.now());
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
      context.terminal.say(`${record.name} is deleted from “${record.location.bucket}”; its links are dead.`);
    });
  program
    .command('cancel')
    .description('end an upload that is under way or was interrupted')
    .argument('<id...>', 'ids of shares, or how they begin')
    .action(async (ids: string[]) => {
      const { links } = await context.openRooms();
      for (const id of ids) {
        const { name } = await links.cancel(id);
        context.terminal.say(`${name}: the upload is cancelled; nothing of it is left in the bucket.`);
      }
    });
}

async function askBeforeDeleting({ terminal }: CommandContext, record: ShareRecord): Promise<void> {
  const question = `Delete ${record.key} from “${record.location.bucket}”? [y/N] `;
  const answer = terminal.interactive ? await terminal.ask(question, false) : '';
  if (/^y(es)?$/i.test(answer.trim())) return;
  throw new SandglassError('bad-usage', 'Nothing was deleted.', {
    next: terminal.interactive ? 'Answer y to delete.' : 'Where nobody can be asked, say --yes.',
  });
}

function printLink({ terminal }: CommandContext, link: Link, json: boolean | undefined, now: number): void {
  terminal.out(json ? JSON.stringify({ links: [linkJson(link)] }) : link.url);
  terminal.say(`${link.name}: the link ${describeEnd(link, now)}.`);
}

async function listShares(context: CommandContext, json: boolean): Promise<void> {
  const { history } = await context.openRooms();
  const records = history.list();
  if (json) {
    context.terminal.out(JSON.stringify({ shares: records.map(recordJson) }));
    return;
  }
  if (records.length === 0) context.terminal.say('Nothing was shared yet.');
  const now = context.clock.now();
  for (const record of records) {
    const size = record.size === null ? '' : describeBytes(record.size);
    context.terminal.out(
      [record.id, describeStatus(record, now).padEnd(20), size.padStart(10), record.name].join('  '),
    );
  }
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
