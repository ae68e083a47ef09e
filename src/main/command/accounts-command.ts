import type { Command } from 'commander';
import type { CheckStepName } from '../../shared/board.ts';
import { ENDPOINT_VARIANTS } from '../../shared/endpoint-variant.ts';
import { SandglassError } from '../../shared/errors.ts';
import { soundKeyPair, type KeyPair } from '../credentials/vault.ts';
import { assertSound, type Account } from '../settings/settings.ts';
import { assertReachableAccount } from '../share/account-place.ts';
import type { CheckStep } from '../share/bucket-check.ts';
import { connect } from './connection.ts';
import type { CommandContext } from './context.ts';

interface AddFlags {
  readonly profile?: string;
  readonly endpointUrl?: string;
  readonly region?: string;
  readonly bucket?: string;
  readonly prefix?: string;
  readonly pathStyle?: boolean;
  readonly dualstack?: boolean;
  readonly fips?: boolean;
  readonly accelerate?: boolean;
}

/** The commands that keep accounts: keys in the keychain, everything else in the settings. */
export function addAccountsCommand(program: Command, context: CommandContext): void {
  const accounts = program.command('accounts').description('the accounts that Sandglass keeps');
  accounts
    .command('add')
    .description(
      'keep a key pair in the keychain (asked for, or two lines on standard input), or name a profile',
    )
    .argument('<name>', 'what to call the account')
    .option('--profile <profile>', 'use this profile of ~/.aws; no key is kept')
    .option('--endpoint-url <url>', 'an S3-compatible server; left out for AWS')
    .option('--region <region>', 'the region to begin with')
    .option('--bucket <bucket>', 'the bucket to share from')
    .option('--prefix <prefix>', 'where in the bucket')
    .option('--path-style', 'put the bucket into the path')
    .option('--no-path-style', 'put the bucket into the host name')
    .option('--dualstack', 'AWS over IPv6 as well as IPv4, for all its links and uploads')
    .option('--fips', 'AWS’s endpoint with FIPS 140 validated cryptography, for all of them')
    .option('--accelerate', 'AWS’s Transfer Acceleration, for all of them')
    .action((name: string, flags: AddFlags) => addAccount(context, name, flags));
  accounts
    .command('list')
    .description('show the accounts')
    .option('--json', 'print one JSON object')
    .action((flags: { json?: boolean }) => listAccounts(context, flags.json === true));
  accounts
    .command('test')
    .description('share a few bytes, open the link, delete them: names the right that is missing')
    .argument('<name>', 'the account')
    .option('--bucket <bucket>', 'the bucket, where the account names none')
    .action((name: string, flags: { bucket?: string }) => testAccount(context, name, flags.bucket));
  accounts
    .command('remove')
    .description('forget an account and its keys')
    .argument('<name>', 'the account')
    .action((name: string) => removeAccount(context, name));
}

async function addAccount(context: CommandContext, name: string, flags: AddFlags): Promise<void> {
  const { settings, vault } = await context.openRooms();
  settings.assertNew(name);
  const { profile, endpointUrl, dualstack, fips, accelerate, ...rest } = flags;
  const wanted = { dualstack, fips, accelerate };
  const variants = ENDPOINT_VARIANTS.filter((variant) => wanted[variant] === true);
  const account: Account = {
    keys: profile === undefined ? { in: 'keychain' } : { in: 'profile', profile },
    ...(endpointUrl === undefined ? {} : { endpoint: endpointUrl }),
    ...rest,
    ...(variants.length === 0 ? {} : { variants }),
  };
  assertSound(name, account);
  assertReachableAccount(account);
  if (account.keys.in === 'keychain') await vault.save(name, await readKeyPair(context));
  await settings.addAccount(name, account);
  context.terminal.say(`The account “${name}” is saved.`);
}

/** Keys never come as arguments: every process on the machine can read those. */
async function readKeyPair({ terminal }: CommandContext): Promise<KeyPair> {
  const lines = terminal.interactive
    ? [await terminal.ask('Access key id: ', false), await terminal.ask('Secret access key: ', true)]
    : (await terminal.readInput()).split('\n');
  const [accessKeyId = '', secretAccessKey = ''] = lines.map((line) => line.trim());
  if (accessKeyId && secretAccessKey) return soundKeyPair({ accessKeyId, secretAccessKey });
  throw new SandglassError('bad-usage', 'A key pair is missing.', {
    next: 'Give the access key id on the first line and the secret access key on the second.',
  });
}

async function listAccounts(context: CommandContext, json: boolean): Promise<void> {
  const { settings } = await context.openRooms();
  const { terminal } = context;
  const entries = Object.entries(settings.accounts);
  if (json) {
    terminal.out(JSON.stringify({ accounts: entries.map(([name, account]) => ({ name, ...account })) }));
    return;
  }
  if (entries.length === 0) terminal.say('No account is saved. sandglass accounts add NAME makes one.');
  for (const [name, { keys, endpoint, bucket, variants = [] }] of entries) {
    const where = keys.in === 'profile' ? `profile ${keys.profile}` : 'keys in the keychain';
    const reached = [endpoint ?? 'AWS', ...variants].join(' ');
    terminal.out([name, where, reached, bucket ?? ''].join('  ').trimEnd());
  }
}

async function testAccount(
  context: CommandContext,
  name: string,
  bucketFlag: string | undefined,
): Promise<void> {
  const rooms = await context.openRooms();
  const connection = await connect({ account: name }, context, rooms);
  const bucket = bucketFlag ?? connection.bucket;
  if (bucket === undefined) {
    throw new SandglassError('bad-usage', 'The account names no bucket.', {
      next: 'Name one with --bucket.',
    });
  }
  const steps = await rooms.check.run({ ...connection, bucket }, connection.prefix);
  for (const step of steps) context.terminal.out(describeStep(step));
  const failed = steps.find(({ failure }) => failure !== null);
  if (failed?.failure) throw failed.failure;
}

const STEP_WORDS: Readonly<Record<CheckStepName, string>> = {
  put: 'upload a small file',
  'open-link': 'open its link',
  delete: 'delete it',
  'begin-multipart': 'begin a large upload',
  'abort-multipart': 'cancel it',
};

function describeStep({ name, permission, failure }: CheckStep): string {
  const doing = STEP_WORDS[name];
  if (!failure) return `ok      ${doing}`;
  const missing = failure.code === 'access-denied' ? ` The right ${permission} is missing.` : '';
  return `failed  ${doing}: ${failure.message}${missing}`;
}

async function removeAccount(context: CommandContext, name: string): Promise<void> {
  const { settings, vault } = await context.openRooms();
  const { keys } = settings.account(name);
  if (keys.in === 'keychain') await vault.remove(name);
  await settings.removeAccount(name);
  context.terminal.say(`The account “${name}” is forgotten.`);
}
