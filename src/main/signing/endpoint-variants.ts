import { SandglassError } from '../../shared/errors.ts';
import type { EndpointVariant } from '../../shared/endpoint-variant.ts';
import type { AccessPoint } from './access-point.ts';
import { partitionOf } from './partition.ts';

/** What decides whether a bucket can be reached through a variant of its endpoint. */
export interface Reached {
  readonly bucket: string;
  readonly region: string;
  readonly accessPoint: AccessPoint | null;
  /** The address of a server of one's own, or of a VPC. */
  readonly url: string | undefined;
  readonly pathStyle: boolean;
}

type Rule = readonly [
  variant: EndpointVariant | 'any',
  hinders: (reached: Reached, variants: readonly EndpointVariant[]) => boolean,
  message: string,
  next: string,
  /** The same in the command's flags. */
  command: string,
];

/** Regions that have FIPS endpoints for S3. https://aws.amazon.com/compliance/fips/ */
const FIPS_REGION = /^(us|ca)-/;

/** A name that is one label of a host's: what Transfer Acceleration demands. */
const ONE_LABEL = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;

/** The first that hinders is told. */
const RULES: readonly Rule[] = [
  [
    'any',
    ({ url }) => url !== undefined,
    'Dual-stack, FIPS and accelerated endpoints are AWS’s own, but an endpoint’s address is given.',
    'Take either the address or those.',
    'Leave out --endpoint-url, or --dualstack, --fips and --accelerate (or what AWS_USE_… says).',
  ],
  [
    'any',
    ({ accessPoint }) => accessPoint?.service === 's3-outposts',
    'S3 on Outposts has no dual-stack, FIPS or accelerated endpoint.',
    'Share from it without them.',
    'Leave out --dualstack, --fips and --accelerate (or what AWS_USE_… says).',
  ],
  [
    'accelerate',
    ({ accessPoint }) => accessPoint !== null,
    'Access points cannot be reached through Transfer Acceleration.',
    'Share without acceleration, or name the bucket itself.',
    'Leave out --accelerate, or name the bucket.',
  ],
  [
    'accelerate',
    ({ pathStyle }) => pathStyle,
    'Transfer Acceleration wants the bucket in the host name.',
    'Share without acceleration, or without the bucket in the path.',
    'Leave out --accelerate or --path-style.',
  ],
  [
    'accelerate',
    (_, variants) => variants.includes('fips'),
    'Transfer Acceleration has no FIPS endpoint.',
    'Choose one of the two.',
    'Leave out --accelerate or --fips.',
  ],
  [
    'accelerate',
    ({ region }) => partitionOf(region) !== 'aws',
    'Transfer Acceleration is not offered in this region.',
    'Share without acceleration.',
    'Leave out --accelerate.',
  ],
  [
    'accelerate',
    ({ bucket }) => !ONE_LABEL.test(bucket),
    'Transfer Acceleration takes no bucket whose name holds dots or capitals.',
    'Share without acceleration, or from another bucket.',
    'Leave out --accelerate, or name another bucket.',
  ],
  [
    'fips',
    ({ region }) => !FIPS_REGION.test(region),
    'This region has no FIPS endpoint for S3.',
    'AWS has them in North America: share without FIPS, or say where the bucket is if it is there.',
    'Leave out --fips, or name with --region where the bucket is.',
  ],
];

/**
 * Refuses what AWS documents as impossible, since a link signed for it would be dead.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/transfer-acceleration-getting-started.html
 * @throws SandglassError bad-usage
 */
export function assertReachable(reached: Reached, variants: readonly EndpointVariant[]): void {
  const rule = RULES.find(
    ([variant, hinders]) =>
      (variant === 'any' ? variants.length > 0 : variants.includes(variant)) && hinders(reached, variants),
  );
  if (!rule) return;
  const [, , message, next, command] = rule;
  throw new SandglassError('bad-usage', message, { next, command });
}
