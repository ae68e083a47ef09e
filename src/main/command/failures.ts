import type { SandglassError } from '../../shared/errors.ts';
import type { CommandContext } from './context.ts';
import { printable } from './link-output.ts';

/** What happened, what to do, and the id to ask with, on one line. @param who what it is said of */
export function describeFailure(
  { message, next, command, requestId }: SandglassError,
  who = 'sandglass',
): string {
  const id = requestId && `(request id ${requestId})`;
  return printable([`${who}: ${message}`, next, command, id].filter(Boolean).join(' '));
}

/** Says all failures but the first, and throws that one for the exit code. */
export function throwFirst({ terminal }: CommandContext, failures: readonly SandglassError[]): void {
  const [first, ...others] = failures;
  for (const other of others) terminal.say(describeFailure(other));
  if (first) throw first;
}
