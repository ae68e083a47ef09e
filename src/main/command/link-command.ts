import type { Command } from 'commander';
import { overridesFor } from '../share/link-overrides.ts';
import { addConnectionOptions, connect, type ConnectionFlags } from './connection.ts';
import type { CommandContext } from './context.ts';
import { addLifeOptions, lifeOf, type LifeFlags } from './life-option.ts';
import { addOverrideOptions, wishesOf, type OverrideFlags } from './override-option.ts';
import { describeEnd, linkJson, printable } from './link-output.ts';
import { parsePlace } from './place.ts';

interface LinkFlags extends ConnectionFlags, LifeFlags, OverrideFlags {
  readonly versionId?: string;
  readonly json?: boolean;
}

/** As long as `aws s3 presign` gives. */
const USUAL_LIFE = '1h';

export function addLinkCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('link')
    .description('print a link to an object that is in a bucket already')
    .argument('<s3-uri>', 's3://bucket/key, or s3://ARN/key with the ARN of an access point');
  addConnectionOptions(addOverrideOptions(addLifeOptions(command, USUAL_LIFE)))
    .option('--version-id <id>', 'one version of the object, as sandglass ls --versions names it')
    .option('--json', 'print one JSON object')
    .action(async (uri: string, flags: LinkFlags) => {
      const { bucket, key } = parsePlace(uri);
      const life = lifeOf(flags, USUAL_LIFE);
      const overrides = overridesFor(key, wishesOf(flags));
      const rooms = await context.openRooms();
      const connection = await connect(flags, context, rooms);
      const destination = { ...connection, bucket };
      const { versionId } = flags;
      const { link, untried } = await rooms.links.link(destination, key, life, overrides, versionId);
      const { terminal } = context;
      terminal.out(flags.json ? JSON.stringify({ links: [linkJson(link)] }) : link.url);
      terminal.say(`${printable(link.name)}: the link ${describeEnd(link, link.signedAt)}.`);
      if (untried) terminal.say(`It could not be tried: ${untried.message}`);
    });
}
