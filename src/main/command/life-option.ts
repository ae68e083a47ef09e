import { Option, type Command } from 'commander';
import { SandglassError } from '../../shared/errors.ts';
import { checkedSeconds, parseLife, type RequestedLife } from '../../shared/expiry.ts';

export interface LifeFlags {
  readonly expires?: string;
  readonly expiresIn?: string;
}

export function addLifeOptions(command: Command, usual: string): Command {
  const expires = `how long the link lives: 90s, 15m, 12h, 7d, or a date and time (usually ${usual})`;
  return command
    .addOption(new Option('--expires <life>', expires).conflicts('expiresIn'))
    .option('--expires-in <seconds>', 'the same in seconds, as in the AWS CLI');
}

/** @throws SandglassError expiry-invalid, bad-usage */
export function lifeOf(flags: LifeFlags, usual: string): RequestedLife {
  if (flags.expiresIn === undefined) return parseLife(flags.expires ?? usual);
  if (!/^-?\d+$/.test(flags.expiresIn)) {
    throw new SandglassError('bad-usage', '--expires-in takes a whole number of seconds.', {
      next: 'Write --expires-in 3600, or --expires 1h.',
    });
  }
  return { kind: 'seconds', seconds: checkedSeconds(Number(flags.expiresIn)) };
}
