import { SandglassError } from '../../shared/errors.ts';
import { partitionOf } from './partition.ts';

/** What stands in a bucket's place, and is reached by a host name of its own. */
export interface AccessPoint {
  /** The service that its requests are signed for. */
  readonly service: 's3' | 's3-outposts';
  /** Null for an alias, which does not tell where it is. */
  readonly region: string | null;
}

const REGIONAL_ARN =
  /^arn:(?<partition>aws[a-z-]*):(?:(?<s3>s3):(?<s3Region>[a-z0-9-]+):\d{12}:accesspoint[:/][a-z0-9-]{3,50}|s3-outposts:(?<outpostRegion>[a-z0-9-]+):\d{12}:outpost[:/]op-[a-z0-9]{1,61}[:/]accesspoint[:/][a-z0-9-]{3,50})$/;

/** Endings that S3 keeps to itself in the names of buckets. */
const OUTPOST_ALIAS = /--op-s3$/;
const DIRECTORY_BUCKET = /--xa?-s3$/;

/**
 * The access point that is named where a bucket would be, or null for a bucket's own name. An access point's alias
 * that ends with `-s3alias` behaves as a bucket's name does.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-naming.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/S3OutpostsShareObjectPresignedURL.html
 * @throws SandglassError bad-usage for what no link can be signed for
 */
export function accessPointAt(bucket: string): AccessPoint | null {
  if (DIRECTORY_BUCKET.test(bucket)) throw refusal(DIRECTORY);
  if (OUTPOST_ALIAS.test(bucket)) return { service: 's3-outposts', region: null };
  if (!bucket.startsWith('arn:')) return null;
  const { partition, s3, s3Region, outpostRegion } = REGIONAL_ARN.exec(bucket)?.groups ?? {};
  const region = s3Region ?? outpostRegion;
  if (region === undefined) throw refusal(REFUSED.find(([shape]) => shape.test(bucket))?.[1] ?? MALFORMED);
  if (partitionOf(region) !== partition) throw refusal(FOREIGN);
  return { service: s3 === undefined ? 's3-outposts' : 's3', region };
}

interface Words {
  readonly message: string;
  readonly next: string;
}

const MALFORMED: Words = {
  message: 'That ARN names no access point.',
  next: 'Write arn:aws:s3:REGION:ACCOUNT:accesspoint/NAME, or the name of a bucket.',
};
const FOREIGN: Words = {
  message: 'That ARN’s region is not in the partition that it names.',
  next: 'Copy the access point’s ARN from the console: aws-cn goes with cn- regions, aws-us-gov with us-gov- ones.',
};
const DIRECTORY: Words = {
  message: 'A directory bucket gives no links that last: they would end with a session of five minutes.',
  next: 'Share from a general purpose bucket.',
};

const REFUSED: readonly (readonly [shape: RegExp, words: Words])[] = [
  [
    /^arn:aws[a-z-]*:s3::\d{12}:accesspoint[:/][a-z0-9]+\.mrap$/,
    {
      // Signature Version 4A is random: history could never derive the same link again.
      message: 'A multi-region access point takes a kind of signature that Sandglass does not make.',
      next: 'Name an access point, or a bucket, in one of its regions.',
    },
  ],
  [
    /^arn:aws[a-z-]*:s3-object-lambda:/,
    {
      message: 'Sandglass makes no links to S3 Object Lambda, as “aws s3 presign” makes none.',
      next: 'Name the access point that lies behind it.',
    },
  ],
  [
    /^arn:aws[a-z-]*:s3-outposts:.*[:/]bucket[:/]/,
    {
      message: 'Objects on an Outpost are reached by an access point, not by their bucket’s ARN.',
      next: 'Write arn:aws:s3-outposts:REGION:ACCOUNT:outpost/ID/accesspoint/NAME.',
    },
  ],
  [
    /^arn:aws[a-z-]*:s3:::/,
    {
      message: 'That is the ARN of a bucket, where its name is wanted.',
      next: 'Write what follows the three colons.',
    },
  ],
];

function refusal({ message, next }: Words): SandglassError {
  return new SandglassError('bad-usage', message, { next });
}
