import type { Command } from 'commander';
import { asSandglassError, type SandglassError } from '../../shared/errors.ts';
import type { RequestedLife } from '../../shared/expiry.ts';
import type { Link } from '../share/link.ts';
import type { CommandContext } from './context.ts';
import { throwFirst } from './failures.ts';
import { addLifeOptions, lifeOf, type LifeFlags } from './life-option.ts';
import { describeBytes, describeEnd, linkJson, printable } from './link-output.ts';

interface ArrivedFlags extends LifeFlags {
  readonly json?: boolean;
}

/** An upload that was begun in time may be under way for so long after its link has ended; milliseconds. */
const LONGEST_UPLOAD_MS = 86_400_000;

export function addArrivedCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('arrived')
    .description('look whether others have uploaded, and print a link to what is new');
  addLifeOptions(command, 'as chosen with the invitation')
    .argument('[id...]', 'ids of invitations, or how they begin; all where none is given')
    .option('--json', 'print one JSON object')
    .action((ids: string[], flags: ArrivedFlags) => arrived(context, ids, flags));
}

async function arrived(context: CommandContext, ids: string[], flags: ArrivedFlags): Promise<void> {
  const asked = flags.expires !== undefined || flags.expiresIn !== undefined;
  const life = asked ? lifeOf(flags, '') : undefined;
  const { history, links } = await context.openRooms();
  const since = context.clock.now() - LONGEST_UPLOAD_MS;
  const wanted = ids.length > 0 ? ids : history.awaited(since).map(({ id }) => id);
  const { found, failures } = await lookAt(wanted, (id) => links.arrivals.of(id, life));
  const { terminal } = context;
  if (flags.json) terminal.out(JSON.stringify({ links: found.map(linkJson) }));
  for (const link of found) {
    if (!flags.json) terminal.out(link.url);
    const size = link.size === null ? '' : `, ${describeBytes(link.size)}`;
    terminal.say(
      `${printable(link.name)}${size}: has arrived; the link ${describeEnd(link, link.signedAt)}.`,
    );
  }
  if (found.length === 0 && failures.length === 0) terminal.say('Nothing new has arrived.');
  throwFirst(context, failures);
}

/** Each has its turn, whatever became of the one before. */
async function lookAt(ids: readonly string[], look: (id: string, life?: RequestedLife) => Promise<Link[]>) {
  const found: Link[] = [];
  const failures: SandglassError[] = [];
  for (const id of ids) {
    try {
      found.push(...(await look(id)));
    } catch (error) {
      failures.push(asSandglassError(error));
    }
  }
  return { found, failures };
}
