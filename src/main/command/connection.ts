import { Option, type Command } from 'commander';
import { ENDPOINT_VARIANTS, type EndpointVariant } from '../../shared/endpoint-variant.ts';
import { SandglassError } from '../../shared/errors.ts';
import type { CredentialOrigin } from '../credentials/credentials.ts';
import type { Account } from '../settings/settings.ts';
import type { Destination } from '../share/destination.ts';
import type { AwsConfig, CommandContext, Rooms } from './context.ts';

export { checkedBucket } from './place.ts';

/** Who asks, and where: the AWS CLI's names, and the accounts that Sandglass keeps. */
export interface ConnectionFlags {
  readonly account?: string;
  readonly profile?: string;
  readonly region?: string;
  readonly endpointUrl?: string;
  readonly pathStyle?: boolean;
  readonly dualstack?: boolean;
  readonly fips?: boolean;
  readonly accelerate?: boolean;
}

export function addConnectionOptions(command: Command): Command {
  return command
    .addOption(new Option('--account <name>', 'an account saved in Sandglass').conflicts('profile'))
    .option('--profile <name>', 'a profile of ~/.aws')
    .option('--region <region>', 'the region to begin with; the bucket’s own is found by itself')
    .option('--endpoint-url <url>', 'an S3-compatible server, such as https://minio.example.org')
    .option('--path-style', 'put the bucket into the path, as most servers of one’s own want it')
    .option('--no-path-style', 'put the bucket into the host name')
    .option('--dualstack', 'AWS over IPv6 as well as IPv4')
    .option('--fips', 'AWS’s endpoint with FIPS 140 validated cryptography')
    .option('--accelerate', 'AWS’s Transfer Acceleration, where the bucket has it')
    .option('--no-dualstack', 'AWS over IPv4 alone, whatever the account says')
    .option('--no-fips', 'AWS’s plain endpoint, whatever the account says')
    .option('--no-accelerate', 'no Transfer Acceleration, whatever the account says');
}

/** A destination whose bucket may still have to be named. */
export interface Connection extends Omit<Destination, 'bucket'> {
  readonly bucket: string | undefined;
  readonly prefix: string | undefined;
}

/**
 * Flags first, then what the account or the AWS configuration says. Without flags: the environment's keys, then
 * AWS_PROFILE, then the only account that is saved, then the default profile, then the machine's role.
 * @throws SandglassError account-unknown, bad-usage
 */
export async function connect(
  flags: ConnectionFlags,
  context: CommandContext,
  rooms: Rooms,
): Promise<Connection> {
  const profiles = await rooms.awsProfiles();
  const origin = originOf(flags, context.env, Object.keys(rooms.settings.accounts), 'default' in profiles);
  const configured: Configured =
    origin.kind === 'account'
      ? rooms.settings.account(origin.name)
      : fromAwsConfig(context.env, profiles[origin.kind === 'profile' ? origin.name : 'default'] ?? {});
  const url = flags.endpointUrl ?? configured.endpoint;
  if (url !== undefined) assertEndpoint(url);
  const region = flags.region ?? configured.region;
  if (region !== undefined) assertRegion(region);
  const pathStyle = flags.pathStyle ?? configured.pathStyle;
  const variants = ENDPOINT_VARIANTS.filter((name) => flags[name] ?? configured.variants?.includes(name));
  return {
    source: rooms.sourceOf(origin),
    endpoint: {
      ...(url === undefined ? {} : { url }),
      ...(region === undefined ? {} : { region }),
      ...(pathStyle === undefined ? {} : { pathStyle }),
      ...(variants.length === 0 ? {} : { variants }),
    },
    bucket: configured.bucket,
    prefix: configured.prefix,
  };
}

function originOf(
  flags: ConnectionFlags,
  env: CommandContext['env'],
  accounts: readonly string[],
  hasDefaultProfile: boolean,
): CredentialOrigin {
  if (flags.account !== undefined) return { kind: 'account', name: flags.account };
  if (flags.profile !== undefined) return { kind: 'profile', name: flags.profile };
  if (env['AWS_ACCESS_KEY_ID']) return { kind: 'environment' };
  if (env['AWS_PROFILE']) return { kind: 'profile', name: env['AWS_PROFILE'] };
  const [only, ...others] = accounts;
  if (only !== undefined && others.length === 0) return { kind: 'account', name: only };
  if (hasDefaultProfile) return { kind: 'profile', name: 'default' };
  return { kind: 'instance' };
}

type Configured = Pick<Account, 'region' | 'endpoint' | 'pathStyle' | 'variants' | 'bucket' | 'prefix'>;

/** https://docs.aws.amazon.com/sdkref/latest/guide/feature-endpoints.html */
const VARIANT_VARIABLES: Partial<Readonly<Record<EndpointVariant, string>>> = {
  dualstack: 'AWS_USE_DUALSTACK_ENDPOINT',
  fips: 'AWS_USE_FIPS_ENDPOINT',
};

function fromAwsConfig(env: CommandContext['env'], profile: AwsConfig): Configured {
  const region = env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'] ?? profile.region;
  const endpoint = env['AWS_ENDPOINT_URL_S3'] ?? env['AWS_ENDPOINT_URL'] ?? profile.endpointUrl;
  const variants = ENDPOINT_VARIANTS.filter((variant) => {
    const said = env[VARIANT_VARIABLES[variant] ?? ''];
    return said ? said.toLowerCase() === 'true' : profile.variants?.includes(variant);
  });
  return {
    ...(region ? { region } : {}),
    ...(endpoint ? { endpoint } : {}),
    ...(profile.pathStyle === undefined ? {} : { pathStyle: profile.pathStyle }),
    ...(variants.length === 0 ? {} : { variants }),
  };
}

/** @throws SandglassError bad-usage */
function assertRegion(region: string): void {
  if (/^[a-z0-9-]{1,64}$/i.test(region)) return;
  throw new SandglassError('bad-usage', 'That is no name of a region.', {
    next: 'Write it as eu-central-1.',
  });
}

function assertEndpoint(url: string): void {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed && /^https?:$/.test(parsed.protocol) && !parsed.username && !parsed.password && !parsed.search)
    return;
  throw new SandglassError('bad-usage', 'The endpoint is not an address that Sandglass can use.', {
    next: 'Write it as https://host or http://host:port, without user, password or query.',
  });
}
