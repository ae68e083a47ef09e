import { Command, CommanderError } from 'commander';
import { asSandglassError, withoutQueries } from '../../shared/errors.ts';
import { addAccountsCommand } from './accounts-command.ts';
import { addArrivedCommand } from './arrived-command.ts';
import type { CommandContext } from './context.ts';
import { EXIT, exitCodeOf } from './exit-codes.ts';
import { addDiagnosticsCommand } from './diagnostics-command.ts';
import { describeFailure } from './failures.ts';
import { addBrowseCommand } from './browse-command.ts';
import { addEndingCommands } from './ending-commands.ts';
import { addHistoryCommands } from './history-commands.ts';
import { addInspectCommand } from './inspect-command.ts';
import { addInviteCommand } from './invite-command.ts';
import { addLinkCommand } from './link-command.ts';
import { addResumeCommand, addShareCommand } from './share-command.ts';

/**
 * Runs `sandglass` with the arguments that follow its name, and yields the exit code. Never rejects.
 * Standard output holds links and JSON; everything else is said on standard error.
 */
export async function runCommand(args: readonly string[], context: CommandContext): Promise<number> {
  try {
    await commandTree(context).parseAsync(args, { from: 'user' });
    return EXIT.done;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    const failure = asSandglassError(error);
    context.terminal.say(describeFailure(failure));
    return exitCodeOf(failure.code);
  }
}

function commandTree(context: CommandContext): Command {
  const { terminal } = context;
  const program = new Command('sandglass')
    .description('Share files from your own S3 bucket with links that end.')
    .version(context.version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        terminal.out(text.trimEnd());
      },
      writeErr: (text) => {
        terminal.say(withoutValues(text.trimEnd()));
      },
    });
  addShareCommand(program, context);
  addResumeCommand(program, context);
  addLinkCommand(program, context);
  addBrowseCommand(program, context);
  addInviteCommand(program, context);
  addArrivedCommand(program, context);
  addInspectCommand(program, context);
  addHistoryCommands(program, context);
  addEndingCommands(program, context);
  addAccountsCommand(program, context);
  addDiagnosticsCommand(program, context);
  return program;
}

/** A key or a link that was typed into the wrong place is not repeated, since terminals and logs keep what is said. */
function withoutValues(text: string): string {
  return withoutQueries(text)
    .replace(/(but got \d+).*/s, '$1.')
    .replace(/(--[\w-]+)=[^']*/g, '$1=…');
}
