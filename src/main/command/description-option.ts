import { InvalidArgumentError, type Command } from 'commander';
import { checkedDescription, type ObjectDescription } from '../../shared/object-description.ts';

type Pair = readonly [name: string, value: string];

export interface DescriptionFlags {
  readonly tag?: readonly Pair[];
  readonly metadata?: readonly Pair[];
  readonly cacheControl?: string;
}

/** What is stored with an object beside its bytes; each may be given several times. */
export function addDescriptionOptions(command: Command): Command {
  return command
    .option('--tag <name=value>', 'a tag for the object; up to 10', collected)
    .option('--metadata <name=value>', 'metadata for the object, in ASCII', collected)
    .option('--cache-control <value>', 'how long browsers may keep the file, such as private, max-age=3600');
}

/** Undefined where nothing was given. @throws SandglassError bad-usage */
export function descriptionOf(flags: DescriptionFlags): ObjectDescription | undefined {
  const { tag: tags = [], metadata = [], cacheControl } = flags;
  if (tags.length === 0 && metadata.length === 0 && cacheControl === undefined) return undefined;
  return checkedDescription({ tags, metadata, cacheControl });
}

function collected(text: string, earlier: readonly Pair[] = []): readonly Pair[] {
  const cut = text.indexOf('=');
  if (cut < 1) throw new InvalidArgumentError('Write it as name=value.');
  return [...earlier, [text.slice(0, cut), text.slice(cut + 1)]];
}
