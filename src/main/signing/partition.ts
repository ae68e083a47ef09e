/** AWS's partitions by the beginnings of their regions; what begins otherwise belongs to `aws`. */
const PARTITIONS: readonly (readonly [beginning: string, partition: string])[] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['eusc-', 'aws-eusc'],
  ['us-iso-', 'aws-iso'],
  ['us-isob-', 'aws-iso-b'],
  ['eu-isoe-', 'aws-iso-e'],
  ['us-isof-', 'aws-iso-f'],
];

/**
 * The partition of a region, as ARNs name it. Keys and bucket names are good in one partition only: the same name may
 * be another bucket in the next.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function partitionOf(region: string): string {
  return PARTITIONS.find(([beginning]) => region.startsWith(beginning))?.[1] ?? 'aws';
}

/** Every partition there is, the usual one first. */
export const ALL_PARTITIONS: readonly string[] = ['aws', ...PARTITIONS.map(([, partition]) => partition)];
