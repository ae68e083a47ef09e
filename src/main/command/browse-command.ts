import type { Command } from 'commander';
import { SandglassError } from '../../shared/errors.ts';
import type { ListedObject } from '../share/browsing.ts';
import type { Destination } from '../share/destination.ts';
import { addConnectionOptions, checkedBucket, connect, type ConnectionFlags } from './connection.ts';
import type { CommandContext, Rooms } from './context.ts';
import { isoDate, localTime, printable } from './link-output.ts';
import { parsePlace, type Place } from './place.ts';

interface BrowseFlags extends ConnectionFlags {
  readonly recursive?: boolean;
  readonly versions?: boolean;
  readonly limit?: string;
  readonly json?: boolean;
}

export function addBrowseCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('ls')
    .description('list the buckets that the keys may see, what is in one, or the versions of an object')
    .argument('[s3-uri]', 's3://bucket, s3://bucket/prefix/, or how names in it begin');
  addConnectionOptions(command)
    .option('--recursive', 'every key below, instead of one level')
    .option('--versions', 'the versions of the object that is named, newest first')
    .option('--limit <number>', 'how many entries at the most')
    .option('--json', 'print one JSON object')
    .action(async (uri: string | undefined, flags: BrowseFlags) => {
      const most = limitOf(flags.limit);
      const versioned = flags.versions ? parsePlace(uri ?? '') : null;
      const folder = uri === undefined ? null : parseFolder(uri);
      const rooms = await context.openRooms();
      const connection = await connect(flags, context, rooms);
      if (versioned)
        await listVersions(context, rooms, { ...connection, bucket: versioned.bucket }, versioned, flags);
      else if (folder)
        await listFolder(context, rooms, { ...connection, bucket: folder.bucket }, folder.key, most, flags);
      else await listBuckets(context, rooms, connection, flags);
    });
}

/**
 * A bucket, and how the keys begin that are meant: all of them where nothing follows its name.
 * @throws SandglassError bad-usage
 */
export function parseFolder(uri: string): Place {
  const path = /^s3:\/\/(.+)$/s.exec(uri)?.[1] ?? '';
  // A bucket alone is no object, and an access point's ARN has slashes of its own: a letter stands for any key.
  const isBare =
    !path.includes('/') ||
    /^arn:[^/]*:accesspoint\/[^/]+$|^arn:.*:outpost\/[^/]+\/accesspoint\/[^/]+$/.test(path);
  if (path !== '' && !path.startsWith('arn:') && isBare) return { bucket: checkedBucket(path), key: '' };
  const { bucket, key } = parsePlace(isBare ? `${uri}/x` : `${uri}x`);
  return { bucket, key: key.slice(0, -1) };
}

function limitOf(text: string | undefined): number {
  if (text === undefined) return Infinity;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new SandglassError('bad-usage', '--limit takes a whole number.', { next: 'Write --limit 500.' });
}

async function listBuckets(
  { terminal }: CommandContext,
  { browsing }: Rooms,
  { endpoint, source }: Pick<Destination, 'endpoint' | 'source'>,
  { json }: BrowseFlags,
): Promise<void> {
  const buckets = await browsing.buckets(endpoint, source);
  if (buckets === null) {
    throw new SandglassError(
      'access-denied',
      'These keys may not list buckets, though they may share from one.',
      {
        next: 'Name the bucket: sandglass ls s3://BUCKET.',
      },
    );
  }
  if (json) terminal.out(JSON.stringify({ buckets: buckets.map((name) => ({ name })) }));
  else for (const name of buckets) terminal.out(printable(name));
}

async function listFolder(
  { terminal }: CommandContext,
  { browsing }: Rooms,
  destination: Destination,
  prefix: string,
  most: number,
  { recursive = false, json }: BrowseFlags,
): Promise<void> {
  const all: { prefixes: string[]; objects: ReturnType<typeof objectJson>[] } = { prefixes: [], objects: [] };
  let [left, isMore] = [most, false];
  for await (const { prefixes, objects, next } of browsing.pages(destination, {
    prefix,
    isDeep: recursive,
  })) {
    const shownPrefixes = prefixes.slice(0, left);
    const shownObjects = objects.slice(0, left - shownPrefixes.length);
    left -= shownPrefixes.length + shownObjects.length;
    isMore = next !== null || shownPrefixes.length + shownObjects.length < prefixes.length + objects.length;
    if (json) {
      all.prefixes.push(...shownPrefixes);
      all.objects.push(...shownObjects.map(objectJson));
    } else {
      const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
      for (const one of shownPrefixes)
        terminal.out(`${'PRE'.padStart(30)} ${printable(one.slice(folder.length))}`);
      for (const one of shownObjects) terminal.out(objectLine(one, recursive));
    }
    if (left <= 0) break;
  }
  if (json) terminal.out(JSON.stringify({ ...all, isComplete: !isMore }));
  else if (isMore) terminal.say(`There is more; a larger --limit than ${most} shows it.`);
}

/** As `aws s3 ls` prints it, with what keeps an object from being linked to. */
function objectLine(
  { key, name, size, lastModified, storageClass, archived }: ListedObject,
  isDeep: boolean,
) {
  const note = archived ? `  (archived: ${printable(storageClass)})` : '';
  return `${localTime(lastModified)} ${String(size).padStart(10)} ${printable(isDeep ? key : name)}${note}`;
}

function objectJson({ key, size, lastModified, storageClass, archived }: ListedObject) {
  return { key, size, lastModified: isoDate(lastModified), storageClass, archived };
}

async function listVersions(
  { terminal }: CommandContext,
  { browsing }: Rooms,
  destination: Destination,
  { key }: Place,
  { json }: BrowseFlags,
): Promise<void> {
  const found: object[] = [];
  let after: string | undefined;
  do {
    const { versions, next } = await browsing.versions(destination, key, after);
    for (const { lastModified, ...version } of versions) {
      found.push({ ...version, lastModified: isoDate(lastModified) });
      const { isDeleteMarker, isLatest, size, versionId } = version;
      const what = [isDeleteMarker ? 'deleted' : '', isLatest ? 'newest' : ''].filter(Boolean).join(', ');
      const note = what === '' ? '' : `  (${what})`;
      if (!json)
        terminal.out(
          `${localTime(lastModified)} ${String(size).padStart(10)} ${printable(versionId)}${note}`,
        );
    }
    after = next ?? undefined;
  } while (after !== undefined);
  if (json) terminal.out(JSON.stringify({ versions: found }));
  if (found.length === 0) {
    throw new SandglassError('no-such-key', 'There is no version of such an object.', {
      next: 'Check the key.',
    });
  }
}
