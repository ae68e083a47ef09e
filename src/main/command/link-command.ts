import type { Command } from 'commander';
import { SandglassError } from '../../shared/errors.ts';
import { addConnectionOptions, checkedBucket, connect, type ConnectionFlags } from './connection.ts';
import type { CommandContext } from './context.ts';
import { addLifeOptions, lifeOf, type LifeFlags } from './life-option.ts';
import { describeEnd, linkJson, printable } from './link-output.ts';

interface LinkFlags extends ConnectionFlags, LifeFlags {
  readonly json?: boolean;
}

/** As long as `aws s3 presign` gives. */
const USUAL_LIFE = '1h';

export function addLinkCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('link')
    .description('print a link to an object that is in a bucket already')
    .argument('<s3-uri>', 's3://bucket/key');
  addConnectionOptions(addLifeOptions(command, USUAL_LIFE))
    .option('--json', 'print one JSON object')
    .action(async (uri: string, flags: LinkFlags) => {
      const { bucket, key } = parseS3Uri(uri);
      checkedBucket(bucket);
      const life = lifeOf(flags, USUAL_LIFE);
      const rooms = await context.openRooms();
      const connection = await connect(flags, context, rooms);
      const { link, untried } = await rooms.links.link({ ...connection, bucket }, key, life);
      const { terminal } = context;
      terminal.out(flags.json ? JSON.stringify({ links: [linkJson(link)] }) : link.url);
      terminal.say(`${printable(link.name)}: the link ${describeEnd(link, link.signedAt)}.`);
      if (untried) terminal.say(`It could not be tried: ${untried.message}`);
    });
}

/** @throws SandglassError bad-usage */
function parseS3Uri(uri: string): { bucket: string; key: string } {
  const parts = /^s3:\/\/([^/]+)\/(.+)$/s.exec(uri);
  const [, bucket, key] = parts ?? [];
  if (bucket !== undefined && key !== undefined) return { bucket, key };
  throw new SandglassError('bad-usage', 'That names no object.', { next: 'Write s3://bucket/key.' });
}
