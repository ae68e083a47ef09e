import { InvalidArgumentError, type Command } from 'commander';
import { parseBandwidth, type BandwidthPlan } from '../../shared/bandwidth.ts';
import { asSandglassError, SandglassError } from '../../shared/errors.ts';
import { addConnectionOptions, checkedBucket, connect, type ConnectionFlags } from './connection.ts';
import type { CommandContext, Rooms } from './context.ts';
import { addDescriptionOptions, descriptionOf, type DescriptionFlags } from './description-option.ts';
import { addLifeOptions, lifeOf, type LifeFlags } from './life-option.ts';
import { UploadRun } from './upload-run.ts';

interface SendingFlags {
  readonly limitRate?: BandwidthPlan;
  readonly json?: boolean;
}

interface ShareFlags extends ConnectionFlags, LifeFlags, SendingFlags, DescriptionFlags {
  readonly bucket?: string;
  readonly prefix?: string;
  readonly again?: boolean;
  readonly goneAtEnd?: boolean;
}

const USUAL_LIFE = '24h';

/** No command waits for a week; what runs then is told. */
const GONE_AT_END =
  'It is deleted once the link has ended: by the app while that runs, by “sandglass sweep” (from cron, say), or by the bucket itself: sandglass lifecycle set.';

export function addShareCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('share')
    .description('upload files and print a link to each')
    .argument('<path...>', 'files')
    .option('--bucket <bucket>', 'the bucket; may be left out where the account names one')
    .option('--prefix <prefix>', 'where in the bucket');
  addSendingOptions(addDescriptionOptions(addConnectionOptions(addLifeOptions(command, USUAL_LIFE))))
    .option('--again', 'send a file also where it is named twice')
    .option('--gone-at-end', 'delete it from the bucket when its link ends')
    .action(async (paths: string[], flags: ShareFlags) => {
      await share(context, await openLine(context, flags), paths, flags);
    });
}

export function addResumeCommand(program: Command, context: CommandContext): void {
  addSendingOptions(
    program.command('resume').description('go on with uploads that were interrupted, or have failed'),
  )
    .argument('[id...]', 'ids of shares, or how they begin; all that were interrupted where none is given')
    .action(async (ids: string[], flags: SendingFlags) => {
      const rooms = await openLine(context, flags);
      const { history, sharing, sourceOf } = rooms;
      await new UploadRun(context, rooms, flags.json ?? false).run(() => {
        const records = ids.length > 0 ? ids.map((id) => history.find(id)) : interrupted(rooms);
        if (records.length === 0) context.terminal.say('Nothing was interrupted.');
        return records.map((record) => () => sharing.resume(record, sourceOf(record.origin)));
      });
    });
}

function addSendingOptions(command: Command): Command {
  return command
    .option(
      '--limit-rate <speed>',
      'at most so many bytes a second: 512k, 2M, or by the time of day, "08:00,512k 19:00,off"',
      parsedBandwidth,
    )
    .option('--json', 'print one JSON object when everything is uploaded');
}

function parsedBandwidth(text: string): BandwidthPlan {
  try {
    return parseBandwidth(text);
  } catch (error) {
    const { message, next } = asSandglassError(error);
    throw new InvalidArgumentError([message, next].filter(Boolean).join(' '));
  }
}

async function openLine(context: CommandContext, { limitRate }: SendingFlags): Promise<Rooms> {
  const rooms = await context.openRooms();
  if (limitRate) rooms.limitBandwidth(limitRate);
  return rooms;
}

/** Uploads whose process is gone, whatever has ended it. */
function interrupted({ history, holding }: Rooms) {
  return history
    .unfinished()
    .filter(({ status, holder }) => status === 'interrupted' || holder === null || !holding.lives(holder));
}

async function share(
  context: CommandContext,
  rooms: Rooms,
  paths: readonly string[],
  flags: ShareFlags,
): Promise<void> {
  await new UploadRun(context, rooms, flags.json ?? false).run(() => makersOf(context, rooms, paths, flags));
  if (flags.goneAtEnd) context.terminal.say(GONE_AT_END);
}

async function makersOf(context: CommandContext, rooms: Rooms, paths: readonly string[], flags: ShareFlags) {
  const life = lifeOf(flags, USUAL_LIFE);
  const description = descriptionOf(flags);
  const connection = await connect(flags, context, rooms);
  const bucket = flags.bucket ?? connection.bucket;
  if (bucket === undefined) {
    throw new SandglassError('bad-usage', 'No bucket is named.', {
      next: 'Name one with --bucket, or save it with the account: sandglass accounts add NAME --bucket B.',
    });
  }
  const destination = { ...connection, bucket: checkedBucket(bucket) };
  const { keyTemplate } = rooms.settings;
  const { again = false, goneAtEnd } = flags;
  const options = {
    life,
    keyTemplate,
    again,
    goneAtEnd,
    description,
    prefix: flags.prefix ?? connection.prefix,
  };
  return paths.map((path) => () => rooms.sharing.share(path, destination, options));
}
