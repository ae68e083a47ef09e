import { InvalidArgumentError, type Command } from 'commander';
import { SandglassError } from '../../shared/errors.ts';
import { parseLife, type RequestedLife } from '../../shared/expiry.ts';
import type { FreshInvitation } from '../share/invitations.ts';
import type { Destination } from '../share/destination.ts';
import { uploadPage } from '../share/upload-page.ts';
import { describeLimits, pageWords } from '../share/upload-terms.ts';
import { addConnectionOptions, connect, type ConnectionFlags } from './connection.ts';
import type { CommandContext, Rooms } from './context.ts';
import { printInvitation } from './invitation-output.ts';
import { addLifeOptions, lifeOf, type LifeFlags } from './life-option.ts';
import { describeEnd, printable } from './link-output.ts';
import { NewFile } from './new-file.ts';
import { parsePlace } from './place.ts';

interface InviteFlags extends ConnectionFlags, LifeFlags {
  readonly linkExpires?: string;
  readonly contentType?: string;
  readonly overwrite?: boolean;
  readonly form?: boolean;
  readonly minSize?: number;
  readonly maxSize?: number;
  readonly html?: string;
  readonly json?: boolean;
}

const USUAL_LIFE = '1h';
const USUAL_LINK_LIFE = '24h';

export function addInviteCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('invite')
    .description('let somebody else upload: one object by a link, or files into a folder by a form')
    .argument('<s3-uri>', 's3://bucket/key, or s3://bucket/folder/ with --form');
  addConnectionOptions(addLifeOptions(command, USUAL_LIFE))
    .option(
      '--link-expires <life>',
      `how long the link to what has arrived lives (usually ${USUAL_LINK_LIFE})`,
    )
    .option('--content-type <type>', 'the only type taken; with --form also all of a kind, such as image/*')
    .option('--overwrite', 'let the upload replace an object that is there')
    .option('--form', 'a form that takes any number of files, within limits')
    .option('--max-size <size>', 'the largest file that the form takes, such as 100M', parsedSize)
    .option('--min-size <size>', 'the smallest file that the form takes', parsedSize)
    .option('--html <file>', 'write the form as a page that a person can open')
    .option('--json', 'print one JSON object')
    .action((uri: string, flags: InviteFlags) => invite(context, uri, flags));
}

async function invite(context: CommandContext, uri: string, flags: InviteFlags): Promise<void> {
  assertFitting(flags);
  const life = lifeOf(flags, USUAL_LIFE);
  const linkLife = parseLife(flags.linkExpires ?? USUAL_LINK_LIFE);
  const { bucket, key } = flags.form ? folderAt(uri) : parsePlace(uri);
  const rooms = await context.openRooms();
  const destination = { ...(await connect(flags, context, rooms)), bucket };
  const page = flags.html === undefined ? null : await NewFile.create(flags.html);
  try {
    const fresh = await made(rooms, destination, { key, flags, life, linkLife });
    const { invitation } = fresh;
    await page?.write(uploadPage(invitation, pageWords(invitation)));
    printInvitation(context.terminal, invitation, flags.json);
    explain(context, fresh);
  } catch (error) {
    await page?.remove();
    throw error;
  }
}

interface Asked {
  readonly key: string;
  readonly flags: InviteFlags;
  readonly life: RequestedLife;
  readonly linkLife: RequestedLife;
}

function made(rooms: Rooms, destination: Destination, asked: Asked): Promise<FreshInvitation> {
  const { key, life, linkLife, flags } = asked;
  const { contentType, overwrite, minSize: minBytes, maxSize: maxBytes } = flags;
  const { invitations } = rooms.links;
  return flags.form
    ? invitations.byForm(destination, key, { life, linkLife, contentType, minBytes, maxBytes })
    : invitations.byLink(destination, key, { life, linkLife, contentType, overwrite });
}

function explain({ terminal }: CommandContext, { invitation, unchecked }: FreshInvitation): void {
  const { terms, id } = invitation;
  const what = terms.way === 'put' ? 'the upload link' : 'the form';
  terminal.say(`${printable(invitation.name)}: ${what} ${describeEnd(invitation, invitation.signedAt)}.`);
  if (terms.way === 'form') terminal.say(describeLimits(invitation));
  terminal.say(`Once the upload is there: sandglass arrived ${id}.`);
  if (unchecked) terminal.say(`Nobody could look whether the key is free: ${unchecked.message}`);
}

/** @throws SandglassError bad-usage for what one way of inviting has and the other has not */
function assertFitting({ form, minSize, maxSize, html, overwrite }: InviteFlags): void {
  if (form && overwrite) {
    throw new SandglassError(
      'bad-usage',
      'A form uploads into a new folder, where nothing is to overwrite.',
      {
        next: 'Leave --overwrite out.',
      },
    );
  }
  if (form || (minSize === undefined && maxSize === undefined && html === undefined)) return;
  throw new SandglassError('bad-usage', 'A link can limit no sizes, and no page can hold it.', {
    next: 'Add --form.',
  });
}

/** The folder that an S3 URI names, with its slash or without; an empty one for the bucket itself. */
function folderAt(uri: string): { bucket: string; key: string } {
  const { bucket, key } = parsePlace(`${uri.replace(/\/+$/, '')}/x`);
  return { bucket, key: key.slice(0, -1) };
}

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

function parsedSize(text: string): number {
  const [, amount = '', unit = ''] = /^(\d{1,12}(?:\.\d+)?)\s*([kmg]?)(?:i?b)?$/i.exec(text.trim()) ?? [];
  if (amount === '') throw new InvalidArgumentError('Write a size as 500k, 100M or 2G.');
  return Math.floor(Number(amount) * (UNITS[unit.toLowerCase()] ?? NaN));
}
