import type { Command } from 'commander';
import { SandglassError } from '../../shared/errors.ts';
import type { Ending } from '../share/end-of-life.ts';
import type { LifecycleChange, LifecyclePreview, OwnRule } from '../share/lifecycle.ts';
import { parseFolder } from './browse-command.ts';
import { addConnectionOptions, connect, type ConnectionFlags } from './connection.ts';
import type { CommandContext } from './context.ts';
import { throwFirst } from './failures.ts';
import { printable } from './link-output.ts';

interface LifecycleFlags extends ConnectionFlags {
  readonly days: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** A day more than the longest link lives. */
const USUAL_DAYS = '8';

/** `sweep` and `lifecycle`: what ends with its link, while Sandglass runs and while it does not. */
export function addEndingCommands(program: Command, context: CommandContext): void {
  program
    .command('sweep')
    .description('delete what was shared with --gone-at-end and whose link has ended')
    .action(async () => {
      const { endOfLife } = await context.openRooms();
      const endings = await endOfLife.sweep();
      if (endings.length === 0) context.terminal.say('Nothing has ended.');
      for (const ending of endings) if (!ending.failure) context.terminal.say(describeEnding(ending));
      throwFirst(
        context,
        endings.flatMap(({ failure }) => failure ?? []),
      );
    });
  addLifecycleCommand(program, context);
}

const DID: Readonly<Record<Exclude<Ending['did'], 'failed'>, string>> = {
  deleted: 'its link has ended, and it is deleted',
  hidden: 'its link has ended, and it is deleted; the bucket keeps an older version of it',
  'gone-already': 'its link has ended; somebody had deleted it before',
  'not-ours': 'its link has ended, but something else lies under its key by now, which is left alone',
  'not-yet': 'its link has not ended by the server’s clock',
};

function describeEnding({ record, did }: Ending): string {
  return `${printable(record.name)}: ${did === 'failed' ? 'it could not be deleted' : DID[did]}.`;
}

function addLifecycleCommand(program: Command, context: CommandContext): void {
  const lifecycle = program
    .command('lifecycle')
    .description('rules by which the bucket itself deletes what was shared, also while no Sandglass runs');
  const ruled = (name: string, description: string) =>
    addConnectionOptions(
      lifecycle.command(name).description(description).argument('<s3-uri>', 's3://bucket/prefix/'),
    );
  ruled('show', 'show the rules that Sandglass has set')
    .option('--json', 'print one JSON object')
    .action(async (uri: string, flags: LifecycleFlags) => {
      const { rules } = await open(context, uri, flags);
      const { own, others } = await rules.show();
      const { terminal } = context;
      if (flags.json) terminal.out(JSON.stringify({ rules: own, others }));
      else for (const rule of own) terminal.out(describeRule(rule));
      terminal.say(`${own.length} of Sandglass’s rules, ${others} of others.`);
    });
  ruled('set', 'show the rule for a prefix, ask, and set it')
    .option('--days <days>', 'whole days after the upload', USUAL_DAYS)
    .option('--yes', 'do not ask')
    .action(async (uri: string, flags: LifecycleFlags) => {
      const { rules, prefix } = await open(context, uri, flags);
      const preview = await rules.preview(prefix, Number(flags.days));
      describePreview(context, preview);
      await confirm(context, flags, 'Set this rule?');
      tell(context, await rules.put(preview.wanted), 'The rule is set.');
    });
  ruled(
    'remove',
    'take Sandglass’s rule for a prefix away, or all of its rules where no prefix is named',
  ).action(async (uri: string, flags: LifecycleFlags) => {
    const { rules, prefix } = await open(context, uri, flags);
    const change = await rules.remove(prefix === '' ? undefined : prefix);
    tell(context, change, 'No such rule is set any more.');
  });
}

async function open(context: CommandContext, uri: string, flags: LifecycleFlags) {
  const { bucket, key: prefix } = parseFolder(uri);
  const rooms = await context.openRooms();
  const connection = await connect(flags, context, rooms);
  return { prefix, rules: await rooms.lifecycleOf({ ...connection, bucket }) };
}

function describeRule({ prefix, days, abortDays, endsVersions }: OwnRule): string {
  const versions = endsVersions ? '; older versions go a day after they were replaced' : '';
  return `${printable(prefix)}: deleted ${count(days, 'day')} after the upload${versions}; parts of uploads that never ended are dropped after ${count(abortDays, 'day')}`;
}

function describePreview({ terminal }: CommandContext, { wanted, inPlace, others }: LifecyclePreview): void {
  terminal.say(`${inPlace ? 'Is changed' : 'Is added'}: ${describeRule(wanted)}.`);
  if (inPlace) terminal.say(`Is there now: ${describeRule(inPlace)}.`);
  terminal.say(
    'It holds for everything under that prefix, whoever uploads it; the days end at midnight UTC.',
  );
  if (wanted.days < 7) terminal.say('Links that live longer than that will end with their object.');
  terminal.say(
    `${count(others, 'rule')} of others ${others === 1 ? 'stays' : 'stay'} letter for letter. The server replaces all rules at once: nobody else should change them in the same moment.`,
  );
}

async function confirm(
  { terminal }: CommandContext,
  { yes }: LifecycleFlags,
  question: string,
): Promise<void> {
  if (yes) return;
  const answer = terminal.interactive ? await terminal.ask(`${question} [y/N] `, false) : '';
  if (/^y(es)?$/i.test(answer.trim())) return;
  throw new SandglassError('bad-usage', 'Nothing was changed.', {
    next: terminal.interactive ? 'Answer y to set it.' : 'Where nobody can be asked, say --yes.',
  });
}

function tell(
  { terminal }: CommandContext,
  { own, others, isConfirmed }: LifecycleChange,
  done: string,
): void {
  const now = `${own.length} of Sandglass’s rules, ${others} of others.`;
  const unsure =
    'The server still tells other rules: that may take minutes, or somebody changed them at the same time.';
  terminal.say(isConfirmed ? `${done} ${now}` : `${unsure} Look again: sandglass lifecycle show.`);
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
