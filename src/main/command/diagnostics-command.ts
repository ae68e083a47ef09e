import type { Command } from 'commander';
import type { CommandContext } from './context.ts';

/** `diagnostics`: what a report of a fault needs. It opens nothing, so that it works where something is damaged. */
export function addDiagnosticsCommand(program: Command, { terminal, diagnosis }: CommandContext): void {
  program
    .command('diagnostics')
    .description(
      'print versions, settings and the app’s last log lines for a report, without keys, links and names',
    )
    .action(async () => {
      terminal.out((await diagnosis()).trimEnd());
    });
}
