import { describe, expect, it } from 'vitest';
import type { EndpointVariant } from '../../../src/shared/endpoint-variant.ts';
import { SandglassError } from '../../../src/shared/errors.ts';
import { bucketLocation, unaccelerated, type Endpoint } from '../../../src/main/signing/location.ts';

const ACCESS_POINT = 'arn:aws:s3:us-west-2:123456789012:accesspoint/my-ap';
const OUTPOST = 'arn:aws:s3-outposts:us-east-1:111122223333:outpost/op-01ac5d28a6a232904/accesspoint/ap1';

function located(bucket: string, region: string, variants: readonly EndpointVariant[], more: Endpoint = {}) {
  return bucketLocation(bucket, { ...more, variants }, region);
}

describe('an endpoint’s variant', () => {
  it.each([
    ['films', 'eu-west-1', ['dualstack']],
    ['my.bucket', 'eu-west-1', ['dualstack']],
    ['films', 'cn-north-1', ['dualstack']],
    ['films', 'ca-west-1', ['fips']],
    ['films', 'us-gov-east-1', ['dualstack', 'fips']],
    ['films', 'eu-west-1', ['accelerate', 'dualstack']],
    [ACCESS_POINT, 'us-west-2', ['dualstack', 'fips']],
  ] as const)('of %s in %s may be %j', (bucket, region, variants) => {
    expect(located(bucket, region, variants).variants).toEqual(variants);
  });

  it.each([
    ['my.bucket', 'eu-west-1', ['accelerate'], /dots/],
    ['Old_Bucket', 'us-east-1', ['accelerate'], /capitals/],
    ['films', 'us-east-1', ['accelerate', 'fips'], /no FIPS endpoint/],
    ['films', 'cn-north-1', ['accelerate'], /not offered in this region/],
    ['films', 'us-gov-west-1', ['accelerate'], /not offered in this region/],
    [ACCESS_POINT, 'us-west-2', ['accelerate'], /Access points/],
    ['films', 'eu-west-1', ['fips'], /no FIPS endpoint/],
    ['films', 'cn-north-1', ['fips'], /no FIPS endpoint/],
    [OUTPOST, 'us-east-1', ['fips'], /Outposts/],
    [OUTPOST, 'us-east-1', ['dualstack'], /Outposts/],
    [OUTPOST, 'us-east-1', ['accelerate'], /Outposts/],
  ] as const)('of %s in %s cannot be %j', (bucket, region, variants, words) => {
    expect(() => located(bucket, region, variants)).toThrow(words);
    expect(() => located(bucket, region, variants)).toThrow(SandglassError);
  });

  it.each(['accelerate', 'dualstack', 'fips'] as const)(
    '%s cannot be had of a server of one’s own',
    (variant) => {
      const own = { url: 'https://minio.example.org' };
      expect(() => located('films', 'us-east-1', [variant], own)).toThrow(/an endpoint’s address is given/);
      expect(() => located('films', 'us-east-1', [], own)).not.toThrow();
    },
  );

  it('of acceleration wants the bucket in the host name', () => {
    expect(() => located('films', 'eu-west-1', ['accelerate'], { pathStyle: true })).toThrow(/host name/);
    expect(() => located('films', 'eu-west-1', ['dualstack'], { pathStyle: true })).not.toThrow();
  });

  it('is taken off where buckets are asked about, if it is acceleration', () => {
    expect(unaccelerated({ region: 'r', variants: ['accelerate', 'fips'] })).toEqual({
      region: 'r',
      variants: ['fips'],
    });
    expect(unaccelerated({ variants: ['accelerate'] })).toEqual({});
  });
});
