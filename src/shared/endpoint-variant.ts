/**
 * The ways of reaching a bucket on AWS other than its region's plain endpoint: over IPv6 too, with validated
 * cryptography, or through the edge location nearest to whoever asks. In the order in which they are kept.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/dual-stack-endpoints.html
 * https://aws.amazon.com/compliance/fips/
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/transfer-acceleration.html
 */
export const ENDPOINT_VARIANTS = ['accelerate', 'dualstack', 'fips'] as const;

export type EndpointVariant = (typeof ENDPOINT_VARIANTS)[number];
