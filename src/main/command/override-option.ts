import type { Command } from 'commander';
import { SandglassError } from '../../shared/errors.ts';
import type { LinkWishes } from '../share/link-overrides.ts';

export interface OverrideFlags {
  readonly downloadAs?: string;
  readonly inline?: boolean;
  readonly contentType?: string;
  readonly contentLanguage?: string;
  readonly contentEncoding?: string;
  readonly cacheControl?: string;
  readonly cacheUntil?: string;
}

/** Headers that the link itself chooses, signed into it. */
export function addOverrideOptions(command: Command): Command {
  return command
    .option('--download-as <name>', 'the name that the recipient’s file gets')
    .option('--inline', 'shown in the browser instead of being saved')
    .option('--content-type <type>', 'the type that the recipient is told')
    .option('--cache-control <value>', 'how long the recipient may keep the answer, such as no-store')
    .option('--cache-until <date>', 'until when the recipient may keep the answer, for old caches')
    .option('--content-language <tags>', 'the language that the recipient is told')
    .option('--content-encoding <coding>', 'the encoding that the recipient is told');
}

/** @throws SandglassError bad-usage */
export function wishesOf({ cacheUntil, ...flags }: OverrideFlags): LinkWishes {
  const { downloadAs, inline, contentType, contentLanguage, contentEncoding, cacheControl } = flags;
  const wishes = { downloadAs, inline, contentType, contentLanguage, contentEncoding, cacheControl };
  if (cacheUntil === undefined) return wishes;
  const cachedUntil = Date.parse(cacheUntil);
  if (cachedUntil >= 0) return { ...wishes, cachedUntil };
  throw new SandglassError('bad-usage', '--cache-until takes a date and time.', {
    next: 'Write it as 2026-12-24T18:00Z.',
  });
}
